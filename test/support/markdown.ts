/** A block of code between fences. */
export interface Fence {
  readonly language: string;
  readonly text: string;
  /** Of its first line, from 1. */
  readonly line: number;
}

/** A piece of a string, and the line that it stands in, from 1. */
export interface Piece {
  readonly text: string;
  readonly line: number;
}

const FENCE = /^([ \t]*)(`{3,}|~{3,})([^\n`]*)\n([^]*?)^[ \t]*\2[ \t]*$/gm;
const COMMENT = /<!--[^]*?-->/g;
const CODE = /(?<!`)(`+)(?!`)([^]*?[^`])\1(?!`)/g;
const LINK = /\[(?:[^\][]|\[[^\][]*\]|!\[[^\]]*\]\([^)]*\))*\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g;
const REFERENCE = /^ {0,3}\[[^\]]+\]:\s+<?(\S+?)>?(?:\s|$)/gm;
const HTML_ANCHOR = /<[a-z]+[^>]*\s(?:id|name)="([^"]+)"/g;
const HTML_LINK = /<(?:a|img)[^>]*\s(?:href|src)="([^"]+)"/g;
const HEADING = /^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$/gm;

/** All blocks of code. */
export function fencesIn(markdown: string): Fence[] {
  return [...markdown.matchAll(FENCE)].map(({ index, 1: indent, 3: info, 4: text }) => ({
    language: info.trim().split(/\s/)[0],
    text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    line: lineAt(markdown, index) + 1,
  }));
}

/** What stands in backticks within the text. */
export function inlineCodeIn(markdown: string): Piece[] {
  return piecesOf(proseOf(markdown), CODE, 2).map(({ text, line }) => ({ text: text.replace(/\s+/g, ' ').trim(), line }));
}

/** Targets of links and pictures, as they are written. */
export function linksIn(markdown: string): Piece[] {
  const text = blank(proseOf(markdown), CODE);
  const found = [LINK, REFERENCE, HTML_LINK].flatMap(pattern => piecesOf(text, pattern, 1));
  // A picture may be the text of a link.
  return [...found, ...piecesOf(text, /!\[[^\]]*\]\(([^)\s]+)\)/g, 1)];
}

/** The anchors that GitHub gives to headings, and those that are written as HTML. */
export function anchorsIn(markdown: string): Set<string> {
  const anchors = new Set(piecesOf(markdown, HTML_ANCHOR, 1).map(({ text }) => text));
  const seen = new Map<string, number>();
  for (const { text } of piecesOf(proseOf(markdown), HEADING, 1)) {
    const slug = slugOf(text);
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    anchors.add(times === 0 ? slug : `${slug}-${times}`);
  }
  return anchors;
}

/** Cells of the tables whose first column has this title, row by row. */
export function tableRowsIn(markdown: string, firstTitle: string): string[][] {
  const tables = proseOf(markdown).matchAll(new RegExp(`^\\|\\s*${firstTitle}\\s*\\|.*\\n\\|[-:| ]+\\|\\n((?:\\|.*\\n?)*)`, 'gm'));
  return [...tables].flatMap(([, rows]) => rows.trim().split('\n').map(row => row.split(/(?<!\\)\|/).slice(1, -1).map(cell => cell.trim()))); // prettier-ignore
}

function slugOf(heading: string): string {
  const text = heading.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[`*]|<[^>]+>/g, '');
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** The text without blocks of code and comments, line by line as it was. */
function proseOf(markdown: string): string {
  return blank(blank(markdown, FENCE), COMMENT);
}

function blank(text: string, pattern: RegExp): string {
  return text.replaceAll(pattern, found => found.replaceAll(/[^\n]/g, ' '));
}

function piecesOf(text: string, pattern: RegExp, group: number): Piece[] {
  return [...text.matchAll(pattern)].map(match => ({ text: match[group], line: lineAt(text, match.index) }));
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
