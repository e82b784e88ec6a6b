import type { Topology } from '../../topology';
import type { AlertGroup } from './alert';
import { clusterAlerts } from './cluster-alerts';
import { exportingAlerts } from './exporting-alerts';
import { platformAlerts } from './platform-alerts';
import { RegionSeries } from './region-series';
import { storageAlerts } from './storage-alerts';

/**
 * All alerts of a region. The Prometheus of each region evaluates its own, so that losing a region leaves those of the other one.
 *
 * @internal
 */
export function alertGroups(topology: Topology, regionId: number): AlertGroup[] {
  const series = new RegionSeries(topology, regionId);
  return [
    { name: 'cluster', alerts: clusterAlerts(topology, regionId, series) },
    { name: 'exporting', alerts: exportingAlerts(topology, series) },
    { name: 'storage', alerts: storageAlerts(topology, regionId, series) },
    { name: 'platform', alerts: platformAlerts(topology, regionId, series) },
  ];
}
