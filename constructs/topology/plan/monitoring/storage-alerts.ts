import { planOf } from '../../plan-of';
import type { Topology } from '../../topology';
import { brokerSizing } from '../sizing';
import { AlertSeverity, type Alert } from './alert';
import type { RegionSeries } from './region-series';

const BYTES_PER_MIB = 1024 ** 2;
/** Share of a broker's volume that is free. */
const BROKER_FREE = 0.25;
/** From half full on, where the volume is going matters. */
const BROKER_HALF = 0.5;
const HOURS_AHEAD = 4;
/** Elasticsearch places no shards on a node with less than 15 %, and makes indices read-only at 5 %. */
const SEARCH_FREE = 0.2;
const SEARCH_LAST = 0.12;

/**
 * Volumes, as kubelet sees them. A Prometheus that watches the cluster collects that anyway.
 *
 * @internal
 */
export function storageAlerts(topology: Topology, regionId: number, series: RegionSeries): Alert[] {
  const { settings } = planOf(topology);
  const stopMiB = brokerSizing(settings).freeSpaceProcessingMiB;
  const claims = { brokers: `persistentvolumeclaim=~"${series.brokerClaims}"`, search: `persistentvolumeclaim=~"${series.searchClaims}"` };
  const free = (claim: string): string => series.of('kubelet_volume_stats_available_bytes', claim);
  const size = (claim: string): string => series.of('kubelet_volume_stats_capacity_bytes', claim);
  const below = (claim: string, share: number): string => `min by (persistentvolumeclaim) (${free(claim)} / ${size(claim)}) < ${share}`;
  const volumes = topology.regions[regionId].brokers.length + settings.elasticsearch.nodesPerRegion;
  return [
    {
      name: 'CamundaBrokerDiskFilling',
      severity: AlertSeverity.WARNING,
      expression: below(claims.brokers, BROKER_FREE),
      minutes: 5,
      summary: 'Volume {{ $labels.persistentvolumeclaim }} is three quarters full',
      meaning: `The log of the engine is shortened only when all exporters have written it. Below ${stopMiB} MiB the broker takes no commands.`,
      look: 'An exporter that lags, stands still or is paused, in either region; then a volume that is too small: docs/changes.md.',
      command: '`recover status`',
    },
    {
      name: 'CamundaBrokerDiskFullSoon',
      severity: AlertSeverity.CRITICAL,
      expression:
        `min by (persistentvolumeclaim) (predict_linear(${free(claims.brokers)}[1h], ${HOURS_AHEAD} * 3600)) < ${stopMiB * BYTES_PER_MIB}` +
        ` and on (persistentvolumeclaim) ${below(claims.brokers, BROKER_HALF)}`,
      minutes: 10,
      summary: `Volume {{ $labels.persistentvolumeclaim }} is full within ${HOURS_AHEAD} hours, if it goes on like in the last one`,
      meaning: `Below ${stopMiB} MiB of free space the broker takes no commands, and its partitions stand still.`,
      look: 'CamundaExporterStuck and CamundaExportingPaused beside this: something keeps the log from being shortened.',
      command: '`recover status`',
    },
    {
      name: 'ElasticsearchDiskFilling',
      severity: AlertSeverity.WARNING,
      expression: below(claims.search, SEARCH_FREE),
      minutes: 15,
      summary: 'Volume {{ $labels.persistentvolumeclaim }} of Elasticsearch is more than 80 % full',
      meaning:
        'At 85 % Elasticsearch places no more shards on the node, at 90 % it moves them away, at 95 % nothing can be written, and exporting halts in both regions.',
      look: 'How much history is kept, and for how long: docs/history.md. A larger volume: docs/changes.md.',
      command: '`camunda-dual-region review` tells how long there is room for history',
    },
    {
      name: 'ElasticsearchDiskFull',
      severity: AlertSeverity.CRITICAL,
      expression: below(claims.search, SEARCH_LAST),
      minutes: 5,
      summary: 'Volume {{ $labels.persistentvolumeclaim }} of Elasticsearch is almost full',
      meaning: 'At 95 % its indices become read-only. Exporters then halt for both regions, and disks of brokers fill.',
      look: 'Delete old dated indices, or shorten `history.retention.days`; then a larger volume.',
      command: '`recover status`',
    },
    {
      name: 'CamundaVolumesUnseen',
      severity: AlertSeverity.WARNING,
      expression: `(count(${series.of('kubelet_volume_stats_capacity_bytes', `persistentvolumeclaim=~"${series.brokerClaims}|${series.searchClaims}"`)}) or vector(0)) < ${volumes}`,
      minutes: 60,
      summary: `Prometheus sees {{ $value }} of the ${volumes} volumes of this region`,
      meaning:
        'Alerts about disks cannot fire for the others: a pod without its volume, or a Prometheus that does not collect what kubelet says.',
      look: 'Is `kubelet_volume_stats_capacity_bytes` there for this namespace at all? Then pods that wait for their volume.',
    },
  ];
}
