import { MINUTES } from './region-state';

/** Something that an alert is for. It begins after twenty minutes. */
export interface AlertScenario {
  readonly alert: string;
  readonly what: string;
  readonly change: (series: string, values: string) => string | undefined;
  /** Minutes at which the alert does not fire yet. */
  readonly quietAt: number;
  /** Minutes at which it does. */
  readonly firesAt: number;
  /** How many series of it fire then. Any number if it is left out. */
  readonly count?: number;
}

const START = 20;
const GIB = 1024 ** 3;

/** One value until the start, another one afterwards. */
const then = (before: number, after: number): string => `${before}x${START - 1} ${after}x${MINUTES}`;
/** A counter that stands still until the start. */
const thenRising = (perMinute: number): string => `0x${START - 1} 0+${perMinute}x${MINUTES}`;
/** One that stops there. */
const thenStanding = (perMinute: number): string => `0+${perMinute}x${START - 1} ${perMinute * (START - 1)}x${MINUTES}`;
const thenGone = (value: number): string => `${value}x${START - 1} _x${MINUTES}`;

/** Other values for the series of a metric, or for those of them that match. */
const of =
  (metric: string, values: string | undefined, matching = '') =>
  (series: string, old: string): string | undefined =>
    series.startsWith(`${metric}{`) && series.includes(matching) ? values : old;

/** Several changes, one after the other. */
const all =
  (...changes: readonly AlertScenario['change'][]): AlertScenario['change'] =>
  (series, values) =>
    changes.reduce<string | undefined>((value, change) => (value === undefined ? undefined : change(series, value)), values);

const PENDING = 'zeebe_cluster_changes_operations_pending';
const FREE = 'kubelet_volume_stats_available_bytes';
const EXPORTED = 'zeebe_exporter_last_exported_position';
const GATEWAYS = 'zeebe_gateway_topology_partition_roles';
const OWN_ROLE = 'atomix_role';
const MISSED = 'atomix_heartbeat_miss_count_total';
const FORWARDER = 'coredns_proxy_healthcheck_failures_total';

