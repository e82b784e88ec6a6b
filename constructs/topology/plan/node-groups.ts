/**
 * Most nodes of one zone, which are one managed node group. Well within the quota of EKS.
 *
 * @see Amazon EKS user guide, service quotas: nodes per managed node group
 *
 * @internal
 */
export const MAX_NODES_PER_ZONE = 150;
