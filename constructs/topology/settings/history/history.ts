import { BROKERS_ROLL, UNNOTICED } from '../rows/later';
import type { Rows } from '../rows/row';
import { HISTORY_ARCHIVING, type HistoryArchivingSettings } from './archiving';
import { HISTORY_BULK, type HistoryBulkSettings } from './bulk';
import { HISTORY_RETENTION, type HistoryRetentionSettings } from './retention';

/** How long Elasticsearch keeps what has ended, and how it gets there. The same in both regions. */
export interface HistorySettings {
  /**
   * How long history is kept.
   *
   * @default - 30 days
   */
  readonly retention?: HistoryRetentionSettings;

  /**
   * How what has ended is moved to the dated indices that are deleted later.
   *
   * @default - as Camunda does by itself: after an hour, into an index a day
   */
  readonly archiving?: HistoryArchivingSettings;

  /**
   * How much exporters collect before they write.
   *
   * @default - as Camunda does by itself
   */
  readonly bulk?: HistoryBulkSettings;

  /**
   * Process instances that end in a day, called ones included. Only the estimate of room uses it.
   *
   * @default 20000
   */
  readonly instancesPerDay?: number;

  /**
   * What one of them takes in Elasticsearch, in kibibytes and without copies. Only the estimate of room uses it.
   *
   * @default 78
   */
  readonly instanceKiB?: number;
}

/** `@see` Camunda 8 docs 8.7, sizing your environment: the example */
const INSTANCES_PER_DAY = 20000;
/** 57 of Operate and 21 of Tasklist. `@see` Camunda 8 docs 8.7, sizing your environment: disk space */
const INSTANCE_KIB = 78;

/** @internal */
export const HISTORY = {
  retention: {
    kind: 'section',
    rows: HISTORY_RETENTION,
    later: {
      ...BROKERS_ROLL,
      note: 'What is older than a new age is deleted in both regions, and no backup of this library has it.',
      page: 'history.md',
    },
  },
  archiving: { kind: 'section', rows: HISTORY_ARCHIVING },
  bulk: { kind: 'section', rows: HISTORY_BULK },
  instancesPerDay: { kind: 'integer', default: INSTANCES_PER_DAY, min: 1, max: 100000000, later: UNNOTICED },
  instanceKiB: { kind: 'integer', default: INSTANCE_KIB, min: 1, max: 1048576, later: UNNOTICED },
} as const satisfies Rows<HistorySettings>;
