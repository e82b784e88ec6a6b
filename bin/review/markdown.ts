import { cellText, cellTone, counted, worstTone } from '../../lib/review/document/cells';
import type { Cell, ReviewDocument, ReviewSection, ReviewTable, Tone } from '../../lib/review/document/review-document';

/** Longest comment on a pull request, in characters. */
export const COMMENT_LIMIT = 65_536;

/** The first line of a comment, by which the next run finds it and replaces it: one for each configuration. */
export function commentMark(source: string): string {
  return `<!-- camunda-dual-region review of ${encodeURI(source).replaceAll('-->', '--%3E')} -->`;
}

export const SYMBOLS: Readonly<Record<Tone, string>> = { plain: '', good: '✅', warning: '⚠️', danger: '🛑' };
const FEWEST_ROWS = 3;

/** A review as a comment on a pull request. Where it would be too long, the longest tables lose rows, and say so. */
export function reviewMarkdown(review: ReviewDocument, limit = COMMENT_LIMIT): string {
  let most = Math.max(0, ...review.sections.flatMap(({ tables }) => tables.map(({ rows }) => rows.length)));
  let text = markdownOf(review, most);
  while (text.length >= limit && most > FEWEST_ROWS) {
    most = Math.max(FEWEST_ROWS, Math.floor(most * 0.8));
    text = markdownOf(review, most);
  }
  return text.length < limit ? text : withoutTables(review, limit);
}

function markdownOf(review: ReviewDocument, mostRows: number): string {
  return [...headOf(review), ...review.sections.map(section => sectionText(section, mostRows)), ''].join('\n');
}

/** Only what each section comes to. */
function withoutTables(review: ReviewDocument, limit: number): string {
  const text = [...headOf(review), 'The tables are too long for a comment: see `review.html`.', ''].join('\n');
  return text.length < limit ? text : `${text.slice(0, limit - 2)}…`;
}

function headOf({ title, source, sections }: ReviewDocument): string[] {
  const worst = worstTone(sections.map(({ tone }) => tone));
  return [
    commentMark(source),
    `## ${SYMBOLS[worst]} ${escaped(title)}`.replace('##  ', '## '),
    '',
    `From ${code(source)}. The whole of it is in \`review.html\`, as data in \`review.json\`.`,
    '',
    ...tableLines(
      ['', 'section', 'what it comes to'],
      sections.map(section => [SYMBOLS[section.tone], escaped(section.title), escaped(section.summary)]),
    ),
    '',
  ];
}

function sectionText({ id, title, summary, tone, tables }: ReviewSection, mostRows: number): string {
  return [
    `<details id="${id}"${tone === 'danger' ? ' open' : ''}><summary>${SYMBOLS[tone]} <b>${escapedHtml(title)}</b></summary>`,
    '',
    escaped(summary),
    '',
    ...tables.map(table => tableText(table, mostRows)),
    '</details>',
    '',
  ].join('\n');
}

function tableText({ title, columns, rows, notes = [] }: ReviewTable, mostRows: number): string {
  const shown = shownRows(rows, mostRows);
  return [
    ...(title === undefined ? [] : [`**${escaped(title)}**`, '']),
    // A table may be nothing but its notes.
    ...(columns.length === 0
      ? []
      : tableLines(
          columns,
          shown.map(row => row.map(cellMarkdown)),
        )),
    '',
    ...(shown.length < rows.length
      ? [`*${counted(rows.length - shown.length, 'more row is', 'more rows are')} in \`review.html\` and \`review.json\`.*`, '']
      : []),
    ...notes.map(note => `<sub>${escaped(note)}</sub>`).flatMap(line => [line, '']),
  ].join('\n');
}

/** What is urgent is kept, in its order; then as many of the others as there is room for. */
function shownRows(rows: ReviewTable['rows'], most: number): ReviewTable['rows'] {
  const urgent = (row: readonly Cell[]): boolean => ['warning', 'danger'].includes(worstTone(row.map(cellTone)));
  const kept = new Set([...rows.filter(urgent), ...rows.filter(row => !urgent(row))].slice(0, most));
  return rows.filter(row => kept.has(row));
}

/** A table of cells that are markdown already. */
export function tableLines(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [columns, columns.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`);
}

function cellMarkdown(cell: Cell): string {
  return [SYMBOLS[cellTone(cell)], escaped(cellText(cell))].filter(Boolean).join(' ');
}

export function code(text: string): string {
  return `\`${text.replace(/[`\r\n]/g, "'")}\``;
}

/** Text that stays text: neither markup nor HTML, in one line. Addresses of web pages become links by themselves. */
export function escaped(text: string): string {
  return escapedHtml(text).replace(/[\\|*_`~[\]#]/g, character => (character === '_' || character === '#' ? character : `\\${character}`));
}

function escapedHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\s*[\r\n]+\s*/g, ' ');
}
