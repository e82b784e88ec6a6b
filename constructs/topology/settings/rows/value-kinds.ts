/**
 * Whether a setting is text of a certain form.
 *
 * Settings may come from JavaScript or from a file, so rules meet values of every kind. A pattern alone would turn those
 * into text first: the number 123 would pass as a name, and some objects would throw.
 *
 * @internal
 */
export function isTextOf(pattern: RegExp, value: unknown): value is string {
  return typeof value === 'string' && pattern.test(value);
}

/**
 * A name that is one part of a DNS name, as Kubernetes demands of namespaces.
 *
 * @internal
 */
export const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** @internal */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
