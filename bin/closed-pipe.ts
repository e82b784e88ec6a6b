/** A reader that has seen enough, as `head` does, is no mistake of the program, and must not end a recovery half way. */
export function ignoreClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
