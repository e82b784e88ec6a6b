/**
 * A day as `2026-05-01`.
 *
 * @internal
 */
export function isoDate(day: Date): string {
  return day.toISOString().slice(0, 10);
}

/**
 * Whether something is older than a year.
 *
 * @param date a day, `2026-05-01`, or a month where no day is known, `2026-05`
 * @param today the day of the review
 *
 * @internal
 */
export function isOlderThanAYear(date: string, today: Date): boolean {
  const yearBefore = new Date(today);
  yearBefore.setUTCFullYear(today.getUTCFullYear() - 1);
  return date < isoDate(yearBefore).slice(0, date.length);
}