/** Each alert seen firing, in a region that leads its own partitions and is busy. */
export const SCENARIOS: readonly AlertScenario[] = [
  {
    alert: 'CamundaAllPartitionsWithoutLeader',
    what: 'the other region is lost, and gateways know of no leader',
    change: all(of(OWN_ROLE, then(3, 1)), of(GATEWAYS, then(3, 0))),
    quietAt: START,
    firesAt: START + 3,
    count: 1,
  },
  {
    alert: 'CamundaAllPartitionsWithoutLeader',
    what: 'the other region is lost, and gateways remember leaders that are gone',
    change: all(of(OWN_ROLE, then(3, 1)), of(MISSED, thenRising(24))),
    quietAt: START,
    firesAt: START + 4,
    count: 1,
  },
  {
    alert: 'CamundaPartitionWithoutLeader',
    what: 'one partition has no leader',
    change: of(GATEWAYS, then(3, 0), 'partition="1"'),
    quietAt: START,
    firesAt: START + 2,
    count: 1,
  },
  {
    alert: 'CamundaPartitionsMissing',
    what: 'a partition was added to the settings and not to the cluster',
    change: of(GATEWAYS, thenGone(0), 'partition="2"'),
    quietAt: START + 10,
    firesAt: START + 25,
    count: 1,
  },
  {
    alert: 'CamundaBrokerMissing',
    what: 'one broker does not come back',
    change: of('up', then(1, 0), '-zeebe-1"'),
    quietAt: START + 25,
    firesAt: START + 31,
    count: 1,
  },
  {
    alert: 'CamundaBrokersMissing',
    what: 'two brokers are gone',
    change: all(of('up', then(1, 0), '-zeebe-1"'), of('up', thenGone(1), '-zeebe-0"')),
    quietAt: START + 2,
    firesAt: START + 9,
    count: 1,
  },
  {
    alert: 'CamundaPartitionUnhealthy',
    what: 'a partition is dead on one broker',
    change: of('zeebe_health', then(1, -1), '-zeebe-0", partition="1"'),
    quietAt: START + 4,
    firesAt: START + 6,
    count: 1,
  },
  {
    alert: 'CamundaBackpressure',
    what: 'one request in five is refused',
    change: of('zeebe_dropped_request_count_total', thenRising(120)),
    quietAt: START + 8,
    firesAt: START + 16,
  },
  {
    alert: 'CamundaChangeStuck',
    what: 'a change waits for a broker that is gone',
    change: of(PENDING, then(0, 3)),
    quietAt: START + 25,
    firesAt: START + 32,
    count: 1,
  },
  {
    alert: 'CamundaInstancesBanned',
    what: 'an instance is banned',
    change: of('zeebe_banned_instances_total', `2x70 3x${MINUTES}`),
    quietAt: 69,
    firesAt: 75,
  },
  {
    alert: 'CamundaBackupFailed',
    what: 'a backup fails',
    change: of('zeebe_backup_operations_total', then(0, 1), 'result="failed"'),
    quietAt: START - 1,
    firesAt: START + 2,
    count: 1,
  },
  {
    alert: 'CamundaElectionStorm',
    what: 'leaders change every minute',
    change: of(OWN_ROLE, '3 1 '.repeat(20).trim(), 'partition="1"'),
    quietAt: 10,
    firesAt: 19,
    count: 1,
  },
  {
    alert: 'CamundaLeadersUnbalanced',
    what: 'one broker leads all partitions that it has',
    change: of(OWN_ROLE, then(1, 3), '-zeebe-0"'),
    quietAt: START + 55,
    firesAt: START + 61,
    count: 1,
  },
  {
    alert: 'CamundaExporterLagging',
    what: 'an exporter is slower than the engine',
    change: all(
      of('zeebe_log_appender_last_committed_position', rises(60_000)),
      of(EXPORTED, rises(60_000)),
      of(EXPORTED, rises(30_000), 'region1"'),
    ),
    quietAt: 15,
    firesAt: 40,
  },
  {
    alert: 'CamundaExporterStuck',
    what: 'the Elasticsearch of one region does not answer',
    change: of(EXPORTED, thenStanding(3000), 'region1"'),
    quietAt: START + 8,
    firesAt: START + 18,
  },
  {
    alert: 'CamundaExportingPaused',
    what: 'a pause is forgotten',
    change: of('zeebe_exporter_state', then(0, 2)),
    quietAt: START + 40,
    firesAt: START + 46,
  },
  {
    alert: 'CamundaExporterMissing',
    what: 'an exporter is disabled',
    change: of(EXPORTED, undefined, 'region1"'),
    quietAt: 12,
    firesAt: 40,
  },
  {
    alert: 'CamundaExporterFailing',
    what: 'Elasticsearch refuses writes',
    change: (series, values) => (/_failed_flush_total\{/.test(series) ? thenRising(2) : values),
    quietAt: START + 10,
    firesAt: START + 18,
  },
  {
    alert: 'CamundaArchivingStopped',
    what: 'the archiver stands still',
    change: of('zeebe_camunda_exporter_archiver_process_instances_total', thenStanding(10)),
    quietAt: START + 150,
    firesAt: START + 200,
    count: 1,
  },
  {
    alert: 'CamundaBrokerDiskFilling',
    what: 'the volume of a broker is three quarters full',
    change: of(FREE, then(44 * GIB, 15 * GIB), '-zeebe-0"'),
    quietAt: START + 4,
    firesAt: START + 6,
    count: 1,
  },
  {
    alert: 'CamundaBrokerDiskFullSoon',
    what: 'the volume of a broker loses a gibibyte in five minutes',
    change: of(FREE, `${44 * GIB}x${START - 1} ${44 * GIB}-${GIB / 5}x${MINUTES}`, '-zeebe-0"'),
    quietAt: START + 30,
    firesAt: START + 80,
    count: 1,
  },
  {
    alert: 'ElasticsearchDiskFilling',
    what: 'a volume of Elasticsearch is 82 % full',
    change: of(FREE, then(44 * GIB, 11.5 * GIB), '-masters-0"'),
    quietAt: START + 14,
    firesAt: START + 16,
    count: 1,
  },
  {
    alert: 'ElasticsearchDiskFull',
    what: 'a volume of Elasticsearch is 90 % full',
    change: of(FREE, then(44 * GIB, 6.4 * GIB), '-masters-0"'),
    quietAt: START + 4,
    firesAt: START + 6,
    count: 1,
  },
  {
    alert: 'CamundaVolumesUnseen',
    what: 'kubelet is not collected',
    change: of('kubelet_volume_stats_capacity_bytes', undefined),
    quietAt: 55,
    firesAt: 65,
    count: 1,
  },
  {
    alert: 'CamundaPeerUnreachable',
    what: 'no address of the forwarder answers',
    change: of(FORWARDER, thenRising(120)),
    quietAt: START + 1,
    firesAt: START + 6,
    count: 1,
  },
  {
    alert: 'CamundaNamesFail',
    what: 'one question in eleven has no answer',
    change: of('coredns_dns_responses_total', thenRising(300), 'SERVFAIL'),
    quietAt: START + 5,
    firesAt: START + 18,
    count: 1,
  },
  {
    alert: 'CamundaNotCollected',
    what: 'Prometheus finds no broker',
    change: of('up', thenGone(1), '-zeebe"'),
    quietAt: START + 4,
    firesAt: START + 16,
    count: 1,
  },
  {
    alert: 'CamundaComponentDown',
    what: 'Connectors do not answer',
    change: of('up', then(1, 0), '-connectors"'),
    quietAt: START + 9,
    firesAt: START + 11,
    count: 1,
  },
  {
    alert: 'CamundaMetricMissing',
    what: 'a metric has another name',
    change: of('zeebe_health', undefined),
    quietAt: 29,
    firesAt: 31,
    count: 1,
  },
];

function rises(perMinute: number): string {
  return `0+${perMinute}x${MINUTES}`;
}

/** What happens in normal operation, all of it in a region that is whole. Nothing may fire in any minute of it. */
export const NORMAL_EVENTS: AlertScenario['change'] = all(
  // A backup pauses exporting softly for 20 minutes, and later somebody pauses it for as long, so that exporters fall behind.
  of('zeebe_exporter_state', `0x${START - 1} 2x20 0x20 1x20 0x${MINUTES}`),
  (series, values) => {
    const before = START + 41;
    const still = `0+3000x${before} ${3000 * before}x20 ${3000 * (before + 22)}+3000x${MINUTES}`;
    return series.startsWith(EXPORTED) && values.startsWith('0+3000x') ? still : values;
  },
  // Brokers restart one after the other, three minutes each.
  (series, values) => {
    const ordinal = /^up\{.*-zeebe(?:-[a-z]+)?-(\d)"/.exec(series)?.[1];
    return ordinal === undefined ? values : `1x${START + 4 * Number(ordinal)} 0x2 1x${MINUTES}`;
  },
  // One address of the forwarder does not answer.
  of(FORWARDER, thenRising(120), '.4:53'),
  // A change of the cluster makes an operation in ten minutes.
  of(PENDING, `0x${START - 1} 4x10 3x10 2x10 1x10 0x${MINUTES}`),
  // An instance was banned long ago.
  of('zeebe_banned_instances_total', `9x${MINUTES}`),
);
