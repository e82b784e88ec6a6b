import { planOf } from '../../plan-of';
import type { Topology } from '../../topology';
import { AlertSeverity, type Alert } from './alert';
import type { RegionSeries } from './region-series';

/** Records that an exporter may be behind. */
const MAX_LAG = 500_000;
/** Records in ten minutes from which on a partition counts as busy: an idle one writes some of its own. */
const BUSY = 1000;
/** Longer than the exporting pause of a backup, which may take 20 minutes, and of a failback. */
const LONG_PAUSE_MINUTES = 45;
/** `@see` Camunda 8 docs, Camunda exporter: waitPeriodBeforeArchiving */
const CAMUNDAS_WAIT_MINUTES = 60;

/**
 * From the log of the engine into Elasticsearch. Each broker tells of the partitions that it leads alone.
 *
 * @internal
 */
export function exportingAlerts(topology: Topology, series: RegionSeries): Alert[] {
  return [
    ...positionAlerts(topology, series),
    ...missingExporters(topology, series),
    ...flushAlerts(topology, series),
    ...archiverAlerts(topology, series),
  ];
}

/** An exporter that this deployment describes, and what it writes to. */
interface NamedExporter {
  readonly exporterId: string;
  readonly writesTo: string;
}

function exportersOf(topology: Topology): NamedExporter[] {
  return [
    ...topology.exporters.map(({ exporterId, regionId }) => ({
      exporterId,
      writesTo: `Elasticsearch of region ${regionId} (${topology.regions[regionId].awsRegion})`,
    })),
    ...planOf(topology).settings.orchestration.exporters.map(({ exporterId }) => ({ exporterId, writesTo: 'a server of yours' })),
  ];
}

function positionAlerts(topology: Topology, series: RegionSeries): Alert[] {
  const exporters = exportersOf(topology);
  const which = exporters.map(({ exporterId, writesTo }) => `\`${exporterId}\` writes to ${writesTo}`).join(', ');
  const ofOurs = `exporter=~"${exporters.map(({ exporterId }) => exporterId).join('|')}"`;
  const exported = series.of('zeebe_exporter_last_exported_position', ofOurs);
  const paused = `max by (partition) (${series.of('zeebe_exporter_state')} > 0 and on (pod, partition) ${series.leading()})`;
  return [
    {
      name: 'CamundaExporterLagging',
      severity: AlertSeverity.WARNING,
      expression:
        `max by (partition) (${series.of('zeebe_log_appender_last_committed_position')} and on (pod, partition) ${series.leading()})` +
        ` - on (partition) group_right () max by (partition, exporter) (${exported} and on (pod, partition) ${series.leading()})` +
        ` > ${MAX_LAG} unless on (partition) ${paused}`,
      minutes: 15,
      summary: 'Exporter {{ $labels.exporter }} of partition {{ $labels.partition }} is {{ $value }} records behind',
      meaning: `Operate and Tasklist show what was some time ago, and logs grow on the disks of brokers. ${which}.`,
      look: 'Load and disks of that Elasticsearch, round trip between the regions, CamundaExporterFailing beside this.',
      command: '`recover status`',
    },
    {
      name: 'CamundaExporterStuck',
      severity: AlertSeverity.CRITICAL,
      expression:
        `max by (partition, exporter) (delta(${exported}[10m]) and on (pod, partition) ${series.leading()}) == 0` +
        ` and on (partition) ${busy(series)} unless on (partition) ${paused}`,
      minutes: 5,
      summary: 'Exporter {{ $labels.exporter }} stands still while partition {{ $labels.partition }} goes on',
      meaning: `Exporters of a partition run one after the other: one server that does not answer halts all, in both regions, and logs grow until disks are full. ${which}.`,
      look: '`GET :9600/actuator/exporters`, the log of the leader, and health of each server. After a failover the exporter of the lost region is disabled: its last value may stay until the partition gets another leader.',
      command: '`recover status`; `recover failover` if the region of that server is lost',
    },
    {
      name: 'CamundaExportingPaused',
      severity: AlertSeverity.CRITICAL,
      expression: `${paused} > 0`,
      minutes: LONG_PAUSE_MINUTES,
      summary: `Exporting of partition {{ $labels.partition }} is paused for more than ${LONG_PAUSE_MINUTES} minutes`,
      meaning:
        'Logs are not shortened meanwhile, and disks of brokers fill. A pause (1) also keeps Operate and Tasklist as they were; a soft pause (2), as backups make it, does not. A backup or a failback ended half way.',
      look: 'Who paused it, and is that still under way? If not: `POST :9600/actuator/exporting/resume`.',
      command: '`recover status`, then `recover resume` if a failback is under way',
    },
  ];
}

