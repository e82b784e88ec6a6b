import { errorOf, type Problem } from './problem';

/**
 * A switch.
 *
 * @internal
 */
export function booleanProblems(setting: string, value: unknown, rule = 'boolean'): Problem[] {
  if (typeof value === 'boolean') return [];
  return [errorOf({ rule, setting, value, requirement: 'must be true or false', fix: 'write it without quotes' })];
}
