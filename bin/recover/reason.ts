/** Why something failed, in one line: a mistake in YAML comes with the lines around it. */
export function reasonOf(error: unknown): string {
  const text = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  return text.split('\n')[0];
}