function busy(series: RegionSeries): string {
  return `max by (partition) (delta(${series.of('zeebe_log_appender_last_committed_position')}[10m]) and on (pod, partition) ${series.leading()}) > ${BUSY}`;
}

/** One rule for each exporter: a series that is not there has no label to tell it by. */
function missingExporters(topology: Topology, series: RegionSeries): Alert[] {
  return exportersOf(topology).map(({ exporterId, writesTo }) => ({
    name: 'CamundaExporterMissing',
    severity: AlertSeverity.WARNING,
    expression: `${busy(series)} unless on (partition) max by (partition) (${series.of('zeebe_exporter_last_exported_position', `exporter="${exporterId}"`)})`,
    minutes: 15,
    labels: { exporter: exporterId },
    summary: `Partition {{ $labels.partition }} is not exported by {{ $labels.exporter }}`,
    meaning: `The exporter is disabled or not configured: ${writesTo} gets nothing. So it is after a failover, until the failback.`,
    look: '`GET :9600/actuator/exporters` shows what is ENABLED and what is DISABLED.',
    command: '`recover status`; `recover failback` once the lost region is recreated',
  }));
}

function flushAlerts(topology: Topology, series: RegionSeries): Alert[] {
  // Each metric alone: without its name, the series of two exporters would be the same.
  const failing = planOf(topology)
    .exporterKinds()
    .map(({ metrics }) => `sum by (partition) (rate(${series.of(metrics.failedFlushes)}[5m])) > 0`);
  return [
    {
      name: 'CamundaExporterFailing',
      severity: AlertSeverity.WARNING,
      expression: failing.join(' or '),
      minutes: 15,
      summary: 'Writes of partition {{ $labels.partition }} to Elasticsearch fail again and again',
      meaning:
        'Nothing is lost: they are tried again. A node of Elasticsearch that restarts makes a few such failures, and not for this long.',
      look: 'The log of the leader says which Elasticsearch refuses what: health, disks beyond 90 %, password, certificate.',
      command: '`recover status`',
    },
  ];
}

/** What has ended is archived after a time that the settings know. */
function archiverAlerts(topology: Topology, series: RegionSeries): Alert[] {
  const { settings } = planOf(topology);
  const archivers = planOf(topology)
    .exporterKinds()
    .flatMap(({ metrics: { archiver } }) => archiver ?? []);
  const wait = settings.history.archiving.waitMinutes ?? CAMUNDAS_WAIT_MINUTES;
  return archivers.map(({ waiting, moved }) => ({
    name: 'CamundaArchivingStopped',
    severity: AlertSeverity.WARNING,
    expression: `sum(${series.of(waiting)}) > 0 and on () sum(increase(${series.of(moved)}[1h])) == 0`,
    minutes: wait + 60,
    summary: 'Process instances that have ended wait to be archived, and none is',
    meaning: `What has ended stays in the main indices, which grow and get slow, and is not deleted when its time is over. Instances wait ${wait} minutes before they are archived.`,
    look: 'The log of the leaders about the archiver; health and disks of both Elasticsearch clusters; docs/history.md.',
  }));
}
