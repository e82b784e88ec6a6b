import type { ResolvedSettings } from '../../settings/resolved-settings';
import { brokersOf, holdersOf, type Broker } from './brokers';
import { clusterZones, shareLeaders } from './cluster-zones';
import { roundRobinTable, zonedTable, type Partition } from './partitions';

/**
 * Brokers of both regions, in the order in which round robin takes them.
 *
 * @internal
 */
export function plannedBrokers(settings: Pick<ResolvedSettings, 'name' | 'camunda' | 'regions'>): Broker[] {
  const { name, camunda, regions } = settings;
  return brokersOf(
    name,
    regions.map(({ namespace }) => namespace),
    camunda.clusterSize,
    clusterZones(settings).map(zone => zone.name),
  );
}

/**
 * Which broker holds which partition, when the cluster starts for the first time. Zones of equal priority take turns, as numbered
 * brokers do.
 *
 * @internal
 */
export function plannedPartitions(settings: Pick<ResolvedSettings, 'camunda' | 'regions'>): Partition[] {
  const { clusterSize, partitionCount, replicationFactor } = settings.camunda;
  const zones = clusterZones(settings);
  const brokers = holdersOf(
    settings.regions.length,
    clusterSize,
    zones.map(zone => zone.name),
  );
  if (shareLeaders(zones)) return roundRobinTable(brokers, partitionCount, replicationFactor);
  return zonedTable(
    zones.map((zone, id) => ({ ...zone, brokers: brokers.filter(({ regionId }) => regionId === id) })),
    partitionCount,
  );
}
