/** @internal */
export type Data = Readonly<Record<string, unknown>>;

/** @internal */
export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A value as text that does not depend on the order of its keys, and in which a key without a value is as good as none.
 *
 * @internal
 */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? '';
}

/** @internal */
export function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isData(value)) return value;
  const keys = Object.keys(value).filter(key => value[key] !== undefined);
  return Object.fromEntries(keys.sort().map(key => [key, sorted(value[key])]));
}

/** @internal */
export interface FieldDifference {
  /** Keys joined with dots. Entries of lists by their name or key if all have one, else by their position. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * The deepest fields that differ.
 *
 * @internal
 */
export function fieldDifferences(before: unknown, after: unknown, field = ''): FieldDifference[] {
  if (isSame(before, after)) return [];
  const [a, b] = [named(before), named(after)];
  if (!a || !b) return [{ field, before, after }];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const inner = keys.flatMap(key => fieldDifferences(a[key], b[key], field === '' ? key : `${field}.${key}`));
  // Only the order of a list differs.
  return inner.length > 0 ? inner : [{ field: `${field} (order)`, before: Object.keys(a).join(', '), after: Object.keys(b).join(', ') }];
}

/** A mapping, or a list whose entries have different names, as a mapping. */
function named(value: unknown): Data | undefined {
  if (isData(value)) return value;
  if (!Array.isArray(value) || !value.every(isData)) return undefined;
  const names = value.map(entry => entry.name ?? entry.Key ?? entry.mountPath);
  const areNames = names.every(name => typeof name === 'string') && new Set(names).size === names.length;
  return Object.fromEntries(value.map((entry, i) => [areNames ? names[i] : String(i), entry]));
}

/**
 * What a path of keys leads to.
 *
 * @internal
 */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isData(inner) ? inner[key] : undefined), value);
}

/** @internal */
export function without(data: Data, ...keys: readonly string[]): Data {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !keys.includes(key)));
}
