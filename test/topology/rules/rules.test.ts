import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { maintainedVersions } from '../../../constructs/topology/plan/maintained-versions';
import { describeProblem, ProblemSeverity, show, type Problem } from '../../../constructs/topology/rules/judging/problem';
import { problemsOf } from '../../../constructs/topology/rules/rules';
import type { RegionSettings } from '../../../constructs/topology/settings/regions';
import { resolveSettings } from '../../../constructs/topology/settings/resolve-settings';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { Topology } from '../../../constructs/topology/topology';
import { allRules } from '../../support/rows/all-rules';
import { CLUSTER_ZONE_ERRORS, CLUSTER_ZONE_WARNINGS, CLUSTER_ZONES_ALLOWED } from '../../support/rows/cluster-zone-rule-rows';
import { DOCUMENT_ERRORS, DOCUMENT_WARNINGS } from '../../support/rows/document-rule-rows';
import { EXISTING_VPC_ALLOWED, EXISTING_VPC_ERRORS } from '../../support/rows/existing-vpc-rule-rows';
import { EXTRA_FLOW_ERRORS, EXTRA_FLOWS_ALLOWED } from '../../support/rows/extra-flow-rule-rows';
import {
  FURTHER_EXPORTER_ERRORS,
  FURTHER_EXPORTER_WARNINGS,
  FURTHER_EXPORTERS_ALLOWED,
} from '../../support/rows/further-exporter-rule-rows';
import { HISTORY_ALLOWED, HISTORY_ERRORS, HISTORY_WARNINGS } from '../../support/rows/history-rule-rows';
import { KUBERNETES_ALLOWED, KUBERNETES_ERRORS, KUBERNETES_WARNINGS } from '../../support/rows/kubernetes-rule-rows';
import { MONITORING_ERRORS, MONITORING_WARNINGS } from '../../support/rows/monitoring-rule-rows';
import { NODE_ERRORS, NODE_WARNINGS, NODES_ALLOWED } from '../../support/rows/node-rule-rows';
import { acknowledging, REVIEW_ERRORS, REVIEW_WARNINGS } from '../../support/rows/review-rule-rows';
import {
  account,
  admin,
  CAMUNDA,
  onCall,
  PLATFORM,
  RANGES,
  region0,
  REGIONS,
  tags,
  untyped,
  WARNINGS,
  zones,
  type Row,
} from '../../support/rows/setting-rule-rows';
import { TRAFFIC_ALLOWED, TRAFFIC_ERRORS, TRAFFIC_WARNINGS } from '../../support/rows/traffic-rule-rows';
import { USER_ERRORS, USER_WARNINGS, USERS_ALLOWED } from '../../support/rows/user-rule-rows';
import { WORKLOAD_ERRORS, WORKLOAD_WARNINGS } from '../../support/rows/workload-rule-rows';
import { withRegions, withSettings } from '../../support/settings/changed-settings';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';
import { RESTRICTED_TRAFFIC } from '../../support/settings/traffic';
import { patchOf, WHEN_ALL_WERE_SUPPORTED } from '../../support/settings/versions';

const found = (settings: DualRegionSettings, today = WHEN_ALL_WERE_SUPPORTED): Problem[] => problemsOf(settings, today);

