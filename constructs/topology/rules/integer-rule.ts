import { errorOf, type Problem } from './problem';

/**
 * A whole number within limits.
 *
 * @internal
 */
export function integerProblems(setting: string, value: unknown, limits: { readonly min: number; readonly max?: number }): Problem[] {
  const { min, max } = limits;
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= (max ?? Number.MAX_SAFE_INTEGER)) return [];
  const range = max === undefined ? `of at least ${min}` : `from ${min} to ${max}`;
  const nearest = typeof value === 'number' && max !== undefined && value > max ? max : min;
  return [errorOf({ rule: 'number', setting, value, requirement: `must be a whole number ${range}`, fix: `for example ${nearest}` })];
}
