import type { ResolvedSettings } from '../settings/resolved-settings';
import { isMapping, isTextOf } from '../settings/value-kinds';
import { errorOf, show, warningOf, type Problem } from './problem';

/** The kind is written out, so that one acknowledgement never covers changes of another kind. */
const CHANGE = /^[a-z][a-z0-9-]*:[\w./*-]+$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LONGEST_DAYS = 366;

/**
 * What an acknowledgement of a dangerous change must say. Whether there is such a change is seen in a review only.
 *
 * @internal
 */
export function reviewProblems({ review }: ResolvedSettings, today: Date): Problem[] {
  const setting = 'review.acknowledge';
  const { acknowledge } = review;
  if (!Array.isArray(acknowledge)) {
    return [errorOf({ rule: 'review', setting, value: acknowledge, requirement: 'must be a list', fix: 'leave it out for none' })];
  }
  return acknowledge.flatMap((one: unknown, i) => {
    const at = `${setting}[${i}]`;
    if (!isMapping(one)) {
      const fix = "write it like { change: 'brokers-roll:both', reason: 'planned stop', expires: '2030-01-31' }";
      return [errorOf({ rule: 'review', setting: at, value: one, requirement: 'must be a mapping', fix })];
    }
    return [...changeProblems(`${at}.change`, one.change), ...reasonProblems(`${at}.reason`, one.reason), ...dayProblems(at, one, today)];
  });
}

function changeProblems(setting: string, change: unknown): Problem[] {
  if (isTextOf(CHANGE, change)) return [];
  return [
    errorOf({
      rule: 'review-change',
      setting,
      value: change,
      requirement: "must be the id of a change, as a kind, a colon, and a name that may contain '*'",
      fix: "copy the id from a review, for example 'brokers-roll:both'",
    }),
  ];
}

function reasonProblems(setting: string, reason: unknown): Problem[] {
  if (isTextOf(/\S/, reason)) return [];
  return [
    errorOf({
      rule: 'review-reason',
      setting,
      value: reason,
      requirement: 'must say why the change is meant',
      fix: 'write a sentence for those who review the change',
    }),
  ];
}

function dayProblems(at: string, { change, expires }: Readonly<Record<string, unknown>>, today: Date): Problem[] {
  const setting = `${at}.expires`;
  const fix = `write a day like '${dayText(daysAfter(today, 30))}', in quotes`;
  if (!isDay(expires)) {
    return [errorOf({ rule: 'review-expires', setting, value: expires, requirement: 'must be a day of the calendar as YYYY-MM-DD', fix })];
  }
  if (expires > dayText(daysAfter(today, LONGEST_DAYS))) {
    // The days that pass mend this one, so no configuration breaks by itself.
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
