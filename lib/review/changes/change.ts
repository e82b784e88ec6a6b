/** Whether a change needs a decision, or only a reader. */
export type Danger = 'dangerous' | 'notice';

/**
 * What becomes different against the base.
 *
 * @internal
 */
export interface Change {
  /** Stable, so that it can be acknowledged: the kind, a colon, and what it is about. For example `cluster-replaced:region0`. */
  readonly id: string;
  readonly kind: string;
  readonly danger: Danger;
  readonly where: ChangedPlace;
  readonly before: string;
  readonly after: string;
  /** What it does to the running deployment. */
  readonly meaning: string;
  /** What to do, or to do instead. Empty if there is nothing to decide. */
  readonly advice: string;
}

/**
 * Where a change is seen.
 *
 * @internal
 */
export interface ChangedPlace {
  /** `settings`, a stack without the prefix of its name, or the manifests of a region. */
  readonly part: string;
  readonly object?: string;
  readonly field?: string;
}

/** @internal */
export type ChangeText = Pick<Change, 'meaning' | 'advice'> & { readonly before?: unknown; readonly after?: unknown };

/** @internal */
export function dangerous(kind: string, about: string, where: ChangedPlace, text: ChangeText): Change {
  return change('dangerous', kind, about, where, text);
}

/** @internal */
export function notice(kind: string, about: string, where: ChangedPlace, text: ChangeText): Change {
  return change('notice', kind, about, where, text);
}

function change(danger: Danger, kind: string, about: string, where: ChangedPlace, { before, after, meaning, advice }: ChangeText): Change {
  return {
    id: `${kind}:${about.replace(/[^\w./-]+/g, '-')}`,
    kind,
    danger,
    where,
    before: shown(before),
    after: shown(after),
    meaning,
    advice,
  };
}

const LONGEST = 120;

/**
 * A value for a reader, cut if it is long.
 *
 * @internal
 */
export function shown(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** @internal */
export function placeText({ part, object, field }: ChangedPlace): string {
  return [part, object, field].filter(piece => piece !== undefined && piece !== '').join(' / ');
}
