import type { Rows } from '../rows/row';

/** How what has ended is moved to the dated indices that are deleted later. */
export interface HistoryArchivingSettings {
  /**
   * How long a process instance stays in the main indices after it has ended, in minutes.
   *
   * @default - Camunda's own: 60
   */
  readonly waitMinutes?: number;

  /**
   * Days that a dated index holds. More of them make fewer and larger indices, which a long retention needs: Elasticsearch takes 1000
   * shards on a node.
   *
   * @default - Camunda's own: 1
   */
  readonly indexDays?: number;

  /**
   * Most process instances that are moved at once.
   *
   * @default - Camunda's own: 100, or 500 in patches that move documents by their ids
   */
  readonly batchSize?: number;
}

/** @internal */
export const MAX_INDEX_DAYS = 90;

/** @internal */
export const HISTORY_ARCHIVING = {
  // Longer than a week is no wait any more, and what waits is not deleted.
  waitMinutes: { kind: 'integer', min: 1, max: 10080 },
  indexDays: { kind: 'integer', min: 1, max: MAX_INDEX_DAYS },
  // Elasticsearch answers a search with at most so many.
  batchSize: { kind: 'integer', min: 1, max: 10000 },
} as const satisfies Rows<HistoryArchivingSettings>;
