/** Start of the line that an offset lies in. */
export function lineStart(text: string, offset: number): number {
  // A search from before the text would look at its first character.
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Line and column of an offset, both from 1. */
export function placeAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  return { line: text.slice(0, offset).split('\n').length, column: offset - lineStart(text, offset) + 1 };
}

/** The whole line that an offset lies in, without its indentation. */
export function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(lineStart(text, offset), end < 0 ? undefined : end).trim();
}
