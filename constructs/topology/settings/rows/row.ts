import type { DefaultPlan } from './default-plan';
import type { Later } from './later';

/**
 * One demand on a single value.
 *
 * @internal
 */
export interface Check {
  readonly rule: string;
  readonly accepts: (value: unknown) => boolean;
  /** Continues the sentence that starts with the setting. */
  readonly requirement: string;
  readonly fix: string | ((value: unknown) => string);
  /** Whether the deployment can work all the same. */
  readonly isWarning?: boolean;
  /** What editors know of it, where they can. */
  readonly pattern?: RegExp;
  readonly oneOf?: readonly (string | number)[];
}

/**
 * One demand on each entry of a mapping.
 *
 * @internal
 */
export interface EntryCheck {
  readonly accepts: (key: string, value: unknown) => boolean;
  readonly requirement: string;
  readonly fix: string;
  /** What editors know of keys and values, where they can. */
  readonly key?: RegExp;
  readonly value?: RegExp;
}

/**
 * The words of a message.
 *
 * @internal
 */
export interface Words {
  readonly rule: string;
  readonly requirement: string;
  readonly fix: string;
}

/**
 * A setting, as a path, and the only value of it with which others mean something.
 *
 * @internal
 */
export interface Needed {
  readonly setting: string;
  readonly value: string;
}

/**
 * What every row can say.
 *
 * @internal
 */
export interface Meaning {
  /** Whether it must be given; a string says why it has no default. */
  readonly required?: true | string;
  /** A value, or a function of the section and of the plan. Without one, the setting may be absent. */
  readonly default?: unknown;
  /**
   * The settings that a computed default follows, the most telling one first: a mistake in the default is theirs. Without a dot, one
   * of the same section.
   */
  readonly follows?: readonly string[];
  /** Why the computed default is what it is, where a summary is to tell it: continues `chosen`. */
  readonly chosen?: string;
  /** The version of Camunda from which on it means nothing, and the section that does its work there. */
  readonly until?: { readonly version: string; readonly instead: string };
  /** What it means nothing without: a switch, as a path, or a setting of one value. */
  readonly needs?: string | Needed;
  /** What changing it later does to a system that runs. Without it, what the section says that it is in. */
  readonly later?: Later;
}

interface BooleanRow extends Meaning {
  readonly kind: 'boolean';
  /** Id of the rule that judges it: `boolean` where it has none of its own. */
  readonly rule?: string;
}

interface NumberRow extends Meaning {
  readonly kind: 'integer' | 'number';
  /** Limits of a whole number. */
  readonly min?: number;
  readonly max?: number;
  readonly multipleOf?: number;
  /** A setting of the same section that it must not be less than. */
  readonly atLeast?: string;
  /** What a single number must be beyond limits: instead of them. */
  readonly checks?: readonly Check[];
}

interface StringRow extends Meaning {
  readonly kind: 'string';
  readonly checks?: readonly Check[];
  /** Values that editors suggest. */
  readonly examples?: readonly string[];
}

/** A list of strings. Rules judge it where it has no words of its own. */
interface StringsRow extends Meaning {
  readonly kind: 'strings';
  readonly list?: Words;
  readonly length?: number;
  readonly checks?: readonly Check[];
}

/** A list of mappings. Rules judge it where it has no words of its own. */
interface ListRow extends Meaning {
  readonly kind: 'list';
  readonly rows: Table;
  readonly length?: number;
  readonly list?: Words;
  /** How an entry is written. */
  readonly entryFix?: string;
}

/** A mapping of names to strings. Rules judge it where it has no words of its own. */
interface MapRow extends Meaning {
  readonly kind: 'map';
  readonly map?: Words;
  /** Most entries. */
  readonly max?: number;
  readonly checks?: readonly EntryCheck[];
}

interface SectionRow extends Meaning {
  readonly kind: 'section';
  readonly rows: Table;
  /** Whether there is none where it is left out, instead of one with all defaults. */
  readonly optional?: true;
  /** What is said where it is no mapping. */
  readonly section?: Words;
}

/** Plain data of any kind. */
interface AnyRow extends Meaning {
  readonly kind: 'any';
}

/** @internal */
export type Row = BooleanRow | NumberRow | StringRow | StringsRow | ListRow | MapRow | SectionRow | AnyRow;

/** @internal */
export interface Table {
  readonly [key: string]: Row;
}

/** A default that follows other settings of its section, or the plan. */
type Default<V, Own> = V | ((own: Required<Own>, plan: DefaultPlan) => V);

type KindOf<V> = [V] extends [boolean]
  ? BooleanRow
  : [V] extends [number]
    ? NumberRow
    : [V] extends [string]
      ? StringRow
      : [V] extends [readonly string[]]
        ? StringsRow
        : [V] extends [readonly (infer Entry)[]]
          ? ListRow & { readonly rows: Rows<Entry> }
          : [V] extends [Readonly<Record<string, string>>]
            ? MapRow
            : SectionRow & { readonly rows: Rows<V> };

type Presence<V, Own> = undefined extends V
  ? { readonly required?: never; readonly default?: Default<NonNullable<V>, Own> }
  : { readonly required: true | string };

/**
 * The rows of an interface: one for each of its settings, of the setting's own kind. Does not compile once the two differ.
 *
 * @internal
 */
export type Rows<T> = {
  readonly [K in keyof T]-?: Presence<T[K], T> & (unknown extends T[K] ? AnyRow : KindOf<NonNullable<T[K]>>);
};

/**
 * Rows that all have a default.
 *
 * @internal
 */
export type DefaultedRows<T> = { readonly [K in keyof T]-?: Rows<T>[K] & { readonly default: unknown } };

type IsAlwaysThere<R> = R extends { readonly optional: true }
  ? false
  : R extends { readonly default: unknown } | { readonly required: true | string } | { readonly kind: 'section' }
    ? true
    : false;

type ResolvedValue<V, R> = R extends { readonly kind: 'section'; readonly rows: infer S }
  ? Resolved<V, S>
  : V extends readonly (infer Entry)[]
    ? readonly Entry[]
    : V;

/**
 * The settings of an interface with every default of its rows filled in.
 *
 * @internal
 */
export type Resolved<T, R> = {
  readonly [K in keyof T & keyof R as IsAlwaysThere<R[K]> extends true ? K : never]-?: ResolvedValue<NonNullable<T[K]>, R[K]>;
} & {
  readonly [K in keyof T & keyof R as IsAlwaysThere<R[K]> extends true ? never : K]?: R[K] extends { readonly kind: 'section' }
    ? ResolvedValue<NonNullable<T[K]>, R[K]>
    : T[K];
};
