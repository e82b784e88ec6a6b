import type { StopKind } from '../../lib/recovery/stop';

/** What the program tells its caller. Documented in docs/recovery.md. */
export const EXIT = {
  done: 0,
  /** It stopped half way, and says what to do. */
  stopped: 1,
  usage: 2,
  /** It did not begin: a condition is not met. */
  refused: 3,
  /** Somebody else runs it. */
  taken: 4,
  /** The deployment cannot be reached, or what describes it is not usable. */
  unreachable: 5,
  interrupted: 130,
} as const;

export function exitCodeOf(kind: StopKind): number {
  return EXIT[kind];
}

/** Wrong usage, with the sentence that says what is right. */
export class UsageError extends Error {
  public override readonly name = 'UsageError';
}

/** No way to the deployment. */
export class UnreachableError extends Error {
  public override readonly name = 'UnreachableError';
}
