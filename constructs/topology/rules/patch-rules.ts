import { CLEAR_TEXT, isClearText } from '../plan/clear-text';
import { OPERATIONS, POINTER, WITH_SOURCE, WITH_VALUE } from '../settings/patches';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { isMapping, isTextOf } from '../settings/rows/value-kinds';
import { errorOf, type Problem } from './judging/problem';

/** What an object is found by, and what Kubernetes lets nobody change. */
const OWNED = [
  '/apiVersion',
  '/kind',
  '/metadata/name',
  '/metadata/namespace',
  '/spec/selector',
  '/spec/serviceName',
  '/spec/volumeClaimTemplates',
];

const EXAMPLE = "write it like { op: 'add', path: '/spec/template/spec/priority', value: 10 }";

/**
 * What patches may say. Whether an object is there to be patched is seen once it is rendered.
 *
 * @internal
 */
export function patchProblems({ patches }: ResolvedSettings): Problem[] {
  return entriesIn(patches).flatMap((patch, i) =>
    entriesIn(patch?.operations).flatMap((operation, j) => operationProblems(`patches[${i}].operations[${j}]`, operation)),
  );
}

/** The mappings of a list, each at its place: what is of another kind has its own problem. */
function entriesIn(list: unknown): (Readonly<Record<string, unknown>> | undefined)[] {
  return Array.isArray(list) ? list.map((entry: unknown) => (isMapping(entry) ? entry : undefined)) : [];
}

function operationProblems(at: string, operation: Readonly<Record<string, unknown>> | undefined): Problem[] {
  const { op, path, from, value } = operation ?? {};
  if (typeof op !== 'string' || !OPERATIONS.includes(op) || !isTextOf(POINTER, path)) return [];
  if (WITH_SOURCE.includes(op) ? !isTextOf(POINTER, from) : from !== undefined) {
    return [problem(`${at}.from`, from, 'must be a JSON pointer, with move and copy alone', "for example '/metadata/labels'")];
  }
  if (WITH_VALUE.includes(op) ? !isJson(value) : value !== undefined) {
    return [problem(`${at}.value`, value, 'must be there with add, replace and test, and be plain data', EXAMPLE)];
  }
  return [...ownedProblems(at, op, path, from), ...clearTextProblems(`${at}.value`, path, value)];
}

function ownedProblems(at: string, op: string, path: string, from: unknown): Problem[] {
  if (op === 'test') return [];
  const changed: [string, string][] = [
    [`${at}.path`, path],
    ...(op === 'move' ? [[`${at}.from`, from as string] as [string, string]] : []),
  ];
  return changed.flatMap(([setting, pointer]) => {
    const owned = OWNED.find(other => `${pointer}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${pointer}/`));
    if (owned === undefined) return [];
    const requirement = `must not touch '${owned}', by which the object is found or which cannot be changed`;
    return [errorOf({ rule: 'patch-owned', setting, value: pointer, requirement, fix: 'name what lies deeper, or leave it out' })];
  });
}

/** Passwords among the values: under a name that speaks of one, as a member of an object or as a variable. */
function clearTextProblems(setting: string, path: string, value: unknown): Problem[] {
  const names = secretsIn(value, path.split('/').at(-1)!);
  return names.map(name =>
    errorOf({
      rule: 'clear-text-secret',
      setting,
      value: `a string for ${name}`,
      requirement: CLEAR_TEXT,
      fix: 'keep it in a Secret, and refer to that with valueFrom',
    }),
  );
}

function secretsIn(value: unknown, name: string): string[] {
  if (typeof value === 'string') return isClearText(name, value) ? [name] : [];
  if (Array.isArray(value)) return value.flatMap(entry => secretsIn(entry, name));
  if (!isMapping(value)) return [];
  const variable = typeof value.name === 'string' ? secretsIn(value.value, value.name) : [];
  return [...variable, ...Object.entries(value).flatMap(([key, member]) => secretsIn(member, key))];
}

/** A value of any other kind would be lost in a manifest, or change. */
function isJson(value: unknown): boolean {
  if (value === null || ['string', 'boolean'].includes(typeof value)) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return isMapping(value) && Object.values(value).every(isJson);
}

function problem(setting: string, value: unknown, requirement: string, fix: string): Problem {
  return errorOf({ rule: 'patch', setting, value, requirement, fix });
}
