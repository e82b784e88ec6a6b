import { styleText } from 'node:util';
import { onOneLine, ProblemSeverity } from '../../constructs/topology/rules/judging/problem';
import type { LocatedProblem } from './located-problem';

/** Whether a stream shows colours. `@see` no-color.org: the variable counts unless it is empty */
export function showsColour(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv = process.env): boolean {
  return stream.isTTY === true && !environment.NO_COLOR;
}

/** Problems as people read them: one per line, and a count at the end. Terminals and editors make a link of the first word. */
export function printedProblems(problems: readonly LocatedProblem[], options: { readonly colour?: boolean } = {}): string {
  const paint: Paint = options.colour ? (format, text) => styleText(format, text, { validateStream: false }) : (_format, text) => text;
  return [...problems.map(problem => lineOf(problem, paint)), paint('bold', countsOf(problems))].join('\n');
}

type Paint = (format: 'bold' | 'dim' | 'red' | 'yellow', text: string) => string;

function lineOf(problem: LocatedProblem, paint: Paint): string {
  const { file, line, column, severity, setting, requirement, value, fix, rule } = problem;
  const place = paint('bold', `${file}:${line}:${column}`);
  const kind = paint(severity === ProblemSeverity.ERROR ? 'red' : 'yellow', severity);
  return `${place}  ${kind}  ${onOneLine(setting || 'the file')} ${requirement}, got ${value}; ${fix} ${paint('dim', `[${rule}]`)}`;
}

function countsOf(problems: readonly LocatedProblem[]): string {
  return [ProblemSeverity.ERROR, ProblemSeverity.WARNING]
    .map(severity => ({ severity, count: problems.filter(problem => problem.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count === 1 ? '' : 's'}`)
    .join(', ');
}
