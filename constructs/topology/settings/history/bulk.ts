import type { Rows } from '../rows/row';

/** How much exporters collect before they write. */
export interface HistoryBulkSettings {
  /**
   * Records that make an exporter write.
   *
   * @default - Camunda's own: 1000 up to 8.8
   */
  readonly size?: number;

  /**
   * How long an exporter waits for them, in seconds. What waits is not shown yet.
   *
   * @default - Camunda's own: 5 up to 8.8, 1 from 8.9 on
   */
  readonly delaySeconds?: number;
}

/** @internal */
export const HISTORY_BULK = {
  size: { kind: 'integer', min: 1, max: 100000 },
  delaySeconds: { kind: 'integer', min: 1, max: 60 },
} as const satisfies Rows<HistoryBulkSettings>;
