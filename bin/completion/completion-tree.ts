import type { Command, Option } from 'commander';

/** What a shell offers, and what it is. */
export interface Word {
  readonly text: string;
  readonly description: string;
}

/** An option. */
export interface OptionWord extends Word {
  /** What has to follow it, if anything: one of a few, a file, or what nobody can guess. */
  readonly value?: readonly string[] | 'file' | 'text';
}

/** A command of the program, or the program itself. */
export interface Place {
  /** As a shell finds it: a space and the name of each command that leads there, for example ` recover failover`. Empty for the program. */
  readonly path: string;
  /** What may follow: commands, or values of its argument. */
  readonly words: readonly Word[];
  readonly options: readonly OptionWord[];
}

const OF_A_FILE = /<(?:file|folder)\b/;

/** Every place of a program, made from its own commands: a script cannot fall behind them. */
export function placesOf(command: Command, path = ''): Place[] {
  const commands = command.commands.map(child => ({ text: child.name(), description: child.description() }));
  const values = command.registeredArguments[0]?.argChoices ?? [];
  const options = command.options.filter(({ hidden }) => !hidden).map(wordOf);
  const below = command.commands.flatMap(child => placesOf(child, `${path} ${child.name()}`));
  const words = [...commands, ...values.map(text => ({ text, description: '' }))];
  if (!hasHelp(command)) return [{ path, words, options }, ...below];
  const help = { text: 'help', description: 'shows the options of a command' };
  return [{ path, words: [...words, help], options }, ...below, { path: `${path} help`, words: commands, options: [] }];
}

/** commander gives it to commands that do nothing by themselves. */
function hasHelp(command: Command): boolean {
  return command
    .createHelp()
    .visibleCommands(command)
    .some(child => child.name() === 'help');
}

function wordOf({ long, flags, description, argChoices, required }: Option): OptionWord {
  const value = argChoices ?? (OF_A_FILE.test(flags) ? 'file' : 'text');
  return { text: long ?? '', description, ...(required ? { value } : {}) };
}

/** The name of a function of a shell. */
export function functionName(program: string): string {
  return `_${program.replaceAll('-', '_')}`;
}
