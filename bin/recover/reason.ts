/** What an error, or what was thrown in the place of one, has under a name. An `instanceof` would not know those of another realm. */
export function ofError(error: unknown, name: 'code' | 'message'): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

/** Why something failed, in one line: a mistake in YAML comes with the lines around it. */
export function reasonOf(error: unknown): string {
  return String(ofError(error, 'message') ?? error).split('\n')[0];
}
