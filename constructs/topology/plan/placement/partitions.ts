import type { Holder } from './brokers';

/** One copy of a partition on a broker. */
export interface Replica {
  /** Id of the broker, as Camunda's interfaces name it. */
  readonly brokerId: string;

  /** Node id of the broker. */
  readonly nodeId: number;

  /** The region that the broker runs in. */
  readonly regionId: number;

  /** Election priority: the highest one should lead. */
  readonly priority: number;
}

/**
 * The largest partition number that fits in the keys of Zeebe.
 *
 * @internal
 */
export const MAX_PARTITION_COUNT = 8192;

/** One partition of the Zeebe cluster. */
export interface Partition {
  /** Number of the partition, from 1. */
  readonly partitionId: number;

  /** Its replicas, by descending priority. */
  readonly replicas: Replica[];

  /** Id of the broker that should lead. Only a preference: any replica may. */
  readonly preferredLeader: string;
}

/**
 * The partition table that Zeebe's round-robin distribution makes.
 *
 * Partition p starts at broker (p - 1) mod N and takes the next ones in order. The first one gets the highest priority;
 * the others descend in even rounds and ascend in odd ones, so that leaders spread evenly when a broker is lost.
 *
 * @param brokers all of them, in the order in which they take turns
 *
 * @see Camunda 8 docs, partitions: distribution and priority election
 *
 * @internal
 */
export function roundRobinTable(brokers: readonly Holder[], partitionCount: number, replicationFactor: number): Partition[] {
  const replicaCount = Math.min(replicationFactor, brokers.length);
  return Array.from({ length: partitionCount }, (_, index) => {
    const ascending = Math.floor(index / brokers.length) % 2 === 1;
    const replicas = Array.from({ length: replicaCount }, (_unused, position) => {
      const holder = brokers[(index + position) % brokers.length];
      return replicaOf(holder, position === 0 ? replicaCount : ascending ? position : replicaCount - position);
    });
    return partitionOf(index, replicas);
  });
}

/**
 * What the table of a cluster with zones needs to know of one.
 *
 * @internal
 */
export interface HoldingZone {
  /** Its brokers by ordinal. */
  readonly brokers: readonly Holder[];
  /** Replicas of each partition in the zone. At most as many as brokers. */
  readonly numberOfReplicas: number;
  readonly priority: number;
}

/**
 * The partition table that Zeebe makes where zones have different priorities.
 *
 * The zones come by falling priority. Partition p takes of each zone, beginning with its broker (p - 1) mod N, as many in order as the
 * zone has replicas, and election priorities fall from one to the next. So all leaders are in the first zone.
 *
 * @see camunda/camunda, zeebe/dynamic-config: ZoneAwarePartitionDistributor
 *
 * @internal
 */
export function zonedTable(zones: readonly HoldingZone[], partitionCount: number): Partition[] {
  const byPriority = [...zones].sort((a, b) => b.priority - a.priority);
  const replicationFactor = zones.reduce((sum, { numberOfReplicas }) => sum + numberOfReplicas, 0);
  return Array.from({ length: partitionCount }, (_, index) => {
    const holders = byPriority.flatMap(({ brokers, numberOfReplicas }) =>
      Array.from({ length: numberOfReplicas }, (_unused, position) => brokers[(index + position) % brokers.length]),
    );
    return partitionOf(
      index,
      holders.map((holder, position) => replicaOf(holder, replicationFactor - position)),
    );
  });
}

function replicaOf({ brokerId, nodeId, regionId }: Holder, priority: number): Replica {
  return { brokerId, nodeId, regionId, priority };
}

function partitionOf(index: number, replicas: Replica[]): Partition {
  const byPriority = replicas.sort((a, b) => b.priority - a.priority);
  return { partitionId: index + 1, replicas: byPriority, preferredLeader: byPriority[0].brokerId };
}

/**
 * Partitions that do not have exactly `perRegion` replicas in each region: what losing a region would not survive.
 *
 * @internal
 */
export function unbalancedPartitions(table: readonly Partition[], regions: number, perRegion: number): Partition[] {
  return table.filter(partition =>
    Array.from({ length: regions }, (_, regionId) => partition.replicas.filter(r => r.regionId === regionId).length).some(
      count => count !== perRegion,
    ),
  );
}

/**
 * How many partitions should be led in a region.
 *
 * @internal
 */
export function ledIn(table: readonly Partition[], regionId: number): number {
  return table.filter(({ replicas }) => replicas[0].regionId === regionId).length;
}

/**
 * How many replicas each broker holds, of those that hold any. Brokers of two regions count apart even where they share an id by mistake.
 *
 * @internal
 */
export function replicaCounts(table: readonly Partition[]): number[] {
  const counts = new Map<string, number>();
  for (const { replicas } of table) {
    for (const { regionId, brokerId } of replicas) {
      const broker = `${regionId} ${brokerId}`;
      counts.set(broker, (counts.get(broker) ?? 0) + 1);
    }
  }
  return [...counts.values()];
}

/**
 * Replicas of a partition that must be up for it to process.
 *
 * @internal
 */
export function quorumOf(replicas: number): number {
  return Math.floor(replicas / 2) + 1;
}

/**
 * Partitions that lose their quorum with some brokers.
 *
 * @internal
 */
export function partitionsWithoutQuorum(table: readonly Partition[], lostBrokerIds: readonly string[]): Partition[] {
  const lost = new Set(lostBrokerIds);
  return table.filter(({ replicas }) => replicas.filter(({ brokerId }) => !lost.has(brokerId)).length < quorumOf(replicas.length));
}
