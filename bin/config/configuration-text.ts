import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { closest, distance } from 'fastest-levenshtein';
import { errorOf, type Problem } from '../../constructs/topology/rules/judging/problem';
import { isMapping } from '../../constructs/topology/settings/rows/value-kinds';

/** Far above any configuration, and so small that even text made to keep a parser busy is soon read. */
const MAX_BYTES = 64 * 1024;

/** Reads a file as text. A problem instead of the text if that is not possible. */
export function readConfigurationText(path: string): { readonly text: string } | { readonly problem: Problem } {
  let bytes: Buffer;
  try {
    bytes = firstBytesOf(path, MAX_BYTES + 1);
  } catch (error) {
    return { problem: unreadable(path, error) };
  }
  if (bytes.length > MAX_BYTES) {
    return {
      problem: fileProblem(
        'file-too-large',
        `more than ${MAX_BYTES} bytes`,
        `must have at most ${MAX_BYTES} bytes`,
        'check that this is a configuration',
      ),
    };
  }
  const text = decode(bytes);
  if (text === undefined) {
    return { problem: fileProblem('file-encoding', 'other bytes', 'must be text in UTF-8', 'check the path, or save the file as UTF-8') };
  }
  return { text };
}

/** Does not ask for the size before, because a pipe has none. */
function firstBytesOf(path: string, limit: number): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(limit);
    let length = 0;
    for (let read = -1; read !== 0 && length < limit; length += read) {
      read = readSync(descriptor, buffer, length, limit - length, null);
    }
    return buffer.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

function decode(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // Characters that YAML does not allow: UTF-16 and most other binary files have them.
    return /(?![\t\n\r\u0085])\p{Cc}/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

function unreadable(path: string, error: unknown): Problem {
  const code = isMapping(error) && typeof error.code === 'string' ? error.code : 'an unknown error';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return fileProblem(
        'file-missing',
        'nothing',
        'must exist',
        similarFile(path) ?? 'check the path, which counts from the current folder',
      );
    case 'EISDIR':
      return fileProblem(
        'file-readable',
        'a folder',
        'must be a single file',
        `name a file in it, for example ${join(path, 'default.yaml')}`,
      );
    case 'EACCES':
    case 'EPERM':
      return fileProblem('file-readable', code, 'must be readable', 'give yourself the permission to read it');
    default:
      return fileProblem('file-readable', code, 'must be readable', 'check the path');
  }
}

function similarFile(path: string): string | undefined {
  const stems = new Map(configurationsIn(dirname(path)).map(name => [parse(name).name, name]));
  const wanted = parse(path).name;
  const found = stems.size > 0 ? closest(wanted, [...stems.keys()]) : undefined;
  if (found === undefined || distance(wanted, found) > wanted.length / 3) return undefined;
  return `did you mean ${join(dirname(path), stems.get(found) ?? found)}?`;
}

function configurationsIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(name => /\.(ya?ml|json)$/.test(name));
  } catch {
    return [];
  }
}

function fileProblem(rule: string, got: string, requirement: string, fix: string): Problem {
  return { ...errorOf({ rule, setting: '', value: undefined, requirement, fix }), value: got };
}
