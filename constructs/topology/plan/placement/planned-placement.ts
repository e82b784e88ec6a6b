import type { ResolvedSettings } from '../../settings/resolved-settings';
import { brokersOf, type Broker } from './brokers';
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
export function plannedPartitions(settings: Pick<ResolvedSettings, 'name' | 'camunda' | 'regions'>): Partition[] {
  const { partitionCount, replicationFactor } = settings.camunda;
  const brokers = plannedBrokers(settings);
  const zones = clusterZones(settings);
  if (shareLeaders(zones) || zones.length === 0) return roundRobinTable(brokers, partitionCount, replicationFactor);
  return zonedTable(
    zones.map((zone, id) => ({ ...zone, brokers: brokers.filter(({ regionId }) => regionId === id) })),
    partitionCount,
  );
}
