import { oneOf } from './rows/checks';
import type { Rows } from './rows/row';

/** A region that was lost and is being recreated. */
export interface RecoverySettings {
  /**
   * The region that is being recreated, 0 or 1. While it is set, neither region runs Operate and Tasklist, and the recreated one
   * makes no schema.
   *
   * @default - none: both regions run everything
   */
  readonly recreatedRegion?: number;
}

/** @internal */
export const RECOVERY = {
  recreatedRegion: {
    kind: 'integer',
    checks: [
      oneOf([0, 1], {
        rule: 'recovery-region',
        requirement: 'must be 0 or 1',
        fix: 'name the position of the recreated region in the list of regions, or leave it out in normal operation',
      }),
    ],
  },
} as const satisfies Rows<RecoverySettings>;
