import type { ResolvedSettings } from '../../settings/resolved-settings';

/**
 * The zone of a region, in a cluster with zones. Not one of its availability zones: those are named so.
 *
 * @internal
 */
export interface ClusterZone {
  readonly name: string;
  /** Brokers in the zone. */
  readonly numberOfBrokers: number;
  /** Replicas of each partition in the zone. */
  readonly numberOfReplicas: number;
  /** Leaders are in the zone with the highest one. */
  readonly priority: number;
}

/** `@see` Camunda 8 docs 8.10, zone-aware clusters: the priorities of its examples */
const DEFAULT_PRIORITIES = [1000, 500];

/**
 * The zones of a cluster, by region. None where brokers are numbered over all regions.
 *
 * @internal
 */
export function clusterZones({ camunda, regions }: Pick<ResolvedSettings, 'camunda' | 'regions'>): ClusterZone[] {
  // A switch of another kind has its own problem, and so has a name.
  if (camunda.zones !== true) return [];
  return regions.map(({ awsRegion, zone }, regionId) => ({
    name: [zone?.name, awsRegion].find(name => typeof name === 'string') ?? `region-${regionId}`,
    numberOfBrokers: camunda.clusterSize / regions.length,
    numberOfReplicas: camunda.replicationFactor / regions.length,
    priority: zone?.priority ?? DEFAULT_PRIORITIES[regionId],
  }));
}

/**
 * Whether all zones share the leaders: none has a priority over the others, as where there are no zones.
 *
 * @internal
 */
export function shareLeaders(zones: readonly { readonly priority: number }[]): boolean {
  return new Set(zones.map(({ priority }) => priority)).size <= 1;
}
