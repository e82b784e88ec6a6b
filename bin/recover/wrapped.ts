/** Lines of a text that fit into a width, all but the first one indented. Where no terminal shows it, it stays one line. */
export function wrapped(text: string, columns: number | undefined, indent: string): string {
  if (columns === undefined || columns < 2 * MINIMUM) return text;
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1];
    const room = columns - (lines.length === 1 ? 0 : indent.length);
    if (line !== '' && line.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join(`\n${indent}`);
}

/** Narrower than this, words would stand alone. */
const MINIMUM = 20;
