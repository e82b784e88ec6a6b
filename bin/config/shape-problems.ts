import type { z } from 'zod';
import { errorOf, onOneLine, show, type Problem } from '../../constructs/topology/rules/judging/problem';
import { fixOfHelmKey } from './helm-keys';
import { homesOf, keysAt, meantKey, valuesAt } from './known-keys';
import { notOffered } from './not-offered';
import { configurationSchema } from './schema';
import { settingPath, type SettingTree } from './setting-tree';

/** What is wrong with the keys of a configuration and with the kinds of its values. */
export interface ShapeFindings {
  readonly problems: readonly Problem[];
  /** The key that is probably meant, by the path of the setting as it is written. */
  readonly corrections: ReadonlyMap<string, string>;
}

/** Compares a tree with the schema of configurations. */
export function shapeFindings(tree: SettingTree): ShapeFindings {
  const corrections = new Map<string, string>();
  const problems = (configurationSchema.safeParse(tree.value).error?.issues ?? []).flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => unknownKey(issue.path, key, valueAt(tree.value, issue.path), corrections))
      : wrongValue(issue, tree),
  );
  return { problems, corrections };
}

const UNKNOWN_KEY = { rule: 'unknown-key', requirement: 'must be a known key' };

function unknownKey(path: readonly PropertyKey[], key: string, parent: unknown, corrections: Map<string, string>): Problem {
  const known = keysAt(path) ?? [];
  const setting = settingOf([...path, key]);
  const unavailable = notOffered(key, valueAt(parent, [key]));
  if (unavailable) return errorOf({ rule: 'not-offered', setting, value: key, ...unavailable });
  const fix = fixOfHelmKey(key, known);
  if (fix !== undefined) return errorOf({ ...UNKNOWN_KEY, setting, value: key, fix });
  const meant = meantKey(key, known);
  const isFree = meant !== undefined && !isIn(parent, meant);
  if (isFree) corrections.set(setting, meant);
  return errorOf({ ...UNKNOWN_KEY, setting, value: key, fix: fixOfUnknown(key, meant, known) });
}

function fixOfUnknown(key: string, meant: string | undefined, known: readonly string[]): string {
  if (meant !== undefined) return `did you mean '${meant}'?`;
  if (key === '<<') return 'give the whole mapping an alias instead: keys of two mappings are not merged';
  const homes = homesOf(key);
  if (homes.length > 0) return `move it to ${homes.map(home => `'${home}'`).join(' or ')}`;
  return `use one of ${known.join(', ')}`;
}

function wrongValue(issue: z.core.$ZodIssue, tree: SettingTree): Problem {
  const setting = settingOf(issue.path);
  const parent = valueAt(tree.value, issue.path.slice(0, -1));
  const last = issue.path.at(-1);
  if (last !== undefined && !isIn(parent, last)) {
    return errorOf({ rule: 'missing-key', setting, value: undefined, requirement: 'must be given', fix: 'add it: it has no default' });
  }
  const kind = kindOf(issue);
  const value = valueAt(tree.value, issue.path);
  const source = tree.places.get(setting)?.source;
  return {
    ...errorOf({ rule: 'wrong-kind', setting, value, requirement: `must be ${kind}`, fix: fixOfValue(kind, value, issue.path, source) }),
    // 1.30 as it is written, and not the 1.3 that it was read as.
    ...(typeof value === 'number' && source !== undefined && { value: onOneLine(source) }),
    ...(value === null && { value: show(undefined) }),
  };
}

type Kind = 'a string' | 'a whole number' | 'a number' | 'true or false' | 'a list' | 'a mapping' | 'of another kind';

function kindOf(issue: z.core.$ZodIssue): Kind {
  // Numbers beyond 2^53 are too big or too small for a whole number.
  if (issue.code === 'too_big' || issue.code === 'too_small') return 'a whole number';
  if (issue.code !== 'invalid_type') return 'of another kind';
  switch (issue.expected) {
    case 'string':
      return 'a string';
    case 'int':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    case 'object':
    case 'record':
      return 'a mapping';
    default:
      return 'of another kind';
  }
}

function fixOfValue(kind: Kind, value: unknown, path: readonly PropertyKey[], source = ''): string {
  if (typeof value === 'boolean' && keysAt(path)?.includes('enabled')) return `write ${String(path.at(-1))}: { enabled: ${value} }`;
  const allowed = valuesAt(path);
  if (kind === 'a string' && allowed !== undefined && typeof value === 'number' && !allowed.includes(source)) {
    return `choose one of ${allowed.map(one => `'${one}'`).join(', ')}, in quotes`;
  }
  return fixOfKind(kind, value, source);
}

function fixOfKind(kind: Kind, value: unknown, source: string): string {
  const isContainer = kind === 'a list' || kind === 'a mapping';
  if (value === null)
    return isContainer
      ? 'indent what belongs to it, or remove the key'
      : 'write it behind the colon, or remove the key if it has a default';
  const isSingle = typeof value !== 'object';
  switch (kind) {
    case 'a string':
      return isSingle ? `put it in quotes: "${onOneLine(source)}"` : 'write a single string';
    case 'a whole number':
    case 'a number':
      if (typeof value === 'string' && /^\s*[-+]?\d+\s*$/.test(value)) return `remove the quotes: ${onOneLine(value.trim())}`;
      if (typeof value === 'string' && /^\d+\s*[a-z]+$/i.test(value)) return 'write the number alone: the unit is part of the key';
      return kind === 'a whole number' ? 'write digits only, without quotes' : 'write a number, without quotes';
    case 'true or false':
      return 'write true or false, without quotes';
    case 'a list':
      return isSingle ? `put it in brackets: [${onOneLine(source)}]` : 'put a hyphen before each entry';
    case 'a mapping':
      return isSingle ? "write its settings below it, each as 'key: value'" : "write 'key: value' below it, without hyphens";
    default:
      return 'compare it with config/schema.json';
  }
}

function isIn(container: unknown, key: PropertyKey): boolean {
  return typeof container === 'object' && container !== null && Object.hasOwn(container, key);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (isIn(at, key) ? (at as Record<PropertyKey, unknown>)[key] : undefined), value);
}

function settingOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((at, key) => settingPath(at, typeof key === 'number' ? key : String(key)), '');
}
