import { ConfigurationError } from '../rules/judging/configuration-error';
import { errorOf, type Problem } from '../rules/judging/problem';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { canonicalName, overlapOf, variableOf } from './owned-names';

/**
 * The settings by dotted path that the user adds to those of a broker.
 *
 * Rules have refused what is known to be this library's own. Whatever else would replace one of its settings is refused here,
 * by the same rule: as a path, and as a variable of the same meaning.
 *
 * @param own the settings of this library, by dotted path
 *
 * @internal
 */
export function brokerConfiguration(
  own: { readonly [path: string]: unknown },
  { orchestration }: ResolvedSettings,
): { readonly [path: string]: string } {
  const { configuration, environment } = orchestration.pod;
  const paths = Object.keys(own);
  const variables = new Map(paths.map(path => [canonicalName(variableOf(path)), path]));
  const problems = [
    ...Object.keys(configuration).flatMap(path => ownedProblems(`orchestration.pod.configuration.${path}`, path, overlapOf(path, paths))),
    ...environment.flatMap(({ name }, i) =>
      ownedProblems(`orchestration.pod.environment[${i}].name`, name, variables.get(canonicalName(name))),
    ),
  ];
  if (problems.length > 0) throw new ConfigurationError(problems);
  return configuration;
}

function ownedProblems(setting: string, value: unknown, owner: string | undefined): Problem[] {
  if (owner === undefined) return [];
  const requirement = `must not replace '${owner}', which this library sets itself`;
  return [
    errorOf({ rule: 'pod-owned', setting, value, requirement, fix: 'use the setting of this library that leads to it, or leave it out' }),
  ];
}
