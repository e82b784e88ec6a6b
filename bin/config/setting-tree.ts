import { isAlias, isMap, isScalar, isSeq, type Alias, type Node, type YAMLMap } from 'yaml';
import { errorOf } from '../../constructs/topology/rules/judging/problem';
import { placeAt } from './text-place';
import type { PlacedProblem, YamlSource } from './yaml-source';

/** Where a setting stands in the text, as offsets. */
export interface SettingPlace {
  /** Start of its key; of its value where it is an entry of a list. */
  readonly key: number;
  readonly value: number;
  /** Where its value ends. */
  readonly end: number;
  /** The value as it is written, where it is a single one. */
  readonly source?: string;
}

/** A document as plain values, and where each of them stands. */
export interface SettingTree {
  /** Undefined where aliases make no usable tree. */
  readonly value: unknown;
  readonly places: ReadonlyMap<string, SettingPlace>;
  /** Settings whose value is not known, because their alias stands for nothing. */
  readonly unknown: ReadonlySet<string>;
  readonly problems: readonly PlacedProblem[];
}

/** A configuration has about a hundred, and one with many groups and authorizations some thousands. Aliases count as what they stand for, so that a few lines of them cannot become millions. */
const MAX_VALUES = 10_000;

/** The path of a setting, as rules name it. */
export function settingPath(parent: string, key: string | number): string {
  if (typeof key === 'number') return `${parent}[${key}]`;
  return parent === '' ? key : `${parent}.${key}`;
}

/**
 * Turns a document into plain values.
 *
 * A key that is probably misspelt is read as the key that is meant, so that what stands below it is checked as well.
 *
 * @param corrections the key that is meant, by the path of the setting as it is written
 */
export function settingTree(source: YamlSource, corrections: ReadonlyMap<string, string>): SettingTree {
  const walk = new Walk(source, corrections);
  try {
    return {
      value: walk.valueOf(source.document?.contents ?? null, ''),
      places: walk.places,
      unknown: walk.unknown,
      problems: walk.problems,
    };
  } catch (error) {
    if (!(error instanceof UnusableAliases)) throw error;
    return { value: undefined, places: new Map(), unknown: new Set(), problems: [error.placed] };
  }
}

class UnusableAliases extends Error {
  public constructor(public readonly placed: PlacedProblem) {
    super(placed.problem.requirement);
  }
}

class Walk {
  public readonly places = new Map<string, SettingPlace>();
  public readonly unknown = new Set<string>();
  public readonly problems: PlacedProblem[] = [];
  private readonly open = new Set<Node>();
  private count = 0;
  /** The alias in the text that is being followed, if any: those inside of what it stands for are not where the reader looks. */
  private followed?: Alias;

  public constructor(
    private readonly source: YamlSource,
    private readonly corrections: ReadonlyMap<string, string>,
  ) {}

  public valueOf(node: Node | null, setting: string): unknown {
    if (++this.count > MAX_VALUES) throw this.tooManyValues(this.followed ?? node);
    if (isAlias(node)) return this.targetOf(node, setting);
    if (isScalar(node)) return node.value;
    if (node === null) return null;
    this.open.add(node);
    const value = isMap(node) ? this.mappingOf(node, setting) : isSeq(node) ? this.listOf(node.items, setting) : null;
    this.open.delete(node);
    return value;
  }

  private targetOf(alias: Alias, setting: string): unknown {
    const target = this.source.aliases.get(alias);
    if (!target) return this.noteUnknown(alias, setting);
    if (this.open.has(target)) throw this.endless(alias);
    const outer = this.followed;
    this.followed = outer ?? alias;
    const value = this.valueOf(target, setting);
    this.followed = outer;
    return value;
  }

  private listOf(items: readonly unknown[], setting: string): unknown[] {
    return items.map((item, i) => {
      const node = item as Node;
      const path = settingPath(setting, i);
      this.places.set(path, placeOf(node, startOf(node)));
      return this.valueOf(node, path);
    });
  }

  private mappingOf(map: YAMLMap, setting: string): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    for (const pair of map.items) {
      // A key that is no text has its own problem.
      if (!isScalar(pair.key)) continue;
      const written = String(pair.key.value);
      const key = this.corrections.get(settingPath(setting, written)) ?? written;
      const path = settingPath(setting, key);
      const node = pair.value as Node | null;
      const offset = startOf(pair.key);
      const value = this.valueOf(node, path);
      if (entries.has(key)) this.noteDuplicate(path, offset, value);
      this.places.set(path, placeOf(node, offset));
      entries.set(key, value);
    }
    // Unlike an assignment, this makes a plain entry of a key like __proto__.
    return Object.fromEntries(entries);
  }

  private noteUnknown(alias: Alias, setting: string): null {
    this.unknown.add(setting);
    // Unlike nothing at all, this is not replaced by a default.
    if (this.followed) return null;
    const requirement = 'must not be an alias of nothing';
    const fix = `define &${alias.source} further up, or write the text in quotes`;
    const problem = errorOf({ rule: 'alias-unknown', setting, value: `*${alias.source}`, requirement, fix });
    this.problems.push({ problem, offset: startOf(alias) });
    return null;
  }

  private noteDuplicate(setting: string, offset: number, value: unknown): void {
    // A mapping that an alias repeats has been judged where it stands.
    if (this.followed) return;
    const first = placeAt(this.source.text, this.places.get(setting)?.key ?? 0).line;
    const fix = `remove this one or the one in line ${first}: only the last would count`;
    this.problems.push({
      problem: errorOf({ rule: 'duplicate-key', setting, value, requirement: 'must be given only once', fix }),
      offset,
    });
  }

  private tooManyValues(node: Node | null): UnusableAliases {
    const problem = errorOf({
      rule: 'too-many-values',
      setting: '',
      value: isAlias(node) ? `*${node.source}` : undefined,
      requirement: `must hold at most ${MAX_VALUES} values, counting what each alias repeats`,
      fix: isAlias(node)
        ? 'remove aliases of aliases'
        : 'remove whatever is no setting, and keep long lists of users in Camunda or at a provider',
    });
    return new UnusableAliases({ problem, offset: node ? startOf(node) : 0 });
  }

  private endless(alias: Alias): UnusableAliases {
    const problem = errorOf({
      rule: 'alias-endless',
      setting: '',
      value: `*${alias.source}`,
      requirement: 'must not repeat a value inside of itself',
      fix: 'write the value out in one of both places',
    });
    return new UnusableAliases({ problem, offset: startOf(alias) });
  }
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

/** A key without a value stands for itself. */
function placeOf(node: Node | null, key: number): SettingPlace {
  const source = isScalar(node) ? node.source : undefined;
  const value = node && source !== '' ? startOf(node) : key;
  return { key, value, end: node?.range?.[1] ?? value, source };
}
