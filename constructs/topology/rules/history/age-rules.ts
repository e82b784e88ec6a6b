import { LEAST_PERIODS, sensibleIndexDays } from '../../plan/history-room';
import type { ResolvedSettings } from '../../settings/resolved-settings';
import type { Judged } from '../judging/judged';
import { errorOf, warningOf, type Problem } from '../judging/problem';

const JUDGED = ['camunda.version', 'history.retention.days', 'history.archiving.indexDays', 'history.archiving.waitMinutes'];
const MINUTES_PER_DAY = 24 * 60;
/** A longer wait makes the time that is said a small part of the real one. */
const LONGEST_WAIT_SHARE = 0.5;

/**
 * Whether what has ended is kept for about as long as `history.retention.days` says.
 *
 * @internal
 */
export function historyAgeProblems(settings: ResolvedSettings, _today: Date, { single }: Judged): Problem[] {
  const { retention, archiving } = settings.history;
  // While one of these is wrong, it has its own problem.
  if (retention.enabled !== true || single.some(({ setting }) => JUDGED.includes(setting))) return [];
  return [...indexProblems(settings, archiving.indexDays ?? 1), ...waitProblems(retention.days, archiving.waitMinutes ?? 1)];
}

/** Elasticsearch deletes an index as a whole, by the age of the index. An index a day is the shortest that there is. */
function indexProblems(settings: ResolvedSettings, indexDays: number): Problem[] {
  const { days } = settings.history.retention;
  if (indexDays === 1 || indexDays <= days / LEAST_PERIODS) return [];
  const finding = { rule: 'history-age', setting: 'history.archiving.indexDays', value: indexDays };
  const fix = `lower it to ${Math.max(...sensibleIndexDays(settings))}, or raise 'history.retention.days'`;
  const why = 'an index is deleted as a whole, so many days after the first instance in it has come';
  if (indexDays >= days) {
    return [
      errorOf({
        ...finding,
        requirement: `must be less than 'history.retention.days' (${days}): ${why}, and the last ones come later`,
        fix,
      }),
    ];
  }
  const requirement = `should be at most a fifth of 'history.retention.days' (${days}): ${why}, and the last ones are kept for ${days - indexDays} of ${days} days`;
  return [warningOf({ ...finding, requirement, fix })];
}

/** The days are counted in the dated index, after the wait. */
function waitProblems(days: number, waitMinutes: number): Problem[] {
  const longest = days * MINUTES_PER_DAY;
  if (waitMinutes < longest * LONGEST_WAIT_SHARE) return [];
  const counted = 'those are counted only after the wait, in the index that an instance is moved to';
  return [
    warningOf({
      rule: 'history-wait',
      setting: 'history.archiving.waitMinutes',
      value: waitMinutes,
      requirement: `should be less than half of 'history.retention.days' (${days}, which are ${longest} minutes): ${counted}`,
      fix: "lower it, leave it out for an hour, or raise 'history.retention.days'",
    }),
  ];
}
