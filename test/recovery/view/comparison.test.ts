import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { clusterConfiguration } from '../../../lib/recovery/view/cluster-configuration';
import type { ClusterReadings } from '../../../lib/recovery/view/cluster-readings';
import { clusterTopology } from '../../../lib/recovery/view/cluster-topology';
import { compare } from '../../../lib/recovery/view/comparison';
import type { SearchIdentity } from '../../../lib/recovery/view/search-identity';
import type { Comparison, Stage } from '../../../lib/recovery/view/stage';
import { VERSIONS } from '../../support/settings/versions';
import { topologyOf } from '../stand-in/deployment';
import { configurationOf, seenOf } from '../support/answering-view';

/** What a cluster of this topology says of itself while these brokers are members, and these are seen. */
function readingsOf(
  real: RecoveryTopology,
  members: readonly number[],
  seen: readonly number[] = members,
  more: { readonly gateways?: object; readonly configuration?: object; readonly exporters?: readonly string[] } = {},
): ClusterReadings {
  const gateways = {
    ...seenOf(seen, { clusterSize: members.length }, real),
    partitionsCount: real.partitions.length,
    gatewayVersion: `${real.camundaVersion}.3`,
    ...more.gateways,
  };
  const brokers = (gateways.brokers as object[]).map(broker => ({ version: gateways.gatewayVersion, ...broker }));
  return {
    gateways: { ok: true, value: clusterTopology({ ...gateways, brokers })! },
    configuration: { ok: true, value: clusterConfiguration(configurationOf(members, more.configuration, real))! },
    exporters: {
      ok: true,
      value: new Map((more.exporters ?? real.exporters.map(({ exporterId }) => exporterId)).map(id => [id, 'ENABLED'])),
    },
    search: [],
  };
}

const WHOLE: Stage = { kind: 'whole', changing: false };
const stage = (kind: Stage['kind'], affected: number, changing = false): Stage => ({ kind, affected, changing });
const idsOf = (size: number): number[] => Array.from({ length: size }, (_, i) => i);
const inRegion = (regionId: number, size: number): number[] => idsOf(size).filter(id => id % 2 === regionId);
const withFactor = (replicationFactor: number): { readonly gateways: object } => ({ gateways: { replicationFactor } });
const NOTHING: Comparison = { differences: [], warnings: [] };

describe.each(VERSIONS.flatMap(version => [4, 8, 12].map(size => ({ version, size }))))(
  'Camunda $version with $size brokers',
  ({ version, size }) => {
    const topology = topologyOf(version, size);
    const all = idsOf(size);

    test('a cluster that is whole is the described one', () => {
      expect(compare(topology, readingsOf(topology, all), WHOLE)).toEqual(NOTHING);
    });

    test.each([0, 1])('every state of a recovery of region %i is explained', affected => {
      const survivors = inRegion(1 - affected, size);
      const half = [...survivors, ...inRegion(affected, size).slice(0, 1)];
      const states: [Stage, ClusterReadings][] = [
        // It is lost, and is a member still.
        [stage('failover', affected), readingsOf(topology, all, survivors)],
        // Its members go, one after the other.
        [stage('failover', affected, true), readingsOf(topology, half, survivors, withFactor(2))],
        [stage('failover', affected, true), readingsOf(topology, survivors, survivors, withFactor(2))],
        // The failover is over, whoever has done it.
        [stage('failover', affected), readingsOf(topology, survivors, survivors, withFactor(2))],
        [stage('failback', affected), readingsOf(topology, survivors, survivors, withFactor(2))],
        // It is recreated: its brokers are seen, and are no members.
        [stage('failback', affected), readingsOf(topology, survivors, all, withFactor(2))],
        // Its brokers join, and partitions have three replicas.
        [stage('failback', affected, true), readingsOf(topology, half, all, withFactor(2))],
        [stage('failback', affected, true), readingsOf(topology, all, all, withFactor(3))],
        [stage('failback', affected, true), readingsOf(topology, all)],
        // They were to join, and somebody has cancelled that.
        [stage('failover', affected), readingsOf(topology, half, survivors, withFactor(size === 4 ? 3 : 2))],
        // An earlier run has come to its end.
        [stage('failback', affected), readingsOf(topology, all)],
        [stage('failover', affected), { ...readingsOf(topology, all, survivors), configuration: undefined, exporters: undefined }],
      ];
      expect(states.map(([at, readings]) => compare(topology, readings, at))).toEqual(states.map(() => NOTHING));
    });
  },
);

