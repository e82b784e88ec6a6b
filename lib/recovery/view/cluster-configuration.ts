import { brokerIdIn } from '../calls/broker-id';
import { idOf, isJson, mappings, textOf, type Json } from '../calls/readings';
import { pendingChangeOf, type PendingChange } from './pending-change';
import { zoneLayout, type ZoneLayout } from './zone-layout';

/**
 * What `GET /actuator/cluster` says. Times are not read: old versions write ones that no parser accepts.
 *
 * @internal
 */
export interface ClusterConfiguration {
  /** As the gateways say it. From 8.9 on. */
  readonly clusterId?: string;
  readonly members: readonly Member[];
  readonly lastChange?: { readonly id: number; readonly status: string };
  readonly pendingChange?: PendingChange;
  /** How partitions are placed, as the cluster keeps it. From 8.10 on. */
  readonly layout?: ZoneLayout;
}

/** @internal */
export interface Member {
  readonly brokerId: string;
  readonly state: string;
  readonly partitions: readonly { readonly partitionId: number; readonly state: string }[];
}

/** @internal */
export function clusterConfiguration(value: unknown): ClusterConfiguration | undefined {
  if (!isJson(value) || !Array.isArray(value.brokers)) return undefined;
  const { lastChange, pendingChange, clusterId } = value;
  const layout = zoneLayout(value.partitioning);
  const members = mappings(value.brokers).map(membership);
  if (members.includes(undefined)) return undefined;
  return {
    ...(textOf(clusterId) === '' ? {} : { clusterId: textOf(clusterId) }),
    members: members.filter(member => member !== undefined),
    ...(isJson(lastChange) ? { lastChange: { id: idOf(lastChange.id), status: textOf(lastChange.status) } } : {}),
    ...(isJson(pendingChange) ? { pendingChange: pendingChangeOf(pendingChange) } : {}),
    ...(layout ? { layout } : {}),
  };
}

function membership(broker: Json): Member | undefined {
  const brokerId = brokerIdIn(broker.id);
  if (brokerId === undefined) return undefined;
  return {
    brokerId,
    state: textOf(broker.state),
    partitions: mappings(broker.partitions).map(partition => ({ partitionId: idOf(partition.id), state: textOf(partition.state) })),
  };
}
