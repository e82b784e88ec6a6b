/**
 * Most nodes of one zone, which are one managed node group. Well within the quota of EKS.
 *
 * @see Amazon EKS user guide, service quotas: nodes per managed node group
 *
 * @internal
 */
export const MAX_NODES_PER_ZONE = 150;

/**
 * Nodes that EKS adds to a group of one zone while it replaces nodes: twice the zones of the group, beyond its upper limit.
 *
 * @see Amazon EKS user guide, each phase of node updates
 */
const SURGE_NODES = 2;

/**
 * Nodes of one zone at most, while they are replaced.
 *
 * @internal
 */
export function mostNodesOfZone({ maxPerZone }: { readonly maxPerZone: number }): number {
  return maxPerZone + SURGE_NODES;
}

/** Nodes of one zone, as many as a setting says. */
interface Sized {
  readonly perZone: number;
  readonly maxPerZone?: number;
}

/**
 * Upper limit for the nodes of a further group in a zone.
 *
 * @internal
 */
export function maxPerZoneOf({ perZone, maxPerZone }: Sized): number {
  return maxPerZone ?? perZone + 1;
}

/**
 * Nodes of one zone in all groups.
 *
 * @internal
 */
export function nodesPerZone({ perZone, groups }: Sized & { readonly groups: readonly Sized[] }): number {
  return groups.reduce((sum, group) => sum + group.perZone, perZone);
}
