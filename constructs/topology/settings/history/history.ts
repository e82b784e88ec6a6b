import { BROKERS_ROLL } from '../rows/later';
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
}

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
} as const satisfies Rows<HistorySettings>;
