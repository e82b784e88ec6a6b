import type { Rendered } from '../../lib/review/rendered';
import { REQUIREMENTS } from '../../lib/review/requirements/judged-requirements';
import { defaultReview, requirementsOfTone, reviewWith, sectionOf } from '../support/review';
import { allRules } from '../support/rows/all-rules';
import { TRAFFIC } from '../support/settings/traffic';
import { ofVersion, VERSIONS } from '../support/settings/versions';

/** What people have to do: no rendering can tell whether they did. */
const YOURS = [
  'partitions-never-fewer',
  'one-active-region',
  'idempotent-connectors',
  'documents',
  'one-region-at-a-time',
  'recovery-rehearsed',
  'camunda-review',
];

test('every requirement has a name of its own, a page, and something that holds it', () => {
  const ids = REQUIREMENTS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(REQUIREMENTS.filter(({ rules = [], enforcedBy }) => rules.length === 0 && !enforcedBy)).toEqual([]);
  expect(REQUIREMENTS.filter(({ page }) => !page.uri.startsWith('https://docs.camunda.io/docs/'))).toEqual([]);
});

test('the rules that requirements name are rules of the topology', () => {
  const known = allRules();
  const unknown = REQUIREMENTS.flatMap(({ rules = [] }) => rules).filter(rule => !known.has(rule));
  expect(unknown).toEqual([]);
});

test('the default deployment meets all of them, but for what people have to do', () => {
  const review = defaultReview();
  expect(requirementsOfTone(review, 'plain')).toEqual(YOURS);
  expect(requirementsOfTone(review, 'good')).toHaveLength(REQUIREMENTS.length - YOURS.length);
});

test.each(VERSIONS)('a deployment of Camunda %s meets all of them', version => {
  const review = reviewWith(ofVersion(version));
  expect([...requirementsOfTone(review, 'danger'), ...requirementsOfTone(review, 'warning')]).toEqual([]);
});

test('where users go is met by the records of this deployment, where it has them', () => {
  const review = reviewWith({ traffic: TRAFFIC });
  expect(requirementsOfTone(review, 'good')).toContain('one-active-region');
  expect(requirementsOfTone(review, 'plain')).toEqual(YOURS.filter(id => id !== 'one-active-region'));
});

test('the section says that it is made to be handed over, and counts', () => {
  const { summary } = sectionOf(defaultReview().document, 'requirements');
  expect(summary).toContain(`Of ${REQUIREMENTS.length} requirements`);
  expect(summary).toContain('made to be handed over');
});

describe('fails for', () => {
  /** Replaces a string everywhere in a group of one region's manifests. */
  const inManifests =
    (regionId: number, group: string, was: string | RegExp, is: string) =>
    ({ manifests }: Rendered): void => {
      const { objects } = manifests[regionId].find(({ name }) => name === group)!;
      const before = JSON.stringify(objects);
      const after = before.replaceAll(typeof was === 'string' ? was : new RegExp(was, 'g'), is);
      if (before === after) throw new Error(`${was.toString()} is not in ${group}`);
      objects.splice(0, objects.length, ...(JSON.parse(after) as Record<string, unknown>[]));
    };
  const withoutResource =
    (stack: string, part: string) =>
    ({ stacks }: Rendered): void => {
      const { Resources = {} } = stacks.find(({ stackName }) => stackName === `camunda-${stack}`)!.template;
      const found = Object.keys(Resources).filter(id => id.includes(part));
      if (found.length === 0) throw new Error(`no ${part} in ${stack}`);
      found.forEach(id => delete (Resources as Record<string, unknown>)[id]);
    };
  const addImage =
    (image: string) =>
    ({ manifests }: Rendered): void => {
      manifests[0][0].objects.push({ kind: 'Deployment', metadata: { name: 'other' }, spec: { containers: [{ image }] } });
    };

  test.each<[string, (rendered: Rendered) => void, string[]]>([
    ['TCP 9200 closed', withoutResource('Region0', 'TCP9200'), ['pods-reachable', 'nothing-else-crosses']],
    ['gossip closed', withoutResource('Region1', 'UDP26502'), ['pods-reachable', 'gossip-port', 'nothing-else-crosses']],
    ['a CoreDNS that is not configured', withoutResource('Region1', 'CoreDns'), ['names-resolve']],
    ['a bucket that is missing', withoutResource('SnapshotCopies0', 'Copies'), ['snapshots']],
    ['a broker too few', inManifests(1, '40-orchestration', '"replicas":4', '"replicas":3'), ['cluster-size']],
    [
      'another name of the brokers',
      inManifests(0, '40-orchestration', '"name":"camunda-zeebe"', '"name":"other-zeebe"'),
      ['cluster-size', 'same-name'],
    ],
    ['node ids that are not computed', inManifests(0, '40-orchestration', ':-$((', ':-(('), ['node-ids']],
    [
      'contact points of one region only',
      inManifests(1, '40-orchestration', 'camunda-zeebe.camunda-london.svc.cluster.local.:26502', 'elsewhere'),
      ['contact-points'],
    ],
    [
      'a short advertised name',
      inManifests(0, '40-orchestration', '${K8S_NAMESPACE}.svc.cluster.local', '${K8S_NAMESPACE}.svc'),
      ['advertised-host'],
    ],
    ['one exporter only', inManifests(1, '40-orchestration', 'camundaregion0', 'other'), ['exporters-to-both']],
    [
      'an exporter too many',
      inManifests(
        1,
        '40-orchestration',
        'class-name: io.camunda',
        'class-name: io.camunda.exporter.CamundaExporter\\n class-name: io.camunda',
      ),
      ['exporters-to-both'],
    ],
    ['slow disks', inManifests(0, '00-foundation', '"gp3"', '"sc1"'), ['disks']],
    ['no Elasticsearch', inManifests(1, '30-elasticsearch', '"kind":"Elasticsearch"', '"kind":"Other"'), ['elasticsearch-only']],
    ['Optimize', addImage('camunda/optimize:8.9.0'), ['no-optimize']],
    ['Keycloak', addImage('keycloak/keycloak:26'), ['no-management-identity']],
    ['OpenSearch', addImage('opensearchproject/opensearch:2'), ['elasticsearch-only']],
    ['no PodDisruptionBudget', inManifests(0, '40-orchestration', 'PodDisruptionBudget', 'Other'), ['one-region-at-a-time']],
  ])('%s', (_what, change, ids) => {
    expect(requirementsOfTone(defaultReview(change), 'danger')).toEqual(ids);
  });
});

test('wants a look at what is allowed and not advised', () => {
  expect(requirementsOfTone(reviewWith({ backup: { enabled: false } }), 'warning')).toEqual(['snapshots']);
  expect(requirementsOfTone(reviewWith(ofVersion('8.7'), new Date('2026-10-14')), 'warning')).toEqual(['maintained-version']);
  expect(requirementsOfTone(reviewWith({ orchestration: { resources: { memoryMiB: 6000 } } }), 'warning')).toEqual(['broker-sizing']);
});
