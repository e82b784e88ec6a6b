import type { Command } from 'commander';

/** What each program ends with that is told what it does not understand. */
export const WRONG_USAGE = 2;

/** A command whose mistakes do not end the process, and lead to what is right. */
export function helpOnMisuse(command: Command): Command {
  return command.exitOverride().showHelpAfterError('--help says what there is');
}

/** Refuses a word that is neither an option nor a subcommand. Most often it is the file that belongs behind an option. */
export function refuseWords(command: Command, fix: string): void {
  const [word] = command.args;
  if (word !== undefined) command.error(`error: '${command.name()}' does not know what '${word}' is; ${fix}`);
}
