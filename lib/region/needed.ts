import { ConfigurationError } from '../../constructs/topology/rules/judging/configuration-error';
import { errorOf } from '../../constructs/topology/rules/judging/problem';

/**
 * What a setting or a version may leave out, and what to do when somebody asks for it.
 *
 * @internal
 */
export function needed<T>(value: T | undefined, setting: string, fix: string): T {
  if (value !== undefined) return value;
  throw new ConfigurationError([errorOf({ rule: 'not-there', setting, value, requirement: 'must be there', fix })]);
}
