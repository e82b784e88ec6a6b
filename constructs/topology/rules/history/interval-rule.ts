import type { ResolvedSettings } from '../../settings/resolved-settings';
import { CAMUNDA_VERSIONS } from '../../versions/camunda-versions';
import { errorOf, type Problem } from '../judging/problem';
import { isKnownVersion } from '../versions/version-rules';

/**
 * Days of a dated index that Operate and Tasklist of a version do not take.
 *
 * @internal
 */
export function historyIntervalProblems({ camunda: { version }, history: { archiving } }: ResolvedSettings): Problem[] {
  const { indexDays } = archiving;
  const taken = isKnownVersion(version) ? CAMUNDA_VERSIONS[version].history.indexDays : undefined;
  if (taken === undefined || indexDays === undefined || taken.includes(indexDays)) return [];
  return [
    errorOf({
      rule: 'history-interval',
      setting: 'history.archiving.indexDays',
      value: indexDays,
      requirement: `must be ${taken.join(' or ')} with Camunda ${version}, whose Operate and Tasklist take a day or a week`,
      fix: `write ${taken.at(-1)}, or leave it out for 1`,
    }),
  ];
}
