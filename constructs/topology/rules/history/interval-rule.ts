import { WEEK_DAYS } from '../../plan/history';
import type { ResolvedSettings } from '../../settings/resolved-settings';
import { CAMUNDA_VERSIONS } from '../../versions/camunda-versions';
import { errorOf, type Problem } from '../judging/problem';
import { isKnownVersion } from '../versions/version-rules';

/**
 * Operate and Tasklist of 8.7 take a day or a week, and do not start with any other number of days.
 *
 * @see camunda/camunda stable/8.7, DateOfArchivedDocumentsUtil: only single-unit values
 *
 * @internal
 */
export function historyIntervalProblems({ camunda: { version }, history: { archiving } }: ResolvedSettings): Problem[] {
  const { indexDays } = archiving;
  const isOld = isKnownVersion(version) && CAMUNDA_VERSIONS[version].components !== undefined;
  if (!isOld || indexDays === undefined || indexDays === 1 || indexDays === WEEK_DAYS) return [];
  return [
    errorOf({
      rule: 'history-interval',
      setting: 'history.archiving.indexDays',
      value: indexDays,
      requirement: `must be 1 or ${WEEK_DAYS} with Camunda ${version}, whose Operate and Tasklist take a day or a week`,
      fix: `write ${WEEK_DAYS}, or leave it out for 1`,
    }),
  ];
}
