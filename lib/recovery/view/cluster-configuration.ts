import { brokerIdIn } from '../calls/broker-id';
import { idOf, isJson, mappings, textOf, type Json } from '../calls/readings';

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
}

/** @internal */
export interface Member {
  readonly brokerId: string;
  readonly state: string;
  readonly partitions: readonly { readonly partitionId: number; readonly state: string }[];
}

/** @internal */
export interface PendingChange {
  readonly id: number;
  readonly startedAt: string;
  /** Names of operations that are still to come. */
  readonly operations: readonly string[];
}

/** @internal */
export function clusterConfiguration(value: unknown): ClusterConfiguration | undefined {
  if (!isJson(value) || !Array.isArray(value.brokers)) return undefined;
  const { lastChange, pendingChange, clusterId } = value;
  const members = mappings(value.brokers).map(membership);
  if (members.includes(undefined)) return undefined;
  return {
    ...(textOf(clusterId) === '' ? {} : { clusterId: textOf(clusterId) }),
    members: members.filter(member => member !== undefined),
    ...(isJson(lastChange) ? { lastChange: { id: idOf(lastChange.id), status: textOf(lastChange.status) } } : {}),
    ...(isJson(pendingChange) ? { pendingChange: pending(pendingChange) } : {}),
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

function pending(change: Json): PendingChange {
  return {
    id: idOf(change.id),
    startedAt: textOf(change.startedAt),
    operations: mappings(change.pending).map(({ operation }) => textOf(operation)),
  };
}

/**
 * A pending change in words, for the operator who decides about it.
 *
 * @internal
 */
export function describePending({ id, startedAt, operations }: PendingChange): string {
  const since = startedAt === '' ? 'since a time that the server does not tell' : `since ${startedAt}`;
  const what = operations.length === 0 ? 'no operation named' : [...new Set(operations)].join(', ');
  return `change ${id} is pending ${since} (${what})`;
}
