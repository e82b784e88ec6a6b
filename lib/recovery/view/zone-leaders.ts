import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { ClusterTopology } from './cluster-topology';
import { idsOf } from './members';

/**
 * Which partitions the brokers of each region lead, as gateways see it, and which nobody leads.
 *
 * @internal
 */
export interface Leaders {
  /** Ids of partitions by region. */
  readonly byRegion: readonly (readonly number[])[];
  readonly leaderless: readonly number[];
}

/** @internal */
export function leadersOf({ regions, partitions }: RecoveryTopology, { brokers }: ClusterTopology): Leaders {
  const leaders = new Map(
    brokers.flatMap(({ brokerId, partitions: held }) =>
      held.filter(({ role }) => role === 'leader').map(({ partitionId }): [number, string] => [partitionId, brokerId]),
    ),
  );
  const ids = partitions.map(({ partitionId }) => partitionId);
  return {
    byRegion: regions.map(region => ids.filter(id => idsOf(region).includes(leaders.get(id) ?? ''))),
    leaderless: ids.filter(id => !leaders.has(id)),
  };
}

/** @internal */
export function leadersText({ byRegion, leaderless }: Leaders): string {
  const counts = byRegion.map((ids, regionId) => `${ids.length} in region ${regionId}`).join(', ');
  return `leaders: ${counts}${leaderless.length === 0 ? '' : `, none for partitions ${leaderless.join(', ')}`}`;
}
