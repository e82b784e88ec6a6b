import type { LocatedProblem } from './located-problem';
import { printedProblems, showsColour } from './printed-problems';

/** Tells of warnings, with their lines, whoever reads the standard error. */
export function printWarnings(warnings: readonly LocatedProblem[]): void {
  if (warnings.length > 0) process.stderr.write(`${printedProblems(warnings, { colour: showsColour(process.stderr) })}\n`);
}
