import type { ResolvedSettings } from '../settings/resolved-settings';
import { isMapping, isTextOf } from '../settings/rows/value-kinds';
import { errorOf, show, warningOf, type Problem } from './judging/problem';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LONGEST_DAYS = 366;

/**
 * What an acknowledgement of a dangerous change must say. Whether there is such a change is seen in a review only.
 *
 * @internal
 */
export function reviewProblems({ review }: ResolvedSettings, today: Date): Problem[] {
  const acknowledge: unknown = review.acknowledge;
  if (!Array.isArray(acknowledge)) return [];
  return acknowledge.flatMap((one: unknown, i) => (isMapping(one) ? dayProblems(`review.acknowledge[${i}]`, one, today) : []));
}

function dayProblems(at: string, { change, expires }: Readonly<Record<string, unknown>>, today: Date): Problem[] {
  const setting = `${at}.expires`;
  const fix = `write a day like '${dayText(daysAfter(today, 30))}', in quotes`;
  if (!isDay(expires)) {
    return [errorOf({ rule: 'review-expires', setting, value: expires, requirement: 'must be a day of the calendar as YYYY-MM-DD', fix })];
  }
  if (expires > dayText(daysAfter(today, LONGEST_DAYS))) {
    // The days that pass fix this one, so no configuration breaks by itself.
    return [errorOf({ rule: 'review-expires', setting, value: expires, requirement: 'must be at most a year ahead', fix })];
  }
  if (!isExpired(expires, today)) return [];
  return [
    warningOf({
      rule: 'review-expired',
      setting,
      value: expires,
      requirement: `should not be past: the acknowledgement of ${show(change)} no longer counts`,
      fix: 'remove it, or think the change over and give it a new day',
    }),
  ];
}

/**
 * Whether an acknowledgement counts no more. It counts on its last day, in UTC.
 *
 * @internal
 */
export function isExpired(expires: string, today: Date): boolean {
  return expires < dayText(today);
}

function isDay(value: unknown): value is string {
  if (!isTextOf(DAY, value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && dayText(new Date(time)) === value;
}

function dayText(day: Date): string {
  return day.toISOString().slice(0, 'YYYY-MM-DD'.length);
}

function daysAfter(day: Date, days: number): Date {
  return new Date(day.getTime() + days * 24 * 60 * 60 * 1000);
}
