/** Errors that are about the configuration and not about the program: their message is all that the reader needs. */
const MISTAKES = ['ConfigurationFileError', 'ConfigurationError'];

/** Runs a program; a mistake in the configuration ends it with its message and exit code 1, without a stack trace. */
export function exitOnMistake(program: () => void): void {
  try {
    program();
  } catch (error) {
    if (!(error instanceof Error) || !MISTAKES.includes(error.name)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
