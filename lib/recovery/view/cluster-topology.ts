import { brokerIdIn } from '../calls/broker-id';
import { idOf, isJson, mappings, textOf, type Json } from '../calls/readings';

/**
 * What `GET /v2/topology` says: the view of a gateway, from gossip. It answers also while the coordinator is lost. Numbers are
 * NaN, and texts empty, where the version does not tell them.
 *
 * @internal
 */
export interface ClusterTopology {
  /** The same in every answer of one cluster. From 8.9 on. */
  readonly clusterId: string;
  readonly clusterSize: number;
  readonly partitionsCount: number;
  readonly replicationFactor: number;
  readonly gatewayVersion: string;
  readonly brokers: readonly SeenBroker[];
}

/** @internal */
export interface SeenBroker {
  readonly brokerId: string;
  readonly version: string;
  readonly partitions: readonly { readonly partitionId: number; readonly role: string; readonly health: string }[];
}

/** @internal */
export function clusterTopology(value: unknown): ClusterTopology | undefined {
  if (!isJson(value) || !Array.isArray(value.brokers)) return undefined;
  const brokers = mappings(value.brokers).map(seenBroker);
  const ids = brokers.map(broker => broker?.brokerId);
  // Without names, brokers of two zones share their numbers: nobody knows then who is seen.
  if (ids.includes(undefined) || new Set(ids).size < ids.length) return undefined;
  return {
    clusterId: textOf(value.clusterId),
    clusterSize: idOf(value.clusterSize),
    partitionsCount: idOf(value.partitionsCount),
    replicationFactor: idOf(value.replicationFactor),
    gatewayVersion: textOf(value.gatewayVersion),
    brokers: brokers.filter(broker => broker !== undefined),
  };
}

/** From 8.10 on, an id of its own. Before, the number is the id. */
function seenBroker(broker: Json): SeenBroker | undefined {
  const brokerId = brokerIdIn(broker.brokerId) ?? brokerIdIn(broker.nodeId);
  if (brokerId === undefined) return undefined;
  return {
    brokerId,
    version: textOf(broker.version),
    partitions: mappings(broker.partitions).map(partition => ({
      partitionId: idOf(partition.partitionId),
      role: textOf(partition.role),
      health: textOf(partition.health),
    })),
  };
}

/**
 * Those of some brokers that are seen and hold a partition: who has none, as brokers of a region that comes back, keeps nothing alive.
 *
 * @internal
 */
export function holdersAmong({ brokers }: ClusterTopology, ids: readonly string[]): string[] {
  return brokers.filter(({ brokerId, partitions }) => ids.includes(brokerId) && partitions.length > 0).map(({ brokerId }) => brokerId);
}

/**
 * Major and minor version, or nothing where it is not told.
 *
 * @internal
 */
export function minorOf(version: string): string | undefined {
  return /^\d+\.\d+/.exec(version)?.[0];
}
