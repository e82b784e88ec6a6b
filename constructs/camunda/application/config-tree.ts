/** @internal */
export type PlainValue = string | number | boolean | readonly string[];

/** @internal */
export type Value = PlainValue | readonly Entry[] | readonly ZoneEntry[];

/** Settings that variables can hold too, by their dotted paths. */
export interface PlainSettings {
  readonly [path: string]: PlainValue;
}

/** Settings by their dotted paths. */
export interface Settings {
  readonly [path: string]: Value;
}

/** @internal */
export type ConfigTree = { [key: string]: ConfigTree | Value };

/**
 * An entry of a list.
 *
 * @internal
 */
export interface Entry {
  readonly [name: string]: PlainValue;
}

/** @internal */
export interface ZoneEntry {
  readonly name: string;
  readonly 'number-of-brokers': number;
  readonly 'number-of-replicas': number;
  readonly priority: number;
}

/**
 * One value under each name that a version has for it.
 *
 * @internal
 */
export function named(names: readonly string[], value: Value): Settings {
  return Object.fromEntries(names.map(name => [name, value]));
}

/**
 * Settings below a common parent.
 *
 * @internal
 */
export function below<V extends Value>(parent: string, settings: { readonly [path: string]: V }): { readonly [path: string]: V } {
  return Object.fromEntries(Object.entries(settings).map(([path, value]) => [`${parent}.${path}`, value]));
}

/**
 * Dotted paths as the tree that a reader of YAML expects.
 *
 * @internal
 */
export function treeOf(settings: Settings): ConfigTree {
  const root: ConfigTree = {};
  for (const [path, value] of Object.entries(settings)) {
    const keys = path.split('.');
    const last = keys.pop()!;
    let node = root;
    for (const key of keys) node = (node[key] ??= {}) as ConfigTree;
    node[last] = value;
  }
  return root;
}
