import { maintainedVersions, type MaintainedVersion } from '../../plan/maintained-versions';
import type { ResolvedSettings } from '../../settings/resolved-settings';
import { daysUntil, hasEnded, isAccepted, lastDayOf, NEAR_END_DAYS } from '../../versions/dated-fact';
import { warningOf, type Problem } from '../judging/problem';

/**
 * Versions whose support has ended, or ends soon.
 *
 * @internal
 */
export function supportProblems(settings: ResolvedSettings, today: Date): Problem[] {
  return maintainedVersions(settings).flatMap(version => problemOf(version, today));
}

function problemOf({ publisher, version, setting, end, support, advice }: MaintainedVersion, today: Date): Problem[] {
  const lastDay = lastDayOf(end);
  if (lastDay === undefined || isAccepted(end, today)) return [];
  const finding = { setting, value: version, fix: advice };
  if (hasEnded(end, today)) {
    const requirement = `should be a version that ${publisher} maintains: ${support} of ${version} ended on ${lastDay}`;
    return [warningOf({ rule: 'version-support', ...finding, requirement })];
  }
  if (daysUntil(lastDay, today) >= NEAR_END_DAYS) return [];
  const requirement = `should be a version that ${publisher} maintains for longer: ${support} of ${version} ends on ${lastDay}`;
  return [warningOf({ rule: 'version-support-near', ...finding, requirement })];
}
