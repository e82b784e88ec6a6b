import { ProblemSeverity } from '../../constructs/topology/rules/judging/problem';
import { counted } from '../../lib/review/document/cells';
import type { LocatedProblem } from '../config/located-problem';
import { code, commentMark, escaped, SYMBOLS, tableLines } from './markdown';

/** As many as fit into a comment, however long their values are. */
const MAX_ROWS = 50;

/** What a comment says in place of a review: with these mistakes nothing can be synthesised, and an old review would mislead. */
export function mistakesMarkdown(source: string, problems: readonly LocatedProblem[]): string {
  const errors = problems.filter(isError);
  const shown = [...errors, ...problems.filter(problem => !isError(problem))].slice(0, MAX_ROWS);
  return [
    commentMark(source),
    `## ${SYMBOLS.danger} ${errors.length === 1 ? 'A mistake' : `${errors.length} mistakes`} in the configuration`,
    '',
    `Nothing of ${code(source)} can be deployed or reviewed until this is fixed.`,
    '',
    ...tableLines(['', 'line', 'setting', 'problem', 'what to do'], shown.map(cellsOf)),
    '',
    ...(shown.length < problems.length
      ? [`*${counted(problems.length - shown.length, 'more is', 'more are')} in \`review.sarif\`.*`, '']
      : []),
  ].join('\n');
}

function cellsOf(problem: LocatedProblem): string[] {
  const { line, setting, requirement, value, fix, rule } = problem;
  const symbol = isError(problem) ? SYMBOLS.danger : SYMBOLS.warning;
  return [symbol, `${line}`, code(setting || 'the file'), escaped(`${requirement}, got ${value} [${rule}]`), escaped(fix)];
}

function isError({ severity }: LocatedProblem): boolean {
  return severity === ProblemSeverity.ERROR;
}