/** As in the first finding: the description has eight brokers and seven partitions, the cluster twelve. */
const TOLD_8 = ((topology): RecoveryTopology => ({ ...topology, partitions: topology.partitions.slice(0, 7) }))(topologyOf('8.7', 8));
const REAL_12 = topologyOf('8.7', 12);
const TOPOLOGY = topologyOf('8.9', 8);
const OLDER = topologyOf('8.7', 8);

test.each([0, 1])('all differences of a wrong description are told together, region %i lost', affected => {
  const readings = readingsOf(REAL_12, idsOf(12), inRegion(1 - affected, 12));
  expect(compare(TOLD_8, readings, stage('failover', affected)).differences).toEqual([
    'the cluster has 12 brokers, the description says 8',
    'the description does not know brokers 8, 9, 10, 11',
    'the cluster has 12 partitions, the description says 7',
    'the description does not know partitions 8, 9, 10, 11, 12',
  ]);
});

test('with the coordinator lost, the gateways alone tell it', () => {
  const readings = { ...readingsOf(REAL_12, idsOf(12), inRegion(1, 12)), configuration: undefined, exporters: undefined };
  expect(compare(TOLD_8, readings, stage('failover', 0)).differences).toEqual([
    'the cluster has 12 brokers, the description says 8',
    'the description does not know brokers 9, 11',
    'the cluster has 12 partitions, the description says 7',
    'the description does not know partitions 8, 9, 10, 11, 12',
  ]);
});

describe('a description that is larger than the cluster', () => {
  const told = topologyOf('8.9', 12);
  test.each(['failover', 'failback'] as const)('is refused by a %s', kind => {
    expect(compare(told, readingsOf(TOPOLOGY, idsOf(8), inRegion(0, 8)), stage(kind, 1)).differences).toEqual([
      'the cluster has 8 brokers, the description says 12',
      'brokers 8, 10 of the surviving region, as the description has it, are not members: members are 0, 1, 2, 3, 4, 5, 6, 7',
      'the cluster has 8 partitions, the description says 12',
      'no member holds partitions 9, 10, 11, 12 of the description',
    ]);
  });
});

