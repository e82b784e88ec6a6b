import { MAX_INDEX_DAYS } from '../settings/history/archiving';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { MAX_VOLUME_GIB } from '../settings/resources';
import { CAMUNDA_VERSIONS, exporterKindsOf } from '../versions/camunda-versions';

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
/**
 * Kinds of records that occur on every day where processes have jobs, user tasks, timers and messages. The exporter knows some thirty, and
 * makes an index a day for each that occurs.
 */
const RECORD_KINDS = 10;
/** `@see` camunda/camunda stable/8.7, templates of the Elasticsearch exporter */
const RECORD_SHARDS = 3;
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
  /** Nodes that have room for it, each with the largest volume. */
  readonly neededNodes: number;
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
  const usableGiB = elasticsearch.volumeGiB * elasticsearch.nodesPerRegion * USABLE_SHARE;
  const dailyGiB = after(1);
  const neededGiB = after(enabled ? HORIZON_DAYS : MONTH_DAYS) / USABLE_SHARE;
  return {
    dailyGiB,
    usableGiB,
    keptGiB: enabled ? after(HORIZON_DAYS) : undefined,
    daysUntilFull: after(HORIZON_DAYS) > usableGiB ? firstDay(day => after(day) > usableGiB) : undefined,
    neededVolumeGiB: Math.ceil(neededGiB / elasticsearch.nodesPerRegion),
    neededNodes: Math.ceil(neededGiB / MAX_VOLUME_GIB),
  };
}

function firstDay(holds: (day: number) => boolean): number {
  let day = 1;
  while (!holds(day)) day += 1;
  return day;
}

/** @internal */
export const MONTH_DAYS = 30;

/**
 * Dated indices that a retention is made of, at least: what comes last into one of them is kept for so much less.
 *
 * @internal
 */
export const LEAST_PERIODS = 5;

/**
 * Days of an index that the version takes and that keep most of the retention.
 *
 * @internal
 */
export function sensibleIndexDays({ camunda, history }: ResolvedSettings): number[] {
  const longest = Math.max(1, Math.floor(history.retention.days / LEAST_PERIODS));
  const { indexDays = Array.from({ length: MAX_INDEX_DAYS }, (_, i) => i + 1) } = CAMUNDA_VERSIONS[camunda.version].history;
  return indexDays.filter(days => days <= longest);
}

/**
 * Shards of the dated indices of a retention, and how many there may be.
 *
 * @internal
 */
export interface HistoryShards {
  readonly shards: number;
  readonly most: number;
  /** Days of an index with which there are not too many. Absent where those of records leave too little room. */
  readonly indexDays?: number;
  /** Days that records can be kept, with the days of an index as they are, or otherwise with as many as are sensible. */
  readonly records?: { readonly days: number; readonly indexDays: number };
}

/** @internal */
export function historyShards(settings: ResolvedSettings): HistoryShards {
  const { history, elasticsearch, camunda } = settings;
  const { days, recordsDays } = history.retention;
  const most = elasticsearch.nodesPerRegion * SHARDS_PER_NODE;
  const archived = (indexDays: number): number => Math.ceil(days / indexDays) * ARCHIVED_KINDS * (1 + INDEX_REPLICAS);
  const perRecordsDay = keepsRecords(camunda) ? RECORD_KINDS * RECORD_SHARDS * (1 + INDEX_REPLICAS) : 0;
  const current = history.archiving.indexDays ?? 1;
  const sensible = sensibleIndexDays(settings).filter(indexDays => indexDays >= current);
  const recordsWith = [current, ...sensible.slice(-1)]
    .map(indexDays => ({ days: Math.floor((most - archived(indexDays)) / perRecordsDay), indexDays }))
    .find(records => records.days >= 1);
  return {
    shards: archived(current) + perRecordsDay * recordsDays,
    most,
    indexDays: sensible.find(indexDays => archived(indexDays) + perRecordsDay * recordsDays <= most),
    records: perRecordsDay === 0 ? undefined : recordsWith,
  };
}

function keepsRecords({ version, migratingFrom }: ResolvedSettings['camunda']): boolean {
  return exporterKindsOf(CAMUNDA_VERSIONS[version], migratingFrom).some(kind => kind.history.recordsAge !== undefined);
}
