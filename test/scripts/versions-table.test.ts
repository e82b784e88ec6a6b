import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import { KUBERNETES_VERSIONS } from '../../constructs/topology/versions/kubernetes-versions';
import { printedVersions } from '../../scripts/versions-table/printed-versions';
import { versionProblems } from '../../scripts/versions-table/version-problems';
import { DEPLOYED_RUNTIMES, versionRows, type VersionRow } from '../../scripts/versions-table/version-rows';
import { defaultRendered } from '../support/review';

const rows = versionRows();
const facts = rows.flatMap(({ newest, chosenAs, end }) => [newest, chosenAs, end]).filter(fact => fact !== undefined);
const dayAfter = (day: string, days: number): Date => new Date(Date.parse(day) + days * 86_400_000);

/** What is deployed by default and maintained until a day. */
function rowUntil(value: string, rest: Partial<VersionRow> = {}): VersionRow {
  return { what: 'Thing', version: '1.0', isDefault: true, end: { value, source: 'its page', seen: '2030-01-01' }, ...rest };
}

describe('the table of versions', () => {
  test('has everything that a deployment may have', () => {
    const minors = (product: string): string[] => rows.filter(({ what }) => what.startsWith(product)).map(({ what }) => what.split(' ')[1]);
    expect(minors('Camunda')).toEqual(Object.keys(CAMUNDA_VERSIONS));
    expect(minors('Connectors')).toEqual(Object.keys(CAMUNDA_VERSIONS));
    expect(rows.filter(({ what }) => what === 'Kubernetes on EKS').map(({ version }) => version)).toEqual(Object.keys(KUBERNETES_VERSIONS));
    expect(rows.filter(({ isDefault }) => isDefault).map(({ what }) => what)).toEqual([
      'Camunda 8.9',
      'Connectors 8.9',
      'Kubernetes on EKS',
      'kubectl',
      'image of the nodes',
      'Elasticsearch',
      'AWS Load Balancer Controller',
      'Elastic Cloud on Kubernetes',
      'External Secrets',
      'cert-manager',
      ...['vpcCni', 'podIdentityAgent', 'ebsCsi', 'kubeProxy', 'coreDns'].map(addon => `add-on ${addon}`),
      ...DEPLOYED_RUNTIMES.map(() => 'functions on AWS Lambda'),
    ]);
    expect(rows.find(({ what }) => what === 'kubectl')?.version).toBe('1.35');
  });

  test('knows the newest of everything that this library chooses', () => {
    const chosenByOthers = ['image of the nodes', 'functions on AWS Lambda'];
    const unknown = rows.filter(({ what, newest, chosenAs, isDefault }) => {
      return !newest && !chosenAs && !chosenByOthers.includes(what) && (isDefault || what !== 'Kubernetes on EKS');
    });
    expect(unknown.map(({ what }) => `${what} has no row in scripts/versions-table/newest-known.ts`)).toEqual([]);
  });

  test('names the runtimes that the templates have', () => {
    const functions = defaultRendered().stacks.flatMap(({ template }) =>
      Object.values(template.Resources ?? {}).filter(({ Type }) => Type === 'AWS::Lambda::Function'),
    );
    expect([...new Set(functions.map(({ Properties }) => Properties?.Runtime))].sort()).toEqual([...DEPLOYED_RUNTIMES]);
  });

  test('says where each fact is from, and when somebody looked', () => {
    expect(facts.length).toBeGreaterThan(20);
    for (const { value, source, seen } of facts) {
      expect([value, source]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S{3}/)]);
      expect(new Date(seen).toISOString().slice(0, 10)).toBe(seen);
    }
  });

  test('says why an older version is deployed than the newest that is known', () => {
    const older = rows.filter(({ version, newest }) => newest && newest.value !== version);
    expect(older.map(({ what }) => what)).toContain('External Secrets');
    expect(older.filter(({ newest }) => !newest?.whyOlder).map(({ what }) => what)).toEqual([]);
  });

  test('is printed with what is known to be newer, and why it is not deployed', () => {
    const text = printedVersions(
      [
        rowUntil('2030-03-01', { newest: { value: '1.1', source: 'its page', seen: '2030-01-01', whyOlder: 'it was not compared' } }),
        rowUntil('the release of 2.0', {
          what: 'Other',
          isDefault: false,
          newest: { value: '1.0', source: 'its page', seen: '2030-01-01' },
        }),
        rowUntil('2029-12-31', { what: 'Old' }),
      ],
      new Date('2030-02-01'),
    );
    expect(text.split('\n')).toEqual([
      'what   version  newest known  maintained until',
      'Thing  1.0 *    1.1           2030-03-01          28 days left',
      'Other  1.0      the same      the release of 2.0',
      'Old    1.0 *                  2029-12-31          ended',
      '',
      '* deployed by default',
      'Thing: 1.0 and not 1.1, because it was not compared',
    ]);
  });
});

describe('what cannot stay', () => {
  test('is nothing on the day on which the last fact was looked up', () => {
    const last = facts.map(({ seen }) => seen).sort()[facts.length - 1];
    expect(versionProblems(rows, new Date(last))).toEqual([]);
  });

  test('is a fact that nobody has looked up for more than 120 days, of what is deployed and of what ends it', () => {
    const seen = '2030-01-01';
    const row: VersionRow = {
      ...rowUntil('the release of 2.0'),
      newest: { value: '1.0', source: 'its page', seen },
      chosenAs: { value: 'a default', source: 'its page', seen },
    };
    expect(versionProblems([row], dayAfter(seen, 120))).toEqual([]);
    expect(versionProblems([row], dayAfter(seen, 121)).map(problem => problem.split(' was looked up ')[0])).toEqual([
      'Thing 1.0: the newest version',
      'Thing 1.0: what to choose',
      'Thing 1.0: the end of support',
    ]);
  });

  test('is every fact of the table, once it is old enough', () => {
    const problems = versionProblems(rows, new Date('2040-01-01')).filter(problem => problem.endsWith('look again'));
    expect(problems).toHaveLength(facts.length);
  });

  test('is a default past its end, and nothing else past its end', () => {
    const [end, day] = ['2030-02-01', new Date('2030-02-02')];
    expect(versionProblems([rowUntil(end)], new Date(end))).toEqual([]);
    expect(versionProblems([rowUntil(end)], day)).toEqual([
      'Thing 1.0 is deployed by default, and its support ended on 2030-02-01; raise it',
    ]);
    expect(versionProblems([rowUntil(end, { isDefault: false })], day)).toEqual([]);
  });

  test('is a default past its end that was accepted, when that is over', () => {
    const accepted = rowUntil('2030-02-01');
    const row = {
      ...accepted,
      end: { ...accepted.end, value: '2030-02-01', source: 'x', seen: '2030-01-01', accepted: { until: '2030-03-01', why: 'x' } },
    };
    expect(versionProblems([row], new Date('2030-03-01'))).toEqual([]);
    expect(versionProblems([row], new Date('2030-03-02'))[0]).toContain(
      'ended on 2030-02-01, and that was accepted until 2030-03-01; raise it',
    );
  });
});
