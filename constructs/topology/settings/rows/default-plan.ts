/**
 * What defaults follow that belong to no section of their own: computed from brokers, partitions and version, and only for what
 * nobody wrote.
 *
 * @internal
 */
export interface DefaultPlan {
  /** Whether brokers of this version can encrypt what they send each other. */
  readonly canEncryptBrokers: boolean;
  /** Memory of a broker with a file system's cache beside its replicas, in mebibytes. */
  readonly brokerMemoryMiB: number;
  /** Volume of a broker that takes commands with all its replicas, in gibibytes. */
  readonly brokerVolumeGiB: number;
  /** Smallest type of which some nodes hold the pods of a region. */
  readonly instanceType: string;
  /** Nodes of that type in each zone. */
  readonly nodesPerZone: number;
}

/**
 * A default that follows another setting. While that one is wrong, it is the usual one: a single mistake gives a single message.
 *
 * @internal
 */
export function following(leader: number, fallback: number, max: number): number {
  return Number.isInteger(leader) && leader > 0 ? Math.min(leader, max) : fallback;
}
