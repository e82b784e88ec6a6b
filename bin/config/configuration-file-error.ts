import type { LocatedProblem } from './located-problem';
import { printedProblems } from './printed-problems';

/** A configuration file that cannot be used. The message is the printed list of all that is wrong with it. */
export class ConfigurationFileError extends Error {
  public override readonly name = 'ConfigurationFileError';

  public constructor(
    /** Errors and warnings, in the order of their lines. */
    public readonly problems: readonly LocatedProblem[],
  ) {
    super(printedProblems(problems));
  }

  public override toString(): string {
    return this.message;
  }
}
