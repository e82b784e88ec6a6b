import { JsonPatch } from 'cdk8s';
import { ConfigurationError } from '../topology/rules/judging/configuration-error';
import { errorOf, type Problem } from '../topology/rules/judging/problem';
import type { PatchOperationSettings, PatchSettings } from '../topology/settings/patches';
import type { RenderedObject } from './workload';

/**
 * What patches call an object, where that is not its own name.
 *
 * @internal
 */
export type PatchName = (object: RenderedObject) => string | undefined;

/**
 * The objects with all patches applied. A patch that finds no object or does not fit is an error that names it: a change that
 * somebody relies on must not be lost because an object got another name.
 *
 * @param patchName the name of an object that has another one in each region: a patch holds for both
 *
 * @internal
 */
export function patchedObjects<T extends RenderedObject>(
  objects: readonly T[],
  patches: readonly PatchSettings[],
  patchName: PatchName = () => undefined,
): T[] {
  const problems: Problem[] = [];
  const nameOf = (object: RenderedObject): string => patchName(object) ?? object.metadata.name;
  const patched = [...objects];
  patches.forEach(({ kind, name, operations }, i) => {
    const index = patched.findIndex(object => object.kind === kind && nameOf(object) === name);
    if (index < 0) {
      const named = objects.map(object => ({ kind: object.kind, name: nameOf(object) }));
      problems.push(unmatched(`patches[${i}]`, `${kind}/${name}`, kind, named));
      return;
    }
    operations.forEach((operation, j) => {
      const reason = obstacle(patched[index], operation);
      // It changes what it is given.
      if (reason === undefined) patched[index] = JsonPatch.apply(structuredClone(patched[index]), operationOf(operation)) as T;
      else problems.push(failed(`patches[${i}].operations[${j}].path`, operation, `${kind}/${name}`, reason));
    });
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return patched;
}

/** `@see` RFC 6902: what must be there before an operation */
function obstacle(document: unknown, { op, path, value, from }: PatchOperationSettings): string | undefined {
  if (op === 'move' && path.startsWith(`${from}/`)) return `'${from}' cannot be moved into itself`;
  const sources = { remove: path, replace: path, test: path, move: from!, copy: from! } as Readonly<Record<string, string>>;
  const source = sources[op];
  if (source !== undefined && at(document, source) === undefined) return `there is nothing at '${source}'`;
  if (op === 'test') return isSame(at(document, path), value) ? undefined : 'the value is another one';
  const parent = path.slice(0, path.lastIndexOf('/'));
  const last = path.slice(parent.length + 1);
  const container = at(document, parent);
  if (typeof container !== 'object' || container === null) return `there is nothing at '${parent}' to hold it`;
  if (!Array.isArray(container)) return undefined;
  const isPlace = last === '-' || (/^(0|[1-9]\d*)$/.test(last) && Number(last) <= container.length);
  return isPlace ? undefined : `a list of ${container.length} has no place '${last}'`;
}

/** The value at a JSON pointer. */
function at(document: unknown, pointer: string): unknown {
  const keys = pointer
    .split('/')
    .slice(1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined,
    document,
  );
}

/** The order of keys is no difference. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every(key => isSame((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}

function operationOf({ op, path, value, from }: PatchOperationSettings): JsonPatch {
  switch (op) {
    case 'remove':
      return JsonPatch.remove(path);
    case 'move':
      return JsonPatch.move(from!, path);
    case 'copy':
      return JsonPatch.copy(from!, path);
    case 'replace':
      return JsonPatch.replace(path, value);
    case 'test':
      return JsonPatch.test(path, value);
    default:
      return JsonPatch.add(path, value);
  }
}

function unmatched(
  setting: string,
  value: string,
  kind: string,
  objects: readonly { readonly kind: string; readonly name: string }[],
): Problem {
  const others = objects.filter(object => object.kind === kind).map(({ name }) => name);
  const kinds = [...new Set(objects.map(object => object.kind))];
  const fix = others.length > 0 ? `objects of this kind are ${others.join(', ')}` : `kinds of objects are ${kinds.join(', ')}`;
  return errorOf({ rule: 'patch-target', setting, value, requirement: 'must name an object that is rendered', fix });
}

function failed(setting: string, { op, path }: PatchOperationSettings, object: string, reason: string): Problem {
  const requirement = `must fit ${object}: '${op}' cannot be done, because ${reason}`;
  return errorOf({
    rule: 'patch-failed',
    setting,
    value: path,
    requirement,
    fix: `compare it with what 'camunda-dual-region manifests' writes`,
  });
}
