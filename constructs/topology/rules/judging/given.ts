import type { ResolvedSettings } from '../../settings/resolved-settings';
import { isMapping } from '../../settings/rows/value-kinds';

/**
 * What users tell brokers beside this library.
 *
 * @internal
 */
export interface Given {
  /** The setting that holds it. */
  readonly setting: string;
  /** Path of a setting of Camunda, or name of a variable. */
  readonly name: string;
  readonly value: unknown;
}

/**
 * By settings and by variables. What is of another kind has its own problem.
 *
 * @internal
 */
export function givenToBrokers({ pod }: ResolvedSettings['orchestration']): Given[] {
  const { configuration, environment }: { readonly configuration: unknown; readonly environment: unknown } = pod;
  const variables: unknown[] = Array.isArray(environment) ? environment : [];
  const paths = isMapping(configuration) ? Object.entries(configuration) : [];
  return [
    ...paths.map(([name, value]) => ({ setting: `orchestration.pod.configuration.${name}`, name, value })),
    ...variables.flatMap((variable, i) =>
      isMapping(variable) && typeof variable.name === 'string'
        ? [{ setting: `orchestration.pod.environment[${i}].name`, name: variable.name, value: variable.value }]
        : [],
    ),
  ];
}
