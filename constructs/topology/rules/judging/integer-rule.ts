import { errorOf, type Problem } from './problem';

interface Limits {
  readonly min: number;
  readonly max?: number;
}

/**
 * A whole number within limits.
 *
 * @internal
 */
export function integerProblems(setting: string, value: unknown, limits: Limits): Problem[] {
  const { min, max } = limits;
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= (max ?? Number.MAX_SAFE_INTEGER)) return [];
  const nearest = typeof value === 'number' && max !== undefined && value > max ? max : min;
  return [errorOf({ rule: INTEGER_RULE, setting, value, requirement: integerRequirement(limits), fix: `for example ${nearest}` })];
}

/** @internal */
export const INTEGER_RULE = 'number';

/**
 * What is said of a number that is not within its limits.
 *
 * @internal
 */
export function integerRequirement({ min, max }: Limits): string {
  return `must be a whole number ${max === undefined ? `of at least ${min}` : `from ${min} to ${max}`}`;
}
