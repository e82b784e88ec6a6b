import type { ResolvedSettings } from '../../settings/resolved-settings';
import { isTextOf } from '../../settings/rows/value-kinds';
import { CAMUNDA_VERSIONS } from '../../versions/camunda-versions';
import { errorOf, warningOf, type Problem } from '../judging/problem';
import { isKnownVersion } from './version-rules';

const TAG = /^[\w.-]+$/;
const PATCH = /^\d{1,3}\.\d{1,3}\.\d{1,3}$/;

/**
 * Patches that a region is told to run by itself, which is for the time of an upgrade.
 *
 * @internal
 */
export function regionPatchProblems({ regions, camunda, images }: ResolvedSettings): Problem[] {
  // A patch belongs to a version, which has its own problem.
  if (!isKnownVersion(camunda.version)) return [];
  const { minor, images: known } = CAMUNDA_VERSIONS[camunda.version];
  const problems = regions.flatMap(({ camundaPatch }, i) => {
    if (camundaPatch === undefined || (isTextOf(PATCH, camundaPatch) && camundaPatch.startsWith(`${minor}.`))) return [];
    return [
      errorOf({
        rule: 'region-patch',
        setting: `regions[${i}].camundaPatch`,
        value: camundaPatch,
        requirement: `must be an exact patch of Camunda ${minor}, which both regions run`,
        fix: `write all three numbers in quotes, for example '${known.camunda.tag}'; a minor version is changed in 'camunda.version'`,
      }),
    ];
  });
  const [first, second] = regions.map(({ camundaPatch }) => camundaPatch ?? images.camundaTag ?? known.camunda.tag);
  if (problems.length > 0 || regions.length !== 2 || first === second) return problems;
  // A tag that is none has its own problem.
  if (!isTextOf(TAG, first) || !isTextOf(TAG, second)) return problems;
  const i = regions[1].camundaPatch === undefined ? 0 : 1;
  return [
    warningOf({
      rule: 'region-patch-differs',
      setting: `regions[${i}].camundaPatch`,
      value: regions[i].camundaPatch,
      requirement: `should be the patch of the other region, which runs ${i === 0 ? second : first}, as soon as all brokers are ready`,
      fix: 'finish the upgrade in the next change, as docs/upgrade.md says',
    }),
  ];
}
