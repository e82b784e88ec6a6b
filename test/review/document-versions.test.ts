import { ELASTICSEARCH_IMAGE } from '../../constructs/topology/versions/images';
import { defaultReview, reviewWith, rowsOf, rowsOfTone, tableOf } from '../support/review';
import { withRegions } from '../support/settings/changed-settings';
import { patchOf } from '../support/settings/versions';

const { document } = defaultReview();

describe('versions', () => {
  test.each([
    ['2026-08-20', 'ends in 104 days'],
    ['2026-12-02', 'ends in 0 days'],
    ['2026-12-03', 'ended 1 day ago'],
  ])('warns on %s of standard support of Kubernetes 1.34, which ends on 2026-12-02', (day, text) => {
    const { document: other } = reviewWith({ kubernetes: { version: '1.34' } }, new Date(day));
    const rows = rowsOfTone(tableOf(other, 'versions', 'End of support'), 'warning').filter(([, version]) => version === '1.34');
    expect(rows).toEqual([
      ['Kubernetes on EKS', '1.34', 'standard support', '2026-12-02', expect.stringContaining(text), expect.stringContaining('seen 20')],
    ]);
    const ruled = rowsOf(tableOf(other, 'overview', 'Warnings')).filter(({ setting }) => setting === 'kubernetes.version');
    expect(ruled).toHaveLength(1);
  });

  test('tells of everything that is deployed until when it is maintained, and who says so', () => {
    const rows = rowsOf(tableOf(document, 'versions', 'End of support'));
    expect(rows.map(({ what, version, support }) => `${what} ${version}: ${support}`)).toEqual([
      'Camunda 8.9: standard support',
      'Kubernetes on EKS 1.36: standard support',
      'Kubernetes on EKS 1.36: extended support',
      'image of the nodes AL2023: maintenance',
      `Elasticsearch ${ELASTICSEARCH_IMAGE.tag}: maintenance`,
      'AWS Load Balancer Controller 3.5.0: maintenance',
      'Elastic Cloud on Kubernetes 3.5.0: maintenance',
      'External Secrets 2.9.0: maintenance',
      'cert-manager v1.21.2: maintenance',
      'functions on AWS Lambda nodejs24.x: maintenance',
      'functions on AWS Lambda python3.13: maintenance',
    ]);
    expect(rows.filter(({ source }) => !/^\S.+; seen \d{4}-\d{2}-\d{2}$/.test(source))).toEqual([]);
    const verdicts = new Map(rows.map(({ until, verdict }) => [/^\d{4}-\d{2}-\d{2}$/.test(until), verdict.replace(/\d+/, 'so many')]));
    expect(verdicts).toEqual(
      new Map([
        [true, 'so many days left'],
        [false, 'no day is named'],
      ]),
    );
  });

  test('says that a runtime of functions is not known', () => {
    const { document: other } = defaultReview(({ stacks }) => {
      const handler = Object.values(stacks[0].template.Resources ?? {}).find(({ Type }) => Type === 'AWS::Lambda::Function');
      Object.assign(handler?.Properties ?? {}, { Runtime: 'nodejs26.x' });
    });
    const rows = rowsOfTone(tableOf(other, 'versions', 'End of support'), 'warning');
    expect(rows.map(([what, version, , until]) => [what, version, until])).toEqual([['functions on AWS Lambda', 'nodejs26.x', 'unknown']]);
  });

  test('warns of what is deployed by default beyond its end, with the reason', () => {
    const { document: later } = defaultReview(undefined, new Date('2026-11-30'));
    const [row] = rowsOfTone(tableOf(later, 'versions', 'End of support'), 'warning');
    expect(row.slice(0, 2)).toEqual(['External Secrets', '2.9.0']);
    expect(row[4]).toMatch(/^ended 70 days ago, accepted until 2027-03-30: .*could be compared/);
  });

  test('knows the end of extended support', () => {
    const { document: other } = reviewWith({ kubernetes: { version: '1.35' } });
    expect(rowsOf(tableOf(other, 'versions', 'End of support'))[2]).toMatchObject({ support: 'extended support', until: '2028-03-27' });
  });

  test('tells the patch of each region, while an upgrade is under way', () => {
    const { document: other } = reviewWith(withRegions({ camundaPatch: patchOf('8.9', -1) }));
    const images = rowsOf(tableOf(other, 'versions', 'Images')).map(({ what, image }) => `${what} ${image}`);
    expect(images).toContain(`Camunda in region 0 docker.io/camunda/camunda:${patchOf('8.9', -1)}`);
    expect(images).toContain(`Camunda in region 1 docker.io/camunda/camunda:${patchOf('8.9')}`);
    expect(rowsOf(tableOf(other, 'overview', 'Warnings')).map(({ rule }) => rule)).toEqual(['region-patch-differs']);
  });

  test('tells what each region runs of Kubernetes, while one is upgraded before the other', () => {
    const { document: other } = reviewWith(withRegions({}, { kubernetes: { version: '1.35', nodeRelease: '1.35.7-20260911' } }));
    expect(rowsOf(tableOf(other, 'versions', 'Kubernetes, nodes'))).toMatchObject([
      { region: '0', Kubernetes: '1.36', 'release of the nodes': 'chosen by EKS', CoreDNS: 'v1.14.3-eksbuild.23' },
      { region: '1', Kubernetes: '1.35', 'release of the nodes': '1.35.7-20260911', CoreDNS: 'v1.13.2-eksbuild.31' },
    ]);
    const versions = rowsOf(tableOf(other, 'versions', 'End of support')).filter(({ what }) => what.startsWith('Kubernetes'));
    expect(versions.map(({ version, support }) => `${version} ${support}`)).toEqual([
      '1.36 standard support',
      '1.36 extended support',
      '1.35 standard support',
      '1.35 extended support',
    ]);
  });

  test('leaves out the chart of what is not deployed', () => {
    const { document: other } = reviewWith({ tls: { enabled: false } });
    expect(rowsOf(tableOf(other, 'versions', 'Controllers')).map(({ chart }) => chart)).not.toContain('cert-manager');
    expect(rowsOf(tableOf(document, 'versions', 'Controllers')).map(({ chart }) => chart)).toContain('cert-manager');
  });
});
