import { namesSecret, refersToSecret } from '../plan/owned-names';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { isMapping, isTextOf } from '../settings/value-kinds';
import { errorOf, type Problem } from './problem';

const KIND = /^[A-Z][A-Za-z]{0,62}$/;
const NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
/** `@see` RFC 6901, JavaScript Object Notation (JSON) Pointer */
const POINTER = /^(\/([^/~]|~[01])*)+$/;
const WITH_VALUE = ['add', 'replace', 'test'];
const WITH_SOURCE = ['move', 'copy'];
const OPERATIONS = [...WITH_VALUE, ...WITH_SOURCE, 'remove'];
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
  const setting = 'patches';
  if (!Array.isArray(patches)) {
    return [problem(setting, patches, 'must be a list', 'leave it out for no patches')];
  }
  return patches.flatMap((patch: unknown, i) => {
    const at = `${setting}[${i}]`;
    if (!isMapping(patch)) return [problem(at, patch, 'must be a mapping', 'name kind, name and operations')];
    const problems: Problem[] = [];
    if (!isTextOf(KIND, patch.kind))
      problems.push(problem(`${at}.kind`, patch.kind, 'must be a kind of object', "for example 'StatefulSet'"));
    if (!isTextOf(NAME, patch.name))
      problems.push(problem(`${at}.name`, patch.name, "must be an object's name", "for example 'camunda-zeebe'"));
    if (!Array.isArray(patch.operations)) return [...problems, problem(`${at}.operations`, patch.operations, 'must be a list', EXAMPLE)];
    return [...problems, ...patch.operations.flatMap((operation: unknown, j) => operationProblems(`${at}.operations[${j}]`, operation))];
  });
}

function operationProblems(at: string, operation: unknown): Problem[] {
  if (!isMapping(operation)) return [problem(at, operation, 'must be a mapping', EXAMPLE)];
  const { op, path, from, value } = operation;
  if (!OPERATIONS.includes(op as string)) return [problem(`${at}.op`, op, `must be one of ${OPERATIONS.join(', ')}`, EXAMPLE)];
  if (!isTextOf(POINTER, path)) return [problem(`${at}.path`, path, 'must be a JSON pointer', EXAMPLE)];
  if (WITH_SOURCE.includes(op as string) ? !isTextOf(POINTER, from) : from !== undefined) {
    return [problem(`${at}.from`, from, 'must be a JSON pointer, with move and copy alone', "for example '/metadata/labels'")];
  }
  if (WITH_VALUE.includes(op as string) ? !isJson(value) : value !== undefined) {
    return [problem(`${at}.value`, value, 'must be there with add, replace and test, and be plain data', EXAMPLE)];
  }
  return [...ownedProblems(at, op as string, path, from), ...clearTextProblems(`${at}.value`, path, value)];
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
      value: `a text for ${name}`,
      requirement: 'must not be in clear text, since its name speaks of a password, a token or a key',
      fix: 'keep it in a Secret, and refer to that with valueFrom',
    }),
  );
}

function secretsIn(value: unknown, name: string): string[] {
  if (typeof value === 'string') return namesSecret(name) && !refersToSecret(value) ? [name] : [];
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
