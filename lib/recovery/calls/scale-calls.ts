import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { numbersOf } from './broker-id';
import type { HttpCall } from './call';

/**
 * What a cluster is asked to become larger by.
 *
 * @internal
 */
export interface Scaling {
  /** Brokers that become members. */
  readonly adds?: readonly string[];
  /** Number of partitions that there are then. */
  readonly partitionCount?: number;
}

/**
 * Brokers become members, replicas move to them, and partitions are added. The replication factor goes with the partitions: new ones have as many replicas as the others.
 *
 * @see Camunda 8 docs, cluster scaling
 *
 * @internal
 */
export function scaling({ replicationFactor }: RecoveryTopology, { adds = [], partitionCount }: Scaling, dryRun = false): HttpCall {
  return {
    target: { kind: 'management' },
    method: 'PATCH',
    path: '/actuator/cluster',
    query: dryRun ? { dryRun: 'true' } : {},
    body: {
      ...(adds.length === 0 ? {} : { brokers: { add: numbersOf(adds) } }),
      ...(partitionCount === undefined ? {} : { partitions: { count: partitionCount, replicationFactor } }),
    },
  };
}
