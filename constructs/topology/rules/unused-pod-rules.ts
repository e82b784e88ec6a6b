import type { WorkloadName } from '../settings/resolved-pods';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { isMapping } from '../settings/value-kinds';
import { CAMUNDA_VERSIONS } from '../versions/camunda-versions';
import { warningOf, type Problem } from './problem';
import { isKnownVersion } from './version-rules';

const COMPONENTS: readonly WorkloadName[] = ['gateway', 'operate', 'tasklist'];

/**
 * Additions to pods that do not exist: somebody may believe that they work.
 *
 * @internal
 */
export function unusedPodProblems({ pods, camunda, connectors }: ResolvedSettings): Problem[] {
  if (!isKnownVersion(camunda.version)) return [];
  const missing = CAMUNDA_VERSIONS[camunda.version].components ? [] : COMPONENTS;
  const problems = missing
    .filter(name => givenIn(pods[name]) !== '')
    .map(name =>
      warningOf({
        rule: 'pod-unused',
        setting: `${name}.pod`,
        value: givenIn(pods[name]),
        requirement: `should be left out with version ${camunda.version}, where it has no pods of its own`,
        fix: "give it to 'orchestration.pod', whose pods do its work",
      }),
    );
  if (connectors.enabled === false && givenIn(pods.connectors) !== '') {
    problems.push(
      warningOf({
        rule: 'pod-unused',
        setting: 'connectors.pod',
        value: givenIn(pods.connectors),
        requirement: 'should be left out while connectors.enabled is false',
        fix: 'leave one of them out',
      }),
    );
  }
  return problems;
}

/** What is given, by name: values may be long. */
function givenIn(pod: unknown): string {
  if (!isMapping(pod)) return '';
  const given = Object.entries(pod).filter(([, value]) => typeof value === 'object' && value !== null && Object.keys(value).length > 0);
  return given.map(([name]) => name).join(', ');
}
