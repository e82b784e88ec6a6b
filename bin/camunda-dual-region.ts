#!/usr/bin/env node
import { CommanderError } from 'commander';
import { ignoreClosedPipe } from './closed-pipe';
import { commandLine } from './command-line';
import { WRONG_USAGE } from './wrong-usage';

async function main(): Promise<void> {
  ignoreClosedPipe();
  try {
    await commandLine().parseAsync();
  } catch (error) {
    process.exitCode = await exitCodeOf(error);
  }
}

/** Help that was asked for is no failure. What else is wrong with the usage has been told, except by a recovery: that tells every failure itself. */
async function exitCodeOf(error: unknown): Promise<number> {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const [command, ...args] = process.argv.slice(2);
  if (command === 'recover') {
    const { failed } = await import('./recover/failure');
    return failed(error, args.includes('--json'));
  }
  if (error instanceof CommanderError) return WRONG_USAGE;
  throw error;
}

// A request to a lost region may still be waiting for its end: nobody waits for the answer.
void main().then(() => process.stdout.write('', () => process.exit()));
