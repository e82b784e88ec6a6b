/**
 * Something that others decide and may change, with who said so and when somebody looked.
 *
 * @internal
 */
export interface DatedFact {
  readonly value: string;
  readonly source: string;
  /** The day on which it was looked up, ISO date. */
  readonly seen: string;
}

/**
 * Until when a version is maintained: the last day as ISO date, or what ends it, such as `the release of 1.23`.
 *
 * @internal
 */
export interface SupportEnd extends DatedFact {
  /** Deployed by default beyond its end: until which day that is accepted, and why. */
  readonly accepted?: { readonly until: string; readonly why: string };
}

/**
 * So many days before an end it is time to plan.
 *
 * @internal
 */
export const NEAR_END_DAYS = 120;

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
const MILLISECONDS_A_DAY = 24 * 60 * 60 * 1000;

/**
 * The last day of support, ISO date. Undefined where none is named.
 *
 * @internal
 */
export function lastDayOf({ value }: SupportEnd): string | undefined {
  return ISO_DATE.test(value) ? value : undefined;
}

/**
 * Whole days from one day to another, ISO date. Negative once it is over.
 *
 * @internal
 */
export function daysUntil(day: string, today: Date): number {
  const midnight = Math.floor(today.getTime() / MILLISECONDS_A_DAY) * MILLISECONDS_A_DAY;
  return Math.round((Date.parse(day) - midnight) / MILLISECONDS_A_DAY);
}

/**
 * Whether the end of a version is past and nobody has accepted that.
 *
 * @internal
 */
export function hasEnded(end: SupportEnd, today: Date): boolean {
  const lastDay = lastDayOf(end);
  return lastDay !== undefined && daysUntil(lastDay, today) < 0 && !isAccepted(end, today);
}

/**
 * Whether a version is deployed beyond its end for a while, with a reason.
 *
 * @internal
 */
export function isAccepted({ accepted }: SupportEnd, today: Date): boolean {
  return accepted !== undefined && daysUntil(accepted.until, today) >= 0;
}
