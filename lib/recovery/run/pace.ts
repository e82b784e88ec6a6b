/**
 * How long after an action the first look is.
 *
 * @internal
 */
export const FIRST_MS = 80;
const LONGEST_MS = 5_000;
/** Most changes are over by then. */
const SHORT_MS = 2_000;
/** A wait of this part of the time that has passed since then makes the program late by no more than that part. */
const PART = 1 / 20;

/**
 * How long to wait before the next look: little at first, so that a change of seconds is seen at once, and never long.
 *
 * @param elapsedMs time since the action, or since the step began
 *
 * @internal
 */
export function pauseBeforeLook(elapsedMs: number): number {
  return Math.min(Math.max((elapsedMs - SHORT_MS) * PART, FIRST_MS), LONGEST_MS);
}
