import { ConfigurationFileError } from './config/configuration-file-error';
import { printedProblems, showsColour } from './config/printed-problems';

/** Runs a program; a mistake in the configuration ends it with its message and exit code 1, without a stack trace. */
export function exitOnMistake(program: () => void): void {
  try {
    program();
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

/** The message of a mistake. Whatever is not one is a bug, whose stack trace matters. */
function messageOf(error: unknown): string {
  if (error instanceof ConfigurationFileError) return printedProblems(error.problems, { colour: showsColour(process.stderr) });
  if (error instanceof Error && error.name === 'ConfigurationError') return error.message;
  throw error;
}
