/** What an id says. */
interface Parts {
  /** The zone of a broker, where a cluster has zones. */
  readonly zone: string;
  readonly index: number;
}

/** `3`, or `eu-west-2_0` in a cluster with zones: a zone's name holds no underscore. */
const ID = /^(?:([A-Za-z0-9][A-Za-z0-9-]*)_)?(\d+)$/;

/**
 * Id of a broker as one answer names it: a number, or text. Nothing if it is neither.
 *
 * @see https://docs.camunda.io/docs/self-managed/components/orchestration-cluster/zeebe/operations/management-api/
 *
 * @internal
 */
export function brokerIdIn(value: unknown): string | undefined {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  return ID.test(text) ? text : undefined;
}

/**
 * Order in which Camunda looks for its coordinator: the lowest index, then the first zone by name. Brokers without a zone come before
 * those with one.
 *
 * @internal
 */
export function compareBrokerIds(a: string, b: string): number {
  const [one, other] = [a, b].map(partsOf);
  if (one.index !== other.index) return one.index - other.index;
  return one.zone === other.zone ? 0 : one.zone < other.zone ? -1 : 1;
}

/**
 * The numbers that the API of a cluster without zones takes.
 *
 * @throws Error for an id with a zone. Such a broker is never removed or added by number
 *
 * @internal
 */
export function numbersOf(ids: readonly string[]): number[] {
  return ids.map(id => {
    const { zone, index } = partsOf(id);
    if (zone !== '') throw new Error(`broker ${id} has a zone: it has no number`);
    return index;
  });
}

function partsOf(id: string): Parts {
  const match = ID.exec(id);
  if (match === null) throw new Error(`'${id}' is not the id of a broker`);
  return { zone: match[1] ?? '', index: Number(match[2]) };
}
