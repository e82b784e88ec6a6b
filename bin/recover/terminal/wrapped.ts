/** Narrower than this, words would stand alone. */
const MINIMUM = 40;

/** A string in lines that fit into a width, all but the first one of a paragraph indented. Where no terminal shows it, it stays as it is. */
export function wrapped(text: string, columns: number | undefined, indent = '  '): string {
  if (columns === undefined || columns < MINIMUM) return text;
  return text
    .split('\n')
    .map(paragraph => linesOf(paragraph, columns, indent).join('\n'))
    .join('\n');
}

/** Spaces at the beginning stay: they are part of a picture. */
function linesOf(paragraph: string, columns: number, indent: string): string[] {
  const [first, ...words] = paragraph.split(' ');
  const lines = [first];
  for (const word of words) {
    const line = lines[lines.length - 1];
    if (line.trim() !== '' && line.length + 1 + word.length > columns) lines.push(`${indent}${word}`);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}

/** Writes a string to a stream, in lines that fit. */
export function print(stream: NodeJS.WriteStream, text: string, indent?: string): void {
  stream.write(`${wrapped(text, stream.columns, indent)}\n`);
}