describe('the end of support', () => {
  /** What is said about the version that a setting chooses. */
  const support = (settings: DualRegionSettings, setting: string, day: string): Problem[] =>
    found(settings, new Date(day)).filter(problem => problem.setting === setting);
  const ofCamunda = (version: string, day: string): Problem[] => support(withSettings({ camunda: { version } }), 'camunda.version', day);

  test.each([
    ['8.7', '2026-06-15', '2026-10-13', '2026-10-14'],
    ['8.8', '2026-12-14', '2027-04-13', '2027-04-14'],
    ['8.9', '2027-06-14', '2027-10-12', '2027-10-13'],
    ['8.10', '2027-12-13', '2028-04-11', '2028-04-12'],
  ])('of %s is told before it comes, from the day after as a fact, with the date, and never as an error', (version, early, last, after) => {
    const row: Row = ['version-support', 'camunda.version', version, DEFAULT_SETTINGS];
    expect(ofCamunda(version, `${early}T23:59:59Z`)).toEqual([]);
    expect(ofCamunda(version, `${last}T23:59:59Z`)).toEqual(only(['version-support-near', ...rest(row)], ProblemSeverity.WARNING));
    expect(ofCamunda(version, `${after}T00:00:00Z`)).toEqual(only(row, ProblemSeverity.WARNING));
    for (const day of [last, after]) expect(ofCamunda(version, day)[0].requirement).toContain(last);
    expect(Topology.of(withSettings({ camunda: { version } }), new Date('2099-01-01')).warnings.length).toBeGreaterThan(1);
  });

  test.each([
    ['Kubernetes', 'kubernetes.version', { kubernetes: { version: '1.34' } }, '2026-12-02', '2026-12-03'],
    ['Elasticsearch', 'images.elasticsearchTag', {}, '2027-07-15', '2027-07-16'],
    ['the image of nodes', 'nodes.amiFamily', {}, '2029-06-30', '2029-07-01'],
    [
      'a controller',
      'controllers.externalSecrets.version',
      { controllers: { externalSecrets: { version: '2.8.0' } } },
      '2026-08-07',
      '2026-08-08',
    ],
  ])('of %s is told like that of Camunda', (_what, setting, settings, last, after) => {
    expect(support(withSettings(settings), setting, last).map(({ rule }) => rule)).toEqual(['version-support-near']);
    const [problem, ...others] = support(withSettings(settings), setting, after);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ rule: 'version-support', severity: ProblemSeverity.WARNING });
    expect(problem.requirement).toContain(`ended on ${last}`);
  });

  test('of the version that one region alone runs is told for that region', () => {
    const one = withRegions({}, { kubernetes: { version: '1.35' } });
    expect(support(one, 'regions[1].kubernetes.version', '2027-03-28').map(({ rule }) => rule)).toContain('version-support');
    expect(support(one, 'kubernetes.version', '2027-03-28')).toEqual([]);
  });

  test('of what is deployed by default is not told while the library accepts it, with a date', () => {
    const { end } = maintainedVersions(resolveSettings(DEFAULT_SETTINGS)).filter(({ end: { accepted } }) => accepted)[0];
    const setting = 'controllers.externalSecrets.version';
    expect(support(DEFAULT_SETTINGS, setting, end.accepted?.until ?? '')).toEqual([]);
    const dayAfter = new Date(Date.parse(end.accepted?.until ?? '') + 86_400_000).toISOString();
    expect(support(DEFAULT_SETTINGS, setting, dayAfter).map(({ rule }) => rule)).toEqual(['version-support']);
  });

  test('of cert-manager is no matter where it is not deployed', () => {
    const old = { controllers: { certManager: { version: 'v1.19.6' } } };
    const rulesOf = (settings: DualRegionSettings): string[] =>
      support(settings, 'controllers.certManager.version', '2026-08-01').map(({ rule }) => rule);
    expect(rulesOf(withSettings(old))).toEqual(['version-support']);
    expect(rulesOf(withSettings({ ...old, tls: { enabled: false } }))).not.toContain('version-support');
  });

  test('is not told of a version that has another mistake', () => {
    expect(
      support(withSettings({ images: { elasticsearchTag: '8.17.4' } }), 'images.elasticsearchTag', '2026-08-01').map(({ rule }) => rule),
    ).toEqual(['elasticsearch-version']);
  });
});

/** All but the rule of a row. */
function rest([, setting, value, settings]: Row): [string, unknown, DualRegionSettings] {
  return [setting, value, settings];
}

/** The only problem that a row leads to, with its value and a fix. */
function only([rule, setting, value]: Row, severity: ProblemSeverity): unknown[] {
  const requirement = expect.stringMatching(severity === ProblemSeverity.ERROR ? /^must / : /^should /) as string;
  const fix = expect.stringMatching(/^\S.{10,}\S$/) as string;
  return [{ rule, setting, severity, value: show(value), requirement, fix }];
}

describe.each([
  ['Camunda', CAMUNDA],
  ['reviews and patches of a region', REVIEW_ERRORS],
  ['the regions', REGIONS],
  ['versions of Kubernetes', KUBERNETES_ERRORS],
  ['nodes', NODE_ERRORS],
  ['address ranges', RANGES],
  ['existing VPCs', EXISTING_VPC_ERRORS],
  ['the platform', PLATFORM],
  ['workloads', WORKLOAD_ERRORS],
  ['extra flows', EXTRA_FLOW_ERRORS],
  ['history', HISTORY_ERRORS],
  ['zones of Camunda', CLUSTER_ZONE_ERRORS],
  ['exporters of the user', FURTHER_EXPORTER_ERRORS],
  ['metrics', MONITORING_ERRORS],
  ['users', USER_ERRORS],
  ['traffic', TRAFFIC_ERRORS],
  ['documents', DOCUMENT_ERRORS],
])('rules about %s', (_about, rows) => {
  test.each(rows)('fails with %s alone, for %s = %p', (...row) => {
    expect(found(row[3])).toEqual(only(row, ProblemSeverity.ERROR));
  });
});

