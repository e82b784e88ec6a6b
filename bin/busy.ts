/**
 * Says what a program that takes seconds is busy with, on a terminal, in a line that the next one replaces. Nobody else is told.
 *
 * @param text nothing where the program is done
 */
export function busy(text = '', stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'> = process.stderr): void {
  if (!stream.isTTY) return;
  // The cursor goes back to the first column: whoever writes next writes over the line.
  const line = text === '' ? '' : `… ${text}`.slice(0, stream.columns - 1);
  stream.write(`\r\u001b[2K${line}\r`);
}
