import { recoveryTopology, type RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import {
  parseRecoveryTopology,
  RecoveryTopologyError,
  recoveryTopologyText,
} from '../../../constructs/topology/plan/recovery/recovery-topology-document';
import { Topology } from '../../../constructs/topology/topology';
import { withOidc } from '../../support/rows/user-rule-rows';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';
import { MIGRATION, ofVersion, VERSIONS } from '../../support/settings/versions';

const DOCUMENT = recoveryTopology(Topology.of(DEFAULT_SETTINGS));

/** What a parse says of a document in which something is different. */
function findingsOf(change: (document: Record<string, never>) => void): readonly string[] {
  const document = JSON.parse(recoveryTopologyText(DOCUMENT)) as Record<string, never>;
  change(document);
  try {
    parseRecoveryTopology(JSON.stringify(document), 'topology.json');
  } catch (error) {
    if (error instanceof RecoveryTopologyError) return error.findings;
    throw error;
  }
  return [];
}

test.each(VERSIONS)('the document of %s is read as it was written', version => {
  for (const recovery of [{}, { recreatedRegion: 0 }, { recreatedRegion: 1 }]) {
    const document = recoveryTopology(Topology.of({ ...DEFAULT_SETTINGS, ...ofVersion(version), recovery }));
    expect(parseRecoveryTopology(recoveryTopologyText(document), 'topology.json')).toEqual(document);
    expect(document.recreatedRegion).toBe(recovery.recreatedRegion);
  }
});

test('names the client of an identity provider instead of a user, where users log in by one', () => {
  const document = recoveryTopology(Topology.of(withOidc()));
  expect(document.restUser).toBeUndefined();
  expect(document.restClient).toEqual({
    clientId: 'camunda-recovery',
    tokenUri: 'https://login.example.com/realms/camunda/protocol/openid-connect/token',
    audience: 'camunda-api',
    scope: 'camunda-api',
    secretName: 'camunda-oidc',
    key: 'recovery',
  });
  expect(parseRecoveryTopology(recoveryTopologyText(document), 'topology.json')).toEqual(document);
  const simple = recoveryTopology(Topology.of(withOidc({ audiences: ['a'], recovery: { clientId: 'r' } })));
  expect(simple.restClient).toEqual({ ...document.restClient, clientId: 'r', audience: 'a', scope: undefined });
  expect(parseRecoveryTopology(recoveryTopologyText(simple), 'topology.json')).toEqual(simple);
  const client = simple.restClient!;
  const insecure = findingsOf(changed => Object.assign(changed, { restClient: { ...client, tokenUri: 'http://login.example.com/' } }));
  expect(insecure.join()).toContain("'restClient.tokenUri' must be");
});

test('a document of an earlier release, with numbers for brokers, is read as that of today', () => {
  const numbered = {
    ...DOCUMENT,
    schemaVersion: 1,
    regions: DOCUMENT.regions.map(({ brokers, ...region }) => ({
      ...region,
      brokers: brokers.map(({ brokerId, podName }) => ({ nodeId: Number(brokerId), podName })),
    })),
    partitions: DOCUMENT.partitions.map(partition => ({ ...partition, replicas: partition.replicas.map(Number) })),
  };
  expect(parseRecoveryTopology(JSON.stringify(numbered), 'topology.json')).toEqual(DOCUMENT);
  expect(findingsOf(document => Object.assign(document, { ...numbered, regions: DOCUMENT.regions })).join()).toContain(
    "'regions[0].brokers[0].nodeId' must be",
  );
  expect(findingsOf(document => Object.assign(document, { ...numbered, schemaVersion: 2 })).join()).toContain(
    "'regions[0].brokers[0].brokerId' must be",
  );
});

test('holds node ids, partitions, exporters and services as the topology computes them', () => {
  expect(DOCUMENT.regions.map(region => region.brokers.map(({ brokerId }) => brokerId))).toEqual([
    ['0', '2', '4', '6'],
    ['1', '3', '5', '7'],
  ]);
  expect(DOCUMENT.partitions[5]).toEqual({ partitionId: 6, replicas: ['5', '6', '7', '0'] });
  expect(DOCUMENT.exporters.map(({ exporterId, regionId }) => `${exporterId} ${regionId}`)).toEqual([
    'camundaregion0 0',
    'camundaregion1 1',
  ]);
  expect(DOCUMENT.regions[1].gateway.service).toBe('camunda-zeebe-gateway');
  expect(DOCUMENT.dialect.failover.method).toBe('PATCH');
});

test('names for each region the bucket that a failback copies through', () => {
  const account = '123456789012';
  const [london, paris] = DEFAULT_SETTINGS.regions;
  const settings = { regions: [london, paris].map(region => ({ ...region, account })) };
  const { regions } = recoveryTopology(Topology.of({ ...DEFAULT_SETTINGS, ...settings }));
  expect(regions.map(({ snapshotRepository }) => snapshotRepository)).toEqual([
    { type: 's3', settings: { bucket: `camunda-snapshots-${account}-eu-west-2`, client: 'region0', base_path: 'failback' } },
    { type: 's3', settings: { bucket: `camunda-snapshots-${account}-eu-west-3`, client: 'region1', base_path: 'failback' } },
  ]);
});

test('says where the account belongs while the settings name none', () => {
  expect(DOCUMENT.regions[1].snapshotRepository?.settings.bucket).toBe('camunda-snapshots-${AWS_ACCOUNT_ID}-eu-west-3');
});

test('names no bucket where there is none', () => {
  const { regions } = recoveryTopology(Topology.of({ ...DEFAULT_SETTINGS, backup: { enabled: false } }));
  expect(regions.map(region => 'snapshotRepository' in region)).toEqual([false, false]);
});

test('during a migration it has the exporters of both versions, each with its kind', () => {
  const { exporters } = recoveryTopology(Topology.of({ ...DEFAULT_SETTINGS, ...MIGRATION }));
  expect(exporters.map(({ exporterId }) => exporterId)).toEqual([
    'camundaregion0',
    'camundaregion1',
    'elasticsearchregion0',
    'elasticsearchregion1',
  ]);
  expect(new Set(exporters.map(({ kind }) => kind)).size).toBe(2);
});

interface Mutable {
  partitions: { [key: string]: unknown }[];
  regions: { [key: string]: unknown }[];
  exporters: unknown[];
  [key: string]: unknown;
}

test.each<[string, (document: Mutable) => void, string]>([
  ['an unknown field', document => (document.extra = 1), "'extra' is not known; known here: schemaVersion, name"],
  ['a missing field', document => delete document.dialect, "'dialect' must be a mapping, got nothing"],
  ['a wrong kind', document => (document.tls = 'no'), "'tls' must be true or false, got 'no'"],
  [
    'a wrong choice',
    document => ((document.dialect as never as { failover: { names: string } }).failover.names = 'some'),
    "one of remaining, removed, zone, got 'some'",
  ],
  [
    'a path outside of the management API',
    document => ((document.dialect as never as { failover: { path: string } }).failover.path = '/x'),
    "'dialect.failover.path' must be a string like",
  ],
  [
    'a string for a number',
    document => (document.partitions[0].partitionId = '1'),
    "'partitions[0].partitionId' must be an integer of at least 1, got '1'",
  ],
  ['one region', document => document.regions.pop(), "'regions' must be a list of at least 2"],
  ['regions out of order', document => document.regions.reverse(), "'regions' must be region 0, 1 and so on in order, got [1, 0]"],
  [
    'a broker in the wrong region',
    document => ((document.regions[0].brokers as { brokerId: string }[])[0].brokerId = '9'),
    'broker 9 must be in region 1: node ids are ordinal x 2 + region id',
  ],
  [
    'a deny-all policy among those that are taken away',
    document => ((document.regions[1].networkPolicies as { members: string[] }).members = ['orchestration', 'default-deny']),
    "'networkPolicies.members' of region 1 must not name 'default-deny'",
  ],
  [
    'no name of that policy',
    document => delete (document.regions[0].networkPolicies as { denyAll?: string }).denyAll,
    "'regions[0].networkPolicies.denyAll' must be",
  ],
  [
    'three replicas in a region',
    document => (document.partitions[2].replicas = ['0', '2', '4', '1']),
    "partition 3 must have 2 replicas in each region, got brokers ['0', '2', '4', '1']",
  ],
  [
    'the same replica twice',
    document => (document.partitions[2].replicas = ['0', '0', '1', '1']),
    'partition 3 must have 2 replicas in each region',
  ],
  [
    'an exporter too few',
    document => document.exporters.pop(),
    "'exporters' must have one of 'io.camunda.exporter.CamundaExporter' for each region, got regions [0]",
  ],
  [
    'a third region as the recreated one',
    document => (document.recreatedRegion = 2),
    "'recreatedRegion' must be one of the regions [0, 1], got 2",
  ],
])('fails for %s, and says where', (_, change, finding) => {
  expect(findingsOf(change as never).join('\n')).toContain(finding);
});

test('fails for several mistakes at once', () => {
  const change = (document: Mutable): void => {
    document.name = '';
    document.tls = 1;
  };
  expect(findingsOf(change as never)).toHaveLength(2);
});

test.each([
  ['text', 'not JSON'],
  ['[]', "'the document' must be a mapping"],
  [JSON.stringify({ ...DOCUMENT, schemaVersion: 3 } satisfies RecoveryTopology), 'newer than the 2 that this program knows'],
])('fails for %s', (text, message) => {
  expect(() => parseRecoveryTopology(text, 'topology.json')).toThrow(message);
});
