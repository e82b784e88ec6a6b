/** Where what a program is busy with is shown. */
type Shown = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;

/** A terminal that does not know its width. */
const USUAL_COLUMNS = 80;
const FRAMES = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const FRAME_MS = 200;

/**
 * Says what a program that takes seconds is busy with, on a terminal, in a line that the next one replaces. Nobody else is told.
 *
 * @param text nothing where the program is done
 */
export function busy(text = '', stream: Shown = process.stderr): void {
  if (!stream.isTTY) return;
  // The cursor goes back to the first column: what is written next replaces the line.
  const line = text === '' ? '' : `… ${text}`.slice(0, (stream.columns || USUAL_COLUMNS) - 1);
  stream.write(`\r\u001b[2K${line}\r`);
}

/** Keeps the first column of that line moving while another process works and writes it. Returns a function that ends it. */
export function turning(stream: Shown = process.stderr): () => void {
  if (!stream.isTTY) return () => undefined;
  let frame = 0;
  const timer = setInterval(() => stream.write(`${FRAMES[frame++ % FRAMES.length]}\r`), FRAME_MS);
  return () => {
    clearInterval(timer);
    busy('', stream);
  };
}
