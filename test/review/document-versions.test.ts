import { defaultReview, reviewWith, rowsOf, rowsOfTone, tableOf } from '../support/review';
import { withRegions } from '../support/settings/changed-settings';

const { document } = defaultReview();

describe('versions', () => {
  test.each([
    ['2026-08-20', 'ends in 104 days'],
    ['2026-12-02', 'ends in 0 days'],
    ['2026-12-03', 'ended 1 day ago'],
  ])('warns on %s of standard support of Kubernetes 1.34, which ends on 2026-12-02', (day, text) => {
    const { document: other } = reviewWith({ kubernetes: { version: '1.34' } }, new Date(day));
    const rows = rowsOfTone(tableOf(other, 'versions', 'End of support'), 'warning').filter(([, version]) => version === '1.34');
    expect(rows).toEqual([['Kubernetes on EKS', '1.34', 'standard', '2026-12-02', expect.stringContaining(text)]]);
  });

  test('knows the end of extended support', () => {
    const { document: other } = reviewWith({ kubernetes: { version: '1.35' } });
    expect(rowsOf(tableOf(other, 'versions', 'End of support'))[2]).toMatchObject({ support: 'extended', until: '2028-03-27' });
  });

  test('tells the patch of each region, while an upgrade is under way', () => {
    const { document: other } = reviewWith(withRegions({ camundaPatch: '8.9.16' }));
    const images = rowsOf(tableOf(other, 'versions', 'Images')).map(({ what, image }) => `${what} ${image}`);
    expect(images).toContain('Camunda in region 0 docker.io/camunda/camunda:8.9.16');
    expect(images).toContain('Camunda in region 1 docker.io/camunda/camunda:8.9.17');
    expect(rowsOf(tableOf(other, 'overview', 'Warnings')).map(({ rule }) => rule)).toEqual(['region-patch-differs']);
  });

  test('tells what each region runs of Kubernetes, while one is upgraded before the other', () => {
    const { document: other } = reviewWith(withRegions({}, { kubernetes: { version: '1.35', nodeRelease: '1.35.7-20260911' } }));
    expect(rowsOf(tableOf(other, 'versions', 'Kubernetes, nodes'))).toMatchObject([
      { region: '0', Kubernetes: '1.36', 'release of the nodes': 'chosen by EKS', CoreDNS: 'v1.14.3-eksbuild.23' },
      { region: '1', Kubernetes: '1.35', 'release of the nodes': '1.35.7-20260911', CoreDNS: 'v1.13.2-eksbuild.31' },
    ]);
    const versions = rowsOf(tableOf(other, 'versions', 'End of support')).map(({ version, support }) => `${version} ${support}`);
    expect(versions).toEqual(['8.9 standard', '1.36 standard', '1.36 extended', '1.35 standard', '1.35 extended']);
  });

  test('leaves out the chart of what is not deployed', () => {
    const { document: other } = reviewWith({ tls: { enabled: false } });
    expect(rowsOf(tableOf(other, 'versions', 'Controllers')).map(({ chart }) => chart)).not.toContain('cert-manager');
    expect(rowsOf(tableOf(document, 'versions', 'Controllers')).map(({ chart }) => chart)).toContain('cert-manager');
  });
});
