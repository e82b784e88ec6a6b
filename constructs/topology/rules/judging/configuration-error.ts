import { describeProblem, type Problem } from './problem';

/**
 * Every mistake of one configuration, reported together.
 *
 * jsii does not allow subclasses of Error in a public API: callers test `error.name`.
 *
 * @internal
 */
export class ConfigurationError extends Error {
  public constructor(
    /** The mistakes, in the order of the settings that cause them. */
    public readonly problems: readonly Problem[],
  ) {
    super(
      problems.length === 1
        ? describeProblem(problems[0])
        : `the configuration has ${problems.length} mistakes:\n${problems.map(p => `  - ${describeProblem(p)}`).join('\n')}`,
    );
    this.name = 'ConfigurationError';
  }
}
