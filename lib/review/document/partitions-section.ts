import type { Broker } from '../../../constructs/topology/plan/placement/brokers';
import { shareLeaders } from '../../../constructs/topology/plan/placement/cluster-zones';
import { ledIn, quorumOf, type Partition } from '../../../constructs/topology/plan/placement/partitions';
import { zoneGroups } from '../../../constructs/topology/plan/placement/zone-neighbours';
import { planOf } from '../../../constructs/topology/plan-of';
import type { Topology } from '../../../constructs/topology/topology';
import { ZONE_NOTES, zoneName } from '../losses';
import { counted, listed, toned, toneOf } from './cells';
import type { Cell, ReviewSection, ReviewTable } from './review-document';
import { zoneTables } from './zone-leaders';

/** Beyond this, a column for each broker is wider than a page. */
const WIDEST_MATRIX = 24;

/**
 * Where each partition is, who should lead it, and how that spreads over regions and zones.
 *
 * @internal
 */
export function partitionsSection(topology: Topology): ReviewSection {
  const { partitions, brokers, regions } = topology;
  const tables = [
    brokers.length <= WIDEST_MATRIX ? matrix(topology) : replicaList(topology),
    brokerTable(topology),
    balanceTable(topology),
    ...zoneTables(topology),
  ];
  const leaders = regions.map(({ regionId }) => ledIn(partitions, regionId));
  return {
    id: 'partitions',
    title: 'Partitions and brokers',
    summary:
      `${counted(partitions.length, 'partition')} on ${counted(brokers.length, 'broker')}, in the expected steady state: ` +
      `${regions.map(({ regionId }) => `${leaders[regionId]} led from region ${regionId}`).join(', ')}.`,
    tone: toneOf(tables),
    tables,
  };
}

function matrix(topology: Topology): ReviewTable {
  const { partitions, brokers } = topology;
  return {
    title: 'Priority of each broker for each partition',
    columns: ['partition', ...brokers.map(({ brokerId, regionId }) => `${brokerId} (r${regionId})`)],
    rows: partitions.map(partition => [String(partition.partitionId), ...brokers.map(({ brokerId }) => priorityCell(partition, brokerId))]),
    notes: [
      'Columns are brokers, with their region. The highest priority should lead; that is a preference, any replica may.',
      distribution(topology),
    ],
  };
}

function distribution(topology: Topology): string {
  if (!shareLeaders(planOf(topology).zones)) {
    return 'Computed as Zeebe distributes partitions over zones of different priority: all are led in the first zone. Partitions that are added to a running cluster go to the brokers with the fewest, and are not told here.';
  }
  return 'Computed as Zeebe distributes partitions: round-robin, with priorities that alternate between rounds.';
}

function priorityCell({ replicas, preferredLeader }: Partition, brokerId: string): Cell {
  const replica = replicas.find(candidate => candidate.brokerId === brokerId);
  if (!replica) return '';
  return brokerId === preferredLeader ? toned(`${replica.priority} leader`, 'good') : String(replica.priority);
}

function replicaList({ partitions }: Topology): ReviewTable {
  return {
    title: 'Replicas of each partition',
    columns: ['partition', 'preferred leader', 'brokers, by descending priority'],
    rows: partitions.map(({ partitionId, preferredLeader, replicas }) => [
      String(partitionId),
      preferredLeader,
      replicas.map(({ brokerId, priority }) => `${brokerId} (${priority})`).join(' '),
    ]),
    notes: ['The highest priority should lead; that is a preference, any replica may.'],
  };
}

function brokerTable(topology: Topology): ReviewTable {
  const { brokers, partitions } = topology;
  return {
    title: 'Brokers',
    columns: ['broker', 'region', 'pod', 'zone', 'replicas', 'leads'],
    rows: brokers.map(broker => [
      broker.brokerId,
      String(broker.regionId),
      broker.podName,
      zoneOf(topology, broker),
      String(partitions.filter(({ replicas }) => replicas.some(({ brokerId }) => brokerId === broker.brokerId)).length),
      listed(partitions.filter(({ preferredLeader }) => preferredLeader === broker.brokerId).map(({ partitionId }) => partitionId)) ||
        'none',
    ]),
    notes: ZONE_NOTES,
  };
}

function zoneOf({ brokers, regions }: Topology, { ordinal }: Broker): string {
  const zone = zoneGroups(brokers.length / regions.length)?.findIndex(group => group.includes(ordinal));
  return zone === undefined ? 'any, spread evenly' : zoneName(zone);
}

function balanceTable(topology: Topology): ReviewTable {
  const { regions, partitions, brokers } = topology;
  const zones = zoneGroups(brokers.length / regions.length) ?? [];
  return {
    title: 'Replicas by region and zone',
    columns: ['where', 'replicas', 'leaders', 'fewest replicas of a partition', 'most', 'verdict'],
    rows: regions.flatMap(({ regionId, brokers: own }) => [
      balanceRow(
        topology,
        `region ${regionId}`,
        own.map(({ brokerId }) => brokerId),
        'region',
      ),
      ...zones.map((ordinals, zone) =>
        balanceRow(
          topology,
          `region ${regionId}, ${zoneName(zone)}`,
          own.filter(({ ordinal }) => ordinals.includes(ordinal)).map(({ brokerId }) => brokerId),
          'zone',
        ),
      ),
    ]),
    notes: [
      `A partition processes with ${quorumOf(partitions[0].replicas.length)} of its ${partitions[0].replicas.length} replicas.`,
      ...(zones.length === 0 ? ['With five or more brokers in a region, which of them share a zone is left to the scheduler.'] : []),
    ],
  };
}

function balanceRow({ partitions }: Topology, where: string, brokerIds: readonly string[], kind: 'region' | 'zone'): Cell[] {
  const counts = partitions.map(({ replicas }) => replicas.filter(({ brokerId }) => brokerIds.includes(brokerId)).length);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const verdict =
    kind === 'region'
      ? fewest === 2 && most === 2
        ? toned('two of each partition', 'good')
        : toned('not two of each partition', 'danger')
      : most <= 1
        ? toned('at most one of each partition', 'good')
        : toned('both of a region for some partition', 'warning');
  const leaders = partitions.filter(({ preferredLeader }) => brokerIds.includes(preferredLeader)).length;
  return [where, String(counts.reduce((sum, count) => sum + count, 0)), String(leaders), String(fewest), String(most), verdict];
}
