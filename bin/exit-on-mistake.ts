import { busy } from './busy';
import { ConfigurationFileError } from './config/configuration-file-error';
import { printedProblems, showsColour } from './config/printed-problems';

/** How a program ends that could not do what it was asked for. */
export interface Ending {
  readonly message: string;
  readonly code: number;
}

/**
 * Runs a program; a mistake in the configuration ends it with its message and exit code 1, without a stack trace.
 *
 * @param endingOf what else is no bug of the program. The stack trace of a bug matters
 */
export function exitOnMistake(program: () => void, endingOf: (error: unknown) => Ending | undefined = () => undefined): void {
  try {
    program();
  } catch (error) {
    busy();
    const ending = error instanceof ConfigurationFileError ? mistakes(error) : endingOf(error);
    if (ending === undefined) throw error;
    process.stderr.write(`${ending.message}\n`);
    process.exitCode = ending.code;
  }
}

function mistakes({ problems }: ConfigurationFileError): Ending {
  return { message: printedProblems(problems, { colour: showsColour(process.stderr) }), code: 1 };
}

/** The end of a program that finds no place to write. */
export function notWritten(error: unknown, what: string, code: number): Ending | undefined {
  return error instanceof Error && 'syscall' in error ? { message: `cannot write ${what}: ${error.message}`, code } : undefined;
}
