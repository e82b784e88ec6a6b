import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { anchorsIn, linksIn } from './markdown';

export const ROOT = join(__dirname, '..', '..');
/** What others make, and what is made on this machine. */
const NOT_OURS = ['node_modules', 'dist', 'cdk.out', 'out', 'coverage', 'reports'];

/** A text in Markdown, by its path within the project. */
export interface MarkdownFile {
  readonly path: string;
  readonly text: string;
}

/** All texts in Markdown that a person has written or generated for readers. */
export function markdownFiles(folder = ROOT): MarkdownFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.includes(entry.name) || entry.name.startsWith('.') ? [] : markdownFiles(path);
    return entry.name.endsWith('.md') ? [{ path: relative(ROOT, path), text: readFileSync(path, 'utf8') }] : [];
  });
}

/** What users read: the first page, and all in docs that is not generated from elsewhere. */
export function userDocuments(): MarkdownFile[] {
  return markdownFiles().filter(({ path }) => path === 'README.md' || (path.startsWith('docs/') && !path.startsWith('docs/runbook/')));
}

/**
 * Links that lead to no file of the project, or to no heading of it. Those into the internet are left alone.
 *
 * @param files the texts whose links are followed
 * @param all every text that may be linked to
 * @param isThere whether a path within the project exists
 */
export function brokenLinks(files: readonly MarkdownFile[], all: readonly MarkdownFile[], isThere = existsInProject): string[] {
  const texts = new Map(all.map(({ path, text }) => [path, text]));
  return files.flatMap(({ path, text }) =>
    linksIn(text).flatMap(({ text: target, line }) => {
      if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return [];
      const at = `${path}:${line}: ${target}`;
      const [file, anchor] = target.split('#');
      const linked = file === '' ? path : normalize(join(dirname(path), decodeURI(file))).replace(/\/$/, '');
      if (linked.startsWith('..') || !isThere(linked)) return [`${at} leads to no file`];
      const markdown = texts.get(linked);
      return anchor === undefined || (markdown !== undefined && anchorsIn(markdown).has(anchor)) ? [] : [`${at} leads to no heading`];
    }),
  );
}

function existsInProject(path: string): boolean {
  return existsSync(join(ROOT, path));
}
