import type { Command, Option } from 'commander';

/** Shells for which there is a script. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

interface Word {
  readonly text: string;
  readonly description: string;
}

interface OptionWord extends Word {
  /** What has to follow it, if anything: one of a few, a file, or what nobody can guess. */
  readonly value?: readonly string[] | 'file' | 'text';
}

interface Part {
  readonly command: Word;
  /** What may follow it beside options. */
  readonly values: readonly string[];
  readonly options: readonly OptionWord[];
}

const REGIONS = ['region0', 'region1'];
/** Options whose value is the name of a region. */
const OF_A_REGION = /^--(?:lost|recreated|region|surviving)$/;
const OF_A_FILE = /<(?:file|folder)>/;

/** A script that completes commands, options and their values, made from the program's own commands: it cannot fall behind them. */
export function completionScript(root: Command, shell: Shell): string {
  const commands = root.commands.map((command): Part => ({
    command: { text: command.name(), description: command.description() },
    values: command.registeredArguments[0]?.argChoices ?? [],
    options: command.options.filter(({ hidden }) => !hidden).map(wordOf),
  }));
  const help: Part = {
    command: { text: 'help', description: 'shows the options of a command' },
    values: commands.map(({ command }) => command.text),
    options: [],
  };
  const parts = [...commands, help];
  const name = root.name();
  switch (shell) {
    case 'bash':
      return bash(name, parts);
    case 'zsh':
      return zsh(name, parts);
    case 'fish':
      return fish(name, parts);
  }
}

function wordOf({ long, flags, description, argChoices, required }: Option): OptionWord {
  const text = long ?? '';
  const few = OF_A_REGION.test(text) ? REGIONS : argChoices;
  const value = few ?? (OF_A_FILE.test(flags) ? 'file' : 'text');
  return { text, description, ...(required ? { value } : {}) };
}

function words(list: readonly Word[]): string {
  return list.map(({ text }) => text).join(' ');
}

function bash(name: string, parts: readonly Part[]): string {
  const valued = unique(parts.flatMap(({ options }) => options.filter(({ value }) => value !== undefined)));
  // Where no word fits, the shell itself completes files.
  const offer = ({ value }: OptionWord): string =>
    value === 'file' ? 'return' : value === 'text' ? 'compopt +o default 2>/dev/null; return' : `words="${(value ?? []).join(' ')}"`;
  return [
    `_${name}() {`,
    '  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" words=""',
    '  COMPREPLY=()',
    '  case "$previous" in',
    ...valued.map(option => `    ${option.text}) ${offer(option)} ;;`),
    '    *)',
    '      case "${COMP_WORDS[1]}" in',
    ...parts.map(({ command, values, options }) => `        ${command.text}) words="${[...values, words(options)].join(' ')}" ;;`),
    '      esac',
    `      [ "$COMP_CWORD" -eq 1 ] && words="${words(parts.map(({ command }) => command))}"`,
    '      ;;',
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    `complete -o default -F _${name} ${name}`,
    '',
  ].join('\n');
}

function zsh(name: string, parts: readonly Part[]): string {
  const quoted = (text: string): string => text.replace(/'/g, `'\\''`).replace(/[[\]:]/g, '\\$&');
  const after = (value: OptionWord['value']): string =>
    value === undefined ? '' : value === 'file' ? ':file:_files' : `:value:${value === 'text' ? '' : `(${value.join(' ')})`}`;
  return [
    `#compdef ${name}`,
    `_${name}() {`,
    '  local -a commands',
    `  commands=(${parts.map(({ command }) => `'${command.text}:${quoted(command.description)}'`).join(' ')})`,
    '  if (( CURRENT == 2 )); then _describe command commands; return; fi',
    '  case "$words[2]" in',
    ...parts.map(({ command, values, options }) => {
      const specs = options.map(({ text, description, value }) => `'${text}[${quoted(description)}]${after(value)}'`);
      const first = values.length === 0 ? [] : [`'1:value:(${values.join(' ')})'`];
      return `    ${command.text}) shift words; (( CURRENT-- )); _arguments ${[...specs, ...first].join(' ')} ;;`;
    }),
    '  esac',
    '}',
    `compdef _${name} ${name}`,
    '',
  ].join('\n');
}

function fish(name: string, parts: readonly Part[]): string {
  const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const after = (value: OptionWord['value']): string =>
    value === undefined ? '' : value === 'file' ? ' -r -F' : value === 'text' ? ' -x' : ` -x -a ${quoted(value.join(' '))}`;
  return [
    ...parts.map(({ command }) => `complete -c ${name} -n __fish_use_subcommand -f -a ${command.text} -d ${quoted(command.description)}`),
    ...parts.flatMap(({ command, values, options }) => {
      const within = `complete -c ${name} -n '__fish_seen_subcommand_from ${command.text}'`;
      return [
        `${within} -f${values.length === 0 ? '' : ` -a ${quoted(values.join(' '))}`}`,
        ...options.map(({ text, description, value }) => `${within} -l ${text.slice(2)} -d ${quoted(description)}${after(value)}`),
      ];
    }),
    '',
  ].join('\n');
}

function unique<T extends Word>(list: readonly T[]): T[] {
  return [...new Map(list.map(word => [word.text, word])).values()];
}