test.each([
  ...WARNINGS,
  ...REVIEW_WARNINGS,
  ...KUBERNETES_WARNINGS,
  ...NODE_WARNINGS,
  ...WORKLOAD_WARNINGS,
  ...HISTORY_WARNINGS,
  ...CLUSTER_ZONE_WARNINGS,
  ...FURTHER_EXPORTER_WARNINGS,
  ...USER_WARNINGS,
  ...TRAFFIC_WARNINGS,
  ...DOCUMENT_WARNINGS,
  ...MONITORING_WARNINGS,
])('warns with %s alone, for %s = %p', (...row) => {
  // What lacks a renewal of tokens is so old that it is not maintained either.
  const expected = row[0] === 'elasticsearch-token' ? found(row[3]).filter(({ rule }) => rule !== 'version-support') : found(row[3]);
  expect(expected).toEqual(only(row, ProblemSeverity.WARNING));
});

test.each(FURTHER_EXPORTERS_ALLOWED)('allows exporters: %#', settings => {
  expect(found(settings)).toEqual([]);
});

test.each(CLUSTER_ZONES_ALLOWED)('allows zones: %#', settings => {
  expect(found(settings)).toEqual([]);
});

test.each(EXTRA_FLOWS_ALLOWED)('allows extra flows: %#', settings => {
  expect(found(settings).filter(({ rule }) => rule === 'extra-flow')).toEqual([]);
});

test.each(USERS_ALLOWED)('allows users: %#', settings => {
  expect(found(settings).filter(({ severity }) => severity === ProblemSeverity.ERROR)).toEqual([]);
});

test.each(TRAFFIC_ALLOWED)('allows traffic: %#', settings => {
  expect(found(settings)).toEqual([]);
});

test('refuses traffic in a partition whose health checkers are unknown', () => {
  const government = withRegions({ awsRegion: 'us-gov-west-1' }, { awsRegion: 'us-gov-east-1' });
  const problems = found({ ...government, traffic: RESTRICTED_TRAFFIC }).filter(({ rule }) => rule.startsWith('traffic'));
  expect(problems).toEqual(only(['traffic-partition', 'traffic', 'camunda.example.com', government], ProblemSeverity.ERROR));
});

describe('the four address ranges', () => {
  const keys = [
    [0, 'vpcCidr'],
    [0, 'serviceCidr'],
    [1, 'vpcCidr'],
    [1, 'serviceCidr'],
  ] as const;
  const pairings = keys.flatMap((a, i) => keys.slice(i + 1).map(b => [a, b] as const));
  const nameOf = ([region, key]: (typeof keys)[number]): string => `regions[${region}].${key}`;

  test('pair up in six ways', () => {
    expect(pairings).toHaveLength(6);
  });

  test.each(pairings.map(([a, b]) => [nameOf(a), nameOf(b), a, b] as const))('fails if %s overlaps %s', (one, other, a, b) => {
    const taken = '172.16.0.0/20';
    const inside = '172.16.8.0/22';
    for (const [first, second] of [
      [taken, taken],
      [taken, inside],
      [inside, taken],
    ]) {
      const changes: [Partial<RegionSettings>, Partial<RegionSettings>] = [{}, {}];
      changes[a[0]] = { ...changes[a[0]], [a[1]]: first };
      changes[b[0]] = { ...changes[b[0]], [b[1]]: second };
      const problems = found(withRegions(...changes));
      expect(problems).toEqual(only(['cidr-overlap', other, second, DEFAULT_SETTINGS], ProblemSeverity.ERROR));
      expect(problems[0].requirement).toBe(`must not overlap '${one}' (${first})`);
    }
  });
});

