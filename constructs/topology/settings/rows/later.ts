/**
 * What a changed setting does to a system that runs, the mildest first.
 *
 * @internal
 */
export enum Effect {
  /** No pod is restarted, and no node replaced. */
  UNNOTICED = 'unnoticed',
  /** Pods that are no brokers are replaced: Connectors, Elasticsearch, gateways, controllers, add-ons. */
  PODS_ROLL = 'pods roll',
  /** The brokers of a region are restarted, one after the other. */
  BROKERS_ROLL = 'brokers roll',
  /** The nodes of a region are replaced, one after the other, and every pod on them moves. */
  NODES_ROLL = 'nodes roll',
  /** More than a deployment is needed, or several in an order that a page describes. */
  PROCEDURE = 'procedure',
  /** AWS, Kubernetes or Camunda refuses it, or data is lost. */
  FIXED = 'fixed',
}

const SEVERITY: readonly Effect[] = Object.values(Effect);

/**
 * Whether one effect is milder than another one.
 *
 * @internal
 */
export function isMilder(one: Effect, other: Effect): boolean {
  return SEVERITY.indexOf(one) < SEVERITY.indexOf(other);
}

/**
 * What changing a setting later does.
 *
 * @internal
 */
export interface Later {
  readonly effect: Effect;
  /** What there is to know about it, as a sentence. */
  readonly note?: string;
  /** The page that describes the procedure, within `docs/`. */
  readonly page?: string;
}

/** @internal */
export const UNNOTICED: Later = { effect: Effect.UNNOTICED };

/** @internal */
export const BROKERS_ROLL: Later = { effect: Effect.BROKERS_ROLL };

/** @internal */
export const PODS_ROLL: Later = { effect: Effect.PODS_ROLL };

/** @internal */
export const NODES_ROLL: Later = { effect: Effect.NODES_ROLL };

/**
 * A change that a page describes.
 *
 * @internal
 */
export function procedure(page: string, note?: string): Later {
  return { effect: Effect.PROCEDURE, page, note };
}

/**
 * A change that cannot be made: why, and what to do instead.
 *
 * @internal
 */
export function fixed(note: string, page?: string): Later {
  return { effect: Effect.FIXED, note, page };
}

const WORDS: Readonly<Record<Effect, string>> = {
  [Effect.UNNOTICED]: 'Nothing that runs notices it.',
  [Effect.PODS_ROLL]: 'Pods that are no brokers are replaced.',
  [Effect.BROKERS_ROLL]: 'Brokers restart, one after the other in each region.',
  [Effect.NODES_ROLL]: 'Nodes are replaced, one after the other in each region, and all pods on them move.',
  [Effect.PROCEDURE]: 'Needs a procedure.',
  [Effect.FIXED]: 'Cannot be changed.',
};

/**
 * What changing a setting does, as sentences.
 *
 * @internal
 */
export function laterText({ effect, note, page }: Later = UNNOTICED): string {
  const where = page === undefined ? [] : [`See docs/${page}.`];
  return [WORDS[effect], ...(note === undefined ? [] : [note]), ...where].join(' ');
}
