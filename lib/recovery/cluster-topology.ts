import { idOf, isJson, mappings, textOf } from './readings';

/**
 * What `GET /v2/topology` says: the view of a gateway, from gossip. It answers also while the coordinator is lost.
 *
 * @internal
 */
export interface ClusterTopology {
  readonly clusterSize: number;
  readonly replicationFactor: number;
  readonly brokers: readonly SeenBroker[];
}

/** @internal */
export interface SeenBroker {
  readonly nodeId: number;
  readonly partitions: readonly { readonly partitionId: number; readonly role: string; readonly health: string }[];
}

/** @internal */
export function clusterTopology(value: unknown): ClusterTopology | undefined {
  if (!isJson(value) || !Array.isArray(value.brokers)) return undefined;
  return {
    clusterSize: idOf(value.clusterSize),
    replicationFactor: idOf(value.replicationFactor),
    brokers: mappings(value.brokers).map(broker => ({
      nodeId: idOf(broker.nodeId),
      partitions: mappings(broker.partitions).map(partition => ({
        partitionId: idOf(partition.partitionId),
        role: textOf(partition.role),
        health: textOf(partition.health),
      })),
    })),
  };
}