test.each<[string, Stage, ClusterReadings, string[]]>([
  [
    'the version of gateways and brokers',
    stage('failover', 1),
    readingsOf(OLDER, idsOf(8), inRegion(0, 8), { exporters: TOPOLOGY.exporters.map(({ exporterId }) => exporterId) }),
    ['gateways run Camunda 8.7.3, the description says 8.9', 'brokers 0, 2, 4, 6 run Camunda 8.7.3, the description says 8.9'],
  ],
  [
    'the version of some brokers',
    stage('failback', 1),
    readingsOf(TOPOLOGY, inRegion(0, 8), inRegion(0, 8), {
      gateways: {
        replicationFactor: 2,
        brokers: [
          { nodeId: 0, version: '8.8.1', partitions: [] },
          { nodeId: 2, version: '8.9.0-alpha1', partitions: [] },
        ],
      },
    }),
    ['brokers 0 run Camunda 8.8.1, the description says 8.9'],
  ],
  [
    'exporters',
    stage('failover', 1),
    readingsOf(TOPOLOGY, idsOf(8), inRegion(0, 8), { exporters: ['elasticsearchregion0', 'elasticsearchregion1'] }),
    ['brokers have no exporters camundaregion0, camundaregion1; they have elasticsearchregion0, elasticsearchregion1'],
  ],
  [
    'a replication factor',
    stage('failover', 1),
    readingsOf(TOPOLOGY, idsOf(8), inRegion(0, 8), withFactor(3)),
    ['the cluster has replication factor 3, the description says 4'],
  ],
  [
    'a larger replication factor, while members come',
    stage('failback', 1, true),
    readingsOf(TOPOLOGY, idsOf(8), idsOf(8), withFactor(5)),
    ['the cluster has replication factor 5, the description says 4'],
  ],
  [
    'a smaller one than one region has alone',
    stage('failback', 1, true),
    readingsOf(TOPOLOGY, idsOf(8), idsOf(8), withFactor(1)),
    ['the cluster has replication factor 1, the description says 4'],
  ],
  [
    'a size between that no member shows',
    stage('failover', 0),
    { ...readingsOf(TOPOLOGY, [0, 1, 3, 5, 7], [1, 3, 5, 7], withFactor(2)), configuration: undefined },
    ['the cluster has 5 brokers, the description says 8'],
  ],
  [
    'a partition that nobody knows',
    WHOLE,
    readingsOf(TOPOLOGY, idsOf(8), idsOf(8), { gateways: { partitionsCount: 9 } }),
    ['the cluster has 9 partitions, the description says 8'],
  ],
  [
    'a member that nobody knows',
    WHOLE,
    readingsOf(TOPOLOGY, [...idsOf(8), 9], idsOf(8), { gateways: { clusterSize: 8 } }),
    ['the description does not know brokers 9'],
  ],
  [
    'two clusters',
    WHOLE,
    readingsOf(TOPOLOGY, idsOf(8), idsOf(8), { gateways: { clusterId: 'a' }, configuration: { clusterId: 'b' } }),
    ['the REST API is that of cluster a, the management API that of cluster b: they are two clusters'],
  ],
  [
    'a region that lives, and is called lost',
    stage('failover', 1),
    { ...readingsOf(TOPOLOGY, idsOf(8), inRegion(1, 8)), configuration: undefined, exporters: undefined },
    ['only brokers of region 1 are seen; did you mean `--lost region0`?'],
  ],
  [
    'a region that has worked alone, and is called recreated',
    stage('failback', 0),
    readingsOf(TOPOLOGY, inRegion(0, 8), idsOf(8), withFactor(2)),
    [
      'only brokers of region 0 are members; did you mean `--recreated region1`?',
      'brokers 1, 3, 5, 7 of the surviving region, as the description has it, are not members: members are 0, 2, 4, 6',
    ],
  ],
])('refuses %s', (_, at, readings, differences) => {
  expect(compare(TOPOLOGY, readings, at)).toEqual({ differences, warnings: [] });
});

test('what the system does not tell is no difference', () => {
  const gateways = { clusterSize: -1, partitionsCount: undefined, replicationFactor: 0, gatewayVersion: 'development', clusterId: 'a' };
  const readings = readingsOf(TOPOLOGY, idsOf(8), inRegion(0, 8), { gateways });
  expect(compare(TOPOLOGY, readings, stage('failover', 1))).toEqual(NOTHING);
  expect(
    compare(
      TOPOLOGY,
      { gateways: { ok: false, why: 'w' }, configuration: { ok: false, why: 'w' }, exporters: { ok: false, why: 'w' }, search: [] },
      stage('failback', 1),
    ),
  ).toEqual(NOTHING);
});

test.each([
  ['8.8.7', [], ['gateways run Camunda 8.8.7, the description says 8.9: an upgrade is under way']],
  ['8.10.0', [], ['gateways run Camunda 8.10.0, the description says 8.9: an upgrade is under way']],
  ['8.7.7', ['gateways run Camunda 8.7.7, the description says 8.9'], []],
  ['9.8.0', ['gateways run Camunda 9.8.0, the description says 8.9'], []],
])('between the halves of an upgrade both regions are whole with neighbouring versions: %s', (gatewayVersion, differences, warnings) => {
  const brokers = idsOf(8).map(nodeId => ({ nodeId, version: '8.9.1', partitions: [] }));
  expect(compare(TOPOLOGY, readingsOf(TOPOLOGY, idsOf(8), idsOf(8), { gateways: { gatewayVersion, brokers } }), WHOLE)).toEqual({
    differences,
    warnings,
  });
});

