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
