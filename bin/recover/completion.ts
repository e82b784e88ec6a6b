import type { Command, Option } from 'commander';

/** Shells for which there is a script. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

interface Word {
  readonly text: string;
  readonly description: string;
  /** Values that it takes, if they are few. */
  readonly values?: readonly string[];
}

interface Part {
  readonly command: Word;
  readonly options: readonly Word[];
}

const REGIONS = ['region0', 'region1'];
/** Options whose value is the name of a region. */
const OF_A_REGION = /^--(?:lost|recreated|region|surviving)$/;

/** A script that completes commands, options and their values, made from the program's own commands: it cannot fall behind them. */
export function completionScript(root: Command, shell: Shell): string {
  const parts = root.commands.map((command): Part => ({
    command: { text: command.name(), description: command.description() },
    options: command.options.filter(({ hidden }) => !hidden).map(wordOf),
  }));
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

function wordOf({ long, description, argChoices }: Option): Word {
  const text = long ?? '';
  const values = OF_A_REGION.test(text) ? REGIONS : argChoices;
  return { text, description, ...(values ? { values } : {}) };
}

function words(list: readonly Word[]): string {
  return list.map(({ text }) => text).join(' ');
}

function bash(name: string, parts: readonly Part[]): string {
  const valued = unique(parts.flatMap(({ options }) => options.filter(({ values }) => values)));
  return [
    `_${name}() {`,
    '  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" words=""',
    '  case "$previous" in',
    ...valued.map(({ text, values = [] }) => `    ${text}) words="${values.join(' ')}" ;;`),
    '    *)',
    '      case "${COMP_WORDS[1]}" in',
    ...parts.map(({ command, options }) => `        ${command.text}) words="${words(options)}" ;;`),
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
  return [
    `#compdef ${name}`,
    `_${name}() {`,
    '  local -a commands',
    `  commands=(${parts.map(({ command }) => `'${command.text}:${quoted(command.description)}'`).join(' ')})`,
    '  if (( CURRENT == 2 )); then _describe command commands; return; fi',
    '  case "$words[2]" in',
    ...parts.map(({ command, options }) => {
      const specs = options.map(
        ({ text, description, values }) => `'${text}[${quoted(description)}]${values ? `:value:(${values.join(' ')})` : ''}'`,
      );
      return `    ${command.text}) shift words; (( CURRENT-- )); _arguments ${specs.join(' ')} '*:file:_files' ;;`;
    }),
    '  esac',
    '}',
    `compdef _${name} ${name}`,
    '',
  ].join('\n');
}

function fish(name: string, parts: readonly Part[]): string {
  const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
  return [
    ...parts.map(({ command }) => `complete -c ${name} -n __fish_use_subcommand -f -a ${command.text} -d ${quoted(command.description)}`),
    ...parts.flatMap(({ command, options }) =>
      options.map(
        ({ text, description, values }) =>
          `complete -c ${name} -n '__fish_seen_subcommand_from ${command.text}' -l ${text.slice(2)} -d ${quoted(description)}` +
          (values ? ` -x -a ${quoted(values.join(' '))}` : ''),
      ),
    ),
    '',
  ].join('\n');
}

function unique(list: readonly Word[]): Word[] {
  return [...new Map(list.map(word => [word.text, word])).values()];
}
