import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What jest counts of a test file's snapshots, and what it was told to do with those that differ. */
interface SnapshotState {
  readonly _updateSnapshot: 'all' | 'new' | 'none';
  matched: number;
  unmatched: number;
  added: number;
  updated: number;
}

const REVIEW = 'read what has changed, and run jest with -u if it is meant so';

function stateOf(context: unknown): SnapshotState {
  return (context as { readonly snapshotState: SnapshotState }).snapshotState;
}

/** A snapshot that is a file of its own, so that people can read it. Follows `--ci` and `-u` as jest's own snapshots do. */
function toMatchFile(this: jest.MatcherContext, text: string, file: string): jest.CustomMatcherResult {
  const state = stateOf(this);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (before === text) {
    state.matched += 1;
    return { pass: true, message: () => `${file} has this text` };
  }
  if (state._updateSnapshot === 'all' || (state._updateSnapshot === 'new' && before === undefined)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    state[before === undefined ? 'added' : 'updated'] += 1;
    return { pass: true, message: () => `${file} was written` };
  }
  state.unmatched += 1;
  const difference = before === undefined ? 'it is not there' : this.utils.diff(before, text);
  return { pass: false, message: () => `${file}: ${REVIEW}\n\n${difference}` };
}

/** Finds snapshots that nothing writes any more. With `-u` they are removed. */
function toBeAllFilesIn(this: jest.MatcherContext, paths: readonly string[], folder: string): jest.CustomMatcherResult {
  const there = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const obsolete = there.map(entry => join(entry.parentPath, entry.name)).filter(file => !paths.some(path => join(folder, path) === file));
  if (stateOf(this)._updateSnapshot === 'all') obsolete.splice(0).forEach(file => rmSync(file));
  return { pass: obsolete.length === 0, message: () => `nothing writes these any more: ${obsolete.join(', ')}; ${REVIEW}` };
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- as jest's own types have it
  namespace jest {
    interface Matchers<R> {
      toMatchFile(file: string): R;
      toBeAllFilesIn(folder: string): R;
    }
  }
}

expect.extend({ toMatchFile, toBeAllFilesIn });
