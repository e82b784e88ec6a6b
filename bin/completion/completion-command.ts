import { Argument, Command } from 'commander';
import { helpOnMisuse } from '../wrong-usage';
import { bashCompletion } from './bash-completion';
import { placesOf, type Place } from './completion-tree';
import { fishCompletion } from './fish-completion';
import { zshCompletion } from './zsh-completion';

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const satisfies Readonly<
  Record<string, (program: string, places: readonly Place[]) => string>
>;

/** `completion`: a script that completes whatever the program understands. */
export function completionCommand(root: Command): Command {
  return helpOnMisuse(new Command('completion'))
    .description('Prints a script that completes commands, options and their values in a shell.')
    .addArgument(new Argument('<shell>').choices(Object.keys(SCRIPTS)))
    .allowExcessArguments(false)
    .action((shell: keyof typeof SCRIPTS) => void process.stdout.write(SCRIPTS[shell](root.name(), placesOf(root))));
}
