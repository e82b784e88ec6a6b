import { CommanderError } from 'commander';
import { commandLine } from './command-line';
import { WRONG_USAGE } from './wrong-usage';

/** Does what the arguments say, as the program of the package. Gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    await commandLine().parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return exitCodeOf(error, args);
  }
}

/** Help that was asked for is no failure. What else is wrong with the usage has been told, except by a recovery: that tells every failure itself. */
async function exitCodeOf(error: unknown, [command, ...args]: readonly string[]): Promise<number> {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  if (command === 'recover') {
    const { failed } = await import('./recover/failure');
    return failed(error, args.includes('--json'));
  }
  if (error instanceof CommanderError) return WRONG_USAGE;
  throw error;
}