describe('partitions', () => {
  const within = (a: string, b: string) => found(withRegions({ awsRegion: a }, { awsRegion: b })).map(({ rule }) => rule);

  test.each([
    ['us-iso-east-1', 'us-iso-west-1'],
    ['us-isob-east-1', 'us-isob-west-1'],
    ['us-isof-south-1', 'us-isof-east-1'],
  ])('without EKS Pod Identity are refused: %s and %s', (a, b) => {
    expect(within(a, b).filter(rule => rule.startsWith('partition'))).toEqual(['partition-unsupported', 'partition-unsupported']);
  });

  test('of one region are refused', () => {
    expect(within('eusc-de-east-1', 'eu-central-1').filter(rule => rule.startsWith('partition'))).toEqual([
      'partition-unsupported',
      'partition-same',
    ]);
  });

  test('of GovCloud and China hold a pair', () => {
    expect(within('us-gov-west-1', 'us-gov-east-1')).toEqual(['round-trip-unknown']);
    const roles = { adminRoleArns: ['arn:aws-us-gov:iam::123456789012:role/Operators'] };
    const government = withRegions({ awsRegion: 'us-gov-west-1' }, { awsRegion: 'us-gov-east-1' });
    expect(found({ ...government, kubernetes: roles }).map(({ rule }) => rule)).toEqual(['round-trip-unknown']);
  });
});

