/** A reader that has seen enough, as `head` does, is no mistake of the program. */
export function whenReaderLeaves(then: () => void): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    then();
  });
}
