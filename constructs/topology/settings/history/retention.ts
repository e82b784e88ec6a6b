import { oneOf } from '../rows/checks';
import type { Rows } from '../rows/row';

/** How long history is kept: process instances, decisions, tasks and batch operations that have ended. What runs is always kept. */
export interface HistoryRetentionSettings {
  /**
   * Whether history is deleted at all. Without it, Elasticsearch of both regions grows until it takes no more writes, and then the
   * brokers' volumes grow.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * How long what has ended is kept, in days.
   *
   * @default 30
   */
  readonly days?: number;

  /**
   * How long usage metrics are kept, in days: the counts by which a licence is reported. Only from 8.8 on.
   *
   * @default 730
   */
  readonly usageMetricsDays?: number;

  /**
   * How long records are kept from which Operate and Tasklist import, in days: longer than they may ever stand still. Only in 8.7, and
   * while its data is taken over.
   *
   * @default 14
   */
  readonly recordsDays?: number;

  /**
   * What is deleted together: `PI_HIERARCHY` keeps a called process instance as long as the one that called it,
   * `PI_HIERARCHY_IGNORE_LEGACY` does so and leaves alone what was started before 8.9, `PI` counts each by itself. Only from 8.9 on.
   *
   * @default 'PI_HIERARCHY'
   */
  readonly processInstanceMode?: string;
}

/** Ten years: what is kept longer belongs into an archive of your own. */
const MAX_DAYS = 3650;
const MODES = ['PI_HIERARCHY', 'PI_HIERARCHY_IGNORE_LEGACY', 'PI'];
const ENABLED = 'history.retention.enabled';

/** @internal */
export const HISTORY_RETENTION = {
  enabled: { kind: 'boolean', default: true },
  days: { kind: 'integer', default: 30, min: 1, max: MAX_DAYS, needs: ENABLED },
  usageMetricsDays: { kind: 'integer', default: 730, min: 1, max: MAX_DAYS, needs: ENABLED },
  recordsDays: { kind: 'integer', default: 14, min: 1, max: MAX_DAYS, needs: ENABLED },
  processInstanceMode: {
    kind: 'string',
    default: 'PI_HIERARCHY',
    checks: [
      oneOf(MODES, {
        rule: 'history-mode',
        requirement: `must be one of ${MODES.join(', ')}`,
        fix: "leave it out for 'PI_HIERARCHY', which is Camunda's default",
      }),
    ],
  },
} as const satisfies Rows<HistoryRetentionSettings>;
