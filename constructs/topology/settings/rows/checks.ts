import type { Check } from './row';
import { isTextOf } from './value-kinds';

type Words = Pick<Check, 'rule' | 'requirement' | 'fix'>;

/**
 * Text of a certain form.
 *
 * @internal
 */
export function matching(pattern: RegExp, words: Words): Check {
  return { ...words, pattern, accepts: value => isTextOf(pattern, value) };
}

/**
 * One of a few values.
 *
 * @internal
 */
export function oneOf(values: readonly (string | number)[], words: Words): Check {
  return { ...words, oneOf: values, accepts: value => values.some(one => one === value) };
}

/**
 * One of the versions that this library knows.
 *
 * @internal
 */
export function knownVersion(rule: string, what: string, versions: readonly string[]): Check {
  const known = versions.map(version => `'${version}'`);
  const requirement = `must be ${what} that this library knows: ${known.join(', ')}`;
  return oneOf(versions, { rule, requirement, fix: `write ${known[known.length - 1]}, in quotes` });
}
