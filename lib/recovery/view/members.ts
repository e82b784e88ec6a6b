import type { RecoveryRegion, RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { compareBrokerIds } from '../calls/broker-id';

/**
 * Both sides of a recovery, computed from the topology: nobody types an id.
 *
 * @internal
 */
export interface Sides {
  /** The region that is lost or recreated. */
  readonly affected: RecoveryRegion;
  readonly others: readonly RecoveryRegion[];
  readonly affectedIds: readonly string[];
  readonly otherIds: readonly string[];
  readonly allIds: readonly string[];
}

/** @internal */
export function sidesOf(topology: RecoveryTopology, regionId: number): Sides {
  const affected = topology.regions[regionId];
  const others = topology.regions.filter(region => region.regionId !== regionId);
  const otherIds = sorted(others.flatMap(idsOf));
  return { affected, others, affectedIds: sorted(idsOf(affected)), otherIds, allIds: sorted([...idsOf(affected), ...otherIds]) };
}

/** @internal */
export function idsOf(region: RecoveryRegion): string[] {
  return region.brokers.map(({ brokerId }) => brokerId);
}

/** @internal */
export function sorted(ids: readonly string[]): string[] {
  return [...ids].sort(compareBrokerIds);
}

/** @internal */
export function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return sorted(a).join() === sorted(b).join();
}

/**
 * The one whose word counts for the configuration of the cluster: the member with the lowest id, alive or not.
 *
 * @internal
 */
export function coordinatorIsIn(sides: Sides): boolean {
  return sides.affectedIds.includes(sides.allIds[0]);
}

/** @internal */
export function listText(ids: readonly (number | string)[]): string {
  return ids.length === 0 ? 'none' : ids.join(', ');
}
