/** As the management API writes the id of a member: a number where there are no zones. */
export function wireId(id: string): string | number {
  return id.includes('_') ? id : Number(id);
}

/** The index of a broker in its zone, or its number. */
export function indexOf(id: string): number {
  return Number(id.slice(id.lastIndexOf('_') + 1));
}

/** Members in the order of their comparator in Camunda: by index, then by zone. */
export function inOrder(ids: Iterable<string>): string[] {
  const key = (id: string): [number, string] => [indexOf(id), id.slice(0, Math.max(0, id.lastIndexOf('_')))];
  return [...ids].sort((a, b) => key(a)[0] - key(b)[0] || (key(a)[1] < key(b)[1] ? -1 : 1));
}

/** Operations of a change as the management API writes them. */
export function wireOperation<T extends { readonly brokerId: string; readonly brokers?: readonly string[] }>(operation: T): object {
  const { brokerId, brokers } = operation;
  return { ...operation, brokerId: wireId(brokerId), ...(brokers ? { brokers: brokers.map(wireId) } : {}) };
}
