import type { ResolvedSettings } from '../settings/resolved-settings';
import { CAMUNDA_VERSIONS } from '../versions/camunda-versions';

/**
 * Copies of each index beside the first: one survives the loss of one Elasticsearch node.
 *
 * @internal
 */
export const INDEX_REPLICAS = 1;

/** `@see` Elasticsearch guide, cluster.routing.allocation.disk.watermark.low: beyond, a node takes no more copies */
const USABLE_SHARE = 0.85;
/**
 * What a process instance leaves in records, in kibibytes. Nobody publishes it for Elasticsearch: it is what Zeebe itself needs for it.
 *
 * @see Camunda 8 docs 8.7, sizing your environment: disk space
 */
const RECORDS_KIB = 75;
/**
 * Kinds of indices that are archived.
 *
 * @see camunda/camunda, webapps-schema: templates of Operate and Tasklist
 */
const ARCHIVED_KINDS = 20;
/** `@see` Elasticsearch guide, cluster.max_shards_per_node */
const SHARDS_PER_NODE = 1000;

const KIB_PER_GIB = 1024 * 1024;
/** What is to fill up later than this is not a matter of these settings. */
const HORIZON_DAYS = 3650;

/**
 * How long history has room in the Elasticsearch of a region, by the instances that are expected.
 *
 * @internal
 */
export interface HistoryRoom {
  /** What a day adds, copies included, in gibibytes. */
  readonly dailyGiB: number;
  /** What a region's Elasticsearch takes before a node takes no more copies, in gibibytes. */
  readonly usableGiB: number;
  /** The most that is kept at once, in gibibytes. Absent where nothing is deleted. */
  readonly keptGiB?: number;
  /** Days until nothing more is taken. Absent where it does not come to that within ten years. */
  readonly daysUntilFull?: number;
  /** What a month or what is kept needs, whichever is less, as volume of each node, in gibibytes. */
  readonly neededVolumeGiB: number;
}

/** @internal */
export function historyRoom({ history, camunda, elasticsearch }: ResolvedSettings): HistoryRoom {
  const { enabled, days, recordsDays } = history.retention;
  const perDay = (kib: number): number => (history.instancesPerDay * kib * (1 + INDEX_REPLICAS)) / KIB_PER_GIB;
  const streams = [
    { gib: perDay(history.instanceKiB), days: enabled ? days : Infinity },
    ...(keepsRecords(camunda) ? [{ gib: perDay(RECORDS_KIB), days: enabled ? recordsDays : Infinity }] : []),
  ];
  const after = (day: number): number => streams.reduce((sum, stream) => sum + stream.gib * Math.min(day, stream.days), 0);
  const usablePerVolume = elasticsearch.nodesPerRegion * USABLE_SHARE;
  const usableGiB = elasticsearch.volumeGiB * usablePerVolume;
  const dailyGiB = after(1);
  return {
    dailyGiB,
    usableGiB,
    keptGiB: enabled ? after(HORIZON_DAYS) : undefined,
    daysUntilFull: Array.from({ length: HORIZON_DAYS }, (_, i) => i + 1).find(day => after(day) > usableGiB),
    neededVolumeGiB: Math.ceil(after(enabled ? HORIZON_DAYS : MONTH_DAYS) / usablePerVolume),
  };
}

/** @internal */
export const MONTH_DAYS = 30;

/**
 * Dated indices of a retention, and how many there may be.
 *
 * @internal
 */
export function historyShards({ history, elasticsearch }: ResolvedSettings): {
  readonly shards: number;
  readonly most: number;
  readonly indexDays: number;
} {
  const perPeriod = ARCHIVED_KINDS * (1 + INDEX_REPLICAS);
  const most = elasticsearch.nodesPerRegion * SHARDS_PER_NODE;
  const { days } = history.retention;
  return {
    shards: Math.ceil(days / (history.archiving.indexDays ?? 1)) * perPeriod,
    most,
    indexDays: Math.ceil(days / Math.floor(most / perPeriod)),
  };
}

function keepsRecords({ version, migratingFrom }: ResolvedSettings['camunda']): boolean {
  const { exporter, migration } = CAMUNDA_VERSIONS[version];
  const kinds = [exporter, ...(migration && migratingFrom !== undefined ? [migration.exporter] : [])];
  return kinds.some(kind => kind.history.recordsAge !== undefined);
}
