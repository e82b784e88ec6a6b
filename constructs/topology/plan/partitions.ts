/** One copy of a partition on a broker. */
export interface Replica {
  /** Id of the broker, as Camunda's interfaces name it. */
  readonly brokerId: string;

  /** Node id of the broker. */
  readonly nodeId: number;

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
 * @see Camunda 8 docs, partitions: distribution and priority election
 *
 * @internal
 */
export function partitionTable(clusterSize: number, partitionCount: number, replicationFactor: number): Partition[] {
  const replicaCount = Math.min(replicationFactor, clusterSize);
  return Array.from({ length: partitionCount }, (_, index) => {
    const ascending = Math.floor(index / clusterSize) % 2 === 1;
    const replicas = Array.from({ length: replicaCount }, (_unused, position) => {
      const nodeId = (index + position) % clusterSize;
      const priority = position === 0 ? replicaCount : ascending ? position : replicaCount - position;
      return { brokerId: String(nodeId), nodeId, priority };
    });
    return {
      partitionId: index + 1,
      replicas: replicas.sort((a, b) => b.priority - a.priority),
      preferredLeader: String(index % clusterSize),
    };
  });
}

/**
 * Partitions that do not have exactly `perRegion` replicas in each region: what losing a region would not survive.
 *
 * @internal
 */
export function unbalancedPartitions(table: readonly Partition[], regions: number, perRegion: number): Partition[] {
  return table.filter(partition =>
    Array.from({ length: regions }, (_, regionId) => partition.replicas.filter(r => r.nodeId % regions === regionId).length).some(
      count => count !== perRegion,
    ),
  );
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