test('an exporter more than the description has may be somebody’s own', () => {
  const exporters = [...TOPOLOGY.exporters.map(({ exporterId }) => exporterId), 'audit'];
  expect(compare(TOPOLOGY, readingsOf(TOPOLOGY, idsOf(8), idsOf(8), { exporters }), WHOLE)).toEqual({
    differences: [],
    warnings: ['brokers have exporters that the description does not know: audit'],
  });
});

test('an exporter of the user that the description has is nothing to speak of, and may be missing', () => {
  const described = { ...TOPOLOGY, furtherExporters: [{ exporterId: 'audit' }] };
  const own = TOPOLOGY.exporters.map(({ exporterId }) => exporterId);
  for (const exporters of [own, [...own, 'audit']]) {
    expect(compare(described, readingsOf(TOPOLOGY, idsOf(8), idsOf(8), { exporters }), WHOLE)).toEqual({ differences: [], warnings: [] });
  }
});

describe('Elasticsearch', () => {
  const identity = (regionId: number, more: Partial<SearchIdentity> = {}): SearchIdentity => ({
    regionId,
    clusterUuid: `uuid-${regionId}`,
    namedRegions: [regionId],
    throughItsCluster: false,
    indices: new Map([['operate-process-8.3.0_', { health: 'green', docs: 5 }]]),
    ...more,
  });
  const EMPTY = new Map([
    ['operate-process-8.3.0_', { health: 'green', docs: 0 }],
    ['mine', { health: 'green', docs: 9 }],
  ]);
  const silent: Partial<SearchIdentity> = { silent: 'no answer', clusterUuid: undefined, namedRegions: [], indices: undefined };
  const of = (search: readonly SearchIdentity[], at: Stage = stage('failback', 1)): Comparison =>
    compare(TOPOLOGY, { ...readingsOf(TOPOLOGY, inRegion(0, 8), inRegion(0, 8), withFactor(2)), search }, at);

  test.each<[string, SearchIdentity[], string[], string[]]>([
    ['each its own', [identity(0), identity(1)], [], []],
    ['the recreated one is empty', [identity(0), identity(1, { indices: EMPTY })], [], []],
    ['the recreated one is not there yet', [identity(0), identity(1, silent)], [], []],
    ['none answers', [identity(0, silent), identity(1, silent)], [], []],
    [
      'addresses are swapped',
      [identity(0, { clusterUuid: 'b', namedRegions: [1], indices: EMPTY }), identity(1, { clusterUuid: 'a', namedRegions: [0] })],
      [
        'the address of Elasticsearch of region 0 (eu-west-2) leads to one whose nodes are in region 1',
        'Elasticsearch at the address of region 0, from which to copy, holds no data of Camunda: is it the recreated one?',
        'the address of Elasticsearch of region 1 (eu-west-3) leads to one whose nodes are in region 0',
      ],
      [],
    ],
    [
      'one address twice',
      [identity(0, { clusterUuid: 'a', namedRegions: [] }), identity(1, { clusterUuid: 'a', namedRegions: [] })],
      ['the addresses of both regions lead to one and the same Elasticsearch (cluster_uuid a)'],
      [0, 1].map(id => `nothing shows that Elasticsearch at the address of region ${id} is that of this region`),
    ],
    [
      'nothing says where it is, but the way to it',
      [identity(0, { namedRegions: [], throughItsCluster: true }), identity(1, { clusterUuid: undefined })],
      [],
      [],
    ],
  ])('%s', (_, search, differences, warnings) => {
    expect(of(search)).toEqual({ differences, warnings });
  });

  test('with both regions whole, nothing is copied', () => {
    expect(of([identity(0, { indices: EMPTY }), identity(1)], WHOLE)).toEqual(NOTHING);
  });
});
