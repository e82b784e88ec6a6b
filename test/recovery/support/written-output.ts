/** What a program writes while a test runs, in place of the terminal. */
export interface WrittenOutput {
  /** Standard output and standard error, in the order in which they were written. */
  text: string;
}

/** Keeps the output of each test of the block that this is called in. */
export function writtenOutput(): WrittenOutput {
  const written: WrittenOutput = { text: '' };
  beforeEach(() => {
    written.text = '';
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, 'write').mockImplementation(text => {
        written.text += String(text);
        return true;
      });
    }
  });
  afterEach(() => jest.restoreAllMocks());
  return written;
}
