import type { LocatedProblem } from './located-problem';
import { printedProblems, showsColour } from './printed-problems';

/** Prints warnings, with their lines, to the standard error. */
export function printWarnings(warnings: readonly LocatedProblem[]): void {
  if (warnings.length > 0) process.stderr.write(`${printedProblems(warnings, { colour: showsColour(process.stderr) })}\n`);
}