describe('what is allowed', () => {
  test.each<[string, DualRegionSettings]>([
    ['the default settings', DEFAULT_SETTINGS],
    ['the smallest cluster', withSettings({ camunda: { clusterSize: 4, partitionCount: 1 } })],
    ['a name of one letter', withSettings({ name: 'a' })],
    ['a name of 20 characters', withSettings({ name: `a${'-b'.repeat(9)}c` })],
    ['the smallest ranges', withRegions({ vpcCidr: '10.192.0.0/22', serviceCidr: '10.190.0.0/24' })],
    ['the largest ranges', withRegions({ vpcCidr: '10.0.0.0/16', serviceCidr: '172.16.0.0/12' })],
    ['a VPC in the range of carrier-grade NAT', withRegions({ vpcCidr: '100.64.0.0/16' })],
    ['both regions in one account', withRegions({ account }, { account })],
    ...EXISTING_VPC_ALLOWED,
    ...KUBERNETES_ALLOWED,
    ...NODES_ALLOWED,
    ...HISTORY_ALLOWED,
    ['three named zones', withRegions({ availabilityZones: zones })],
    [
      'three named zones where one does not do',
      withRegions({ awsRegion: 'us-east-2' }, { awsRegion: 'us-east-1', availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1d'] }),
    ],
    ['a namespace of 63 characters', withRegions({ namespace: 'a'.repeat(63) })],
    [
      'a registry in each region',
      withRegions({ imageRegistry: 'eu-west-2.registry.example.com' }, { imageRegistry: 'eu-west-3.registry.example.com' }),
    ],
    ['a registry with a port and a path', withSettings({ images: { registry: 'registry.example.com:5000/mirror/camunda' } })],
    ['the same patch in both regions', withRegions({ camundaPatch: patchOf('8.9', 1) }, { camundaPatch: patchOf('8.9', 1) })],
    ['the patch of the images', { ...region0({ camundaPatch: patchOf('8.9', -1) }), images: { camundaTag: patchOf('8.9', -1) } }],
    ['an acknowledged change', acknowledging({ change: 'resource-replaced:Region0/*' })],
    ['an acknowledgement on its last day', acknowledging({ expires: '2026-06-01' })],
    ['an acknowledgement for a year', acknowledging({ expires: '2027-06-01' })],
    ['another patch', withSettings({ images: { camundaTag: '8.9.20', connectorsTag: '8.9.9' } })],
    ['all nodes that a zone may have', withSettings({ nodes: { perZone: 150 } })],
    ['a request above the default limit', withSettings({ orchestration: { resources: { cpuMillis: 2500 } } })],
    ['roles for administration and for recovery', withSettings({ kubernetes: { adminRoleArns: [admin], recoveryRoleArns: [onCall] } })],
    ['as many tags as a resource has room for', withSettings({ tags: tags(42) })],
    ['tags that hardly differ from those of this library', withSettings({ tags: { name: 'a', 'my-kubernetes.io': 'b' } })],
    ['tags in any language', withSettings({ tags: { 'Kostenträger 1': 'a/b+c=d@e' } })],
    ['a list of addresses for the endpoint', withSettings({ kubernetes: { publicAccessCidrs: ['198.51.100.7/32'] } })],
    [
      'a chart from an OCI registry',
      withSettings({ controllers: { elasticOperator: { repository: 'oci://registry.example.com/charts' } } }),
    ],
  ])('%s', (_what, settings) => {
    expect(found(settings)).toEqual([]);
  });
});

describe('several mistakes', () => {
  test('are reported together', () => {
    const settings = {
      ...withRegions({ namespace: 'default' }, { vpcCidr: 'x' }),
      name: 'A',
      camunda: { clusterSize: 3, partitionCount: 0 },
    };
    expect(found(settings).map(problem => problem.rule)).toEqual(['name', 'namespace-system', 'cidr-valid', 'cluster-size', 'number']);
  });

  test('a rule that compares settings is quiet while one of them is wrong', () => {
    const wrong = { nodes: { perZone: 1 }, orchestration: { resources: { memoryMiB: 'much' } } };
    expect(found(untyped(wrong)).map(problem => problem.rule)).toEqual(['number']);
  });
});

/** What people read, for review. Written by `UPDATE_MESSAGES=1 npx jest test/topology/rules/rules.test`. */
test('says what it was reviewed to say', () => {
  const rows = [
    ...[
      CAMUNDA,
      REVIEW_ERRORS,
      KUBERNETES_ERRORS,
      NODE_ERRORS,
      REGIONS,
      RANGES,
      EXISTING_VPC_ERRORS,
      EXTRA_FLOW_ERRORS,
      PLATFORM,
      WORKLOAD_ERRORS,
      HISTORY_ERRORS,
      CLUSTER_ZONE_ERRORS,
      FURTHER_EXPORTER_ERRORS,
      CLUSTER_ZONE_WARNINGS,
      USER_ERRORS,
      TRAFFIC_ERRORS,
      DOCUMENT_ERRORS,
      ...[MONITORING_ERRORS, MONITORING_WARNINGS],
    ],
    ...[
      WARNINGS,
      REVIEW_WARNINGS,
      KUBERNETES_WARNINGS,
      NODE_WARNINGS,
      WORKLOAD_WARNINGS,
      HISTORY_WARNINGS,
      FURTHER_EXPORTER_WARNINGS,
      USER_WARNINGS,
      TRAFFIC_WARNINGS,
      DOCUMENT_WARNINGS,
    ],
  ].flat();
  const messages = rows.flatMap(([, , , settings]) => found(settings)).map(problem => `${problem.severity}: ${describeProblem(problem)}`);
  const text = `${[...new Set(messages)].sort().join('\n')}\n`;
  const file = join(__dirname, 'rule-messages.txt');
  if (process.env.UPDATE_MESSAGES && !process.env.CI) writeFileSync(file, text);
  expect(text.split('\n')).toEqual(readFileSync(file, 'utf8').split('\n'));
});

test('every rule of the topology is tripped here', () => {
  const rules = allRules();
  // These have tests of their own: six pairings and partitions above, and a file with a broken partition table.
  const tripped = [
    ...CAMUNDA,
    ...REVIEW_ERRORS,
    ...REVIEW_WARNINGS,
    ...KUBERNETES_ERRORS,
    ...KUBERNETES_WARNINGS,
    ...NODE_ERRORS,
    ...NODE_WARNINGS,
    ...REGIONS,
    ...RANGES,
    ...EXISTING_VPC_ERRORS,
    ...PLATFORM,
    ...WARNINGS,
    ...EXTRA_FLOW_ERRORS,
    ...WORKLOAD_ERRORS,
    ...WORKLOAD_WARNINGS,
    ...HISTORY_ERRORS,
    ...HISTORY_WARNINGS,
    ...CLUSTER_ZONE_ERRORS,
    ...FURTHER_EXPORTER_ERRORS,
    ...CLUSTER_ZONE_WARNINGS,
    ...FURTHER_EXPORTER_WARNINGS,
    ...USER_ERRORS,
    ...USER_WARNINGS,
    ...TRAFFIC_ERRORS,
    ...TRAFFIC_WARNINGS,
    ...DOCUMENT_ERRORS,
    ...DOCUMENT_WARNINGS,
    ...[...MONITORING_ERRORS, ...MONITORING_WARNINGS],
  ]
    .map(([rule]) => rule)
    .concat('cidr-overlap', 'quorum', 'partition-unsupported', 'traffic-partition');
  expect([...rules].sort()).toEqual([...new Set(tripped)].sort());
});
