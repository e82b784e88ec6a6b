import { functionName, type OptionWord, type Place } from './completion-tree';

/** A script for zsh. */
export function zshCompletion(program: string, places: readonly Place[]): string {
  const name = functionName(program);
  return [
    `#compdef ${program}`,
    `${name}() {`,
    '  local place=""',
    '  local -a offered',
    '  while (( CURRENT > 2 )); do',
    '    case "$place $words[2]" in',
    `      ${places
      .slice(1)
      .map(({ path }) => quoted(path))
      .join('|')}) place="$place $words[2]"; shift words; (( CURRENT-- )) ;;`,
    '      *) break ;;',
    '    esac',
    '  done',
    '  case "$place" in',
    ...places.flatMap(({ path, words, options }) => [
      `    ${quoted(path)})`,
      `      offered=(${words.map(({ text, description }) => quoted(description === '' ? text : `${text}:${description}`)).join(' ')})`,
      '      (( CURRENT == 2 && $#offered )) && _describe command offered',
      ...(options.length === 0 ? [] : [`      _arguments ${options.map(specification).join(' ')}`]),
      '      ;;',
    ]),
    '  esac',
    '}',
    `compdef ${name} ${program}`,
    '',
  ].join('\n');
}

function specification({ text, description, value }: OptionWord): string {
  const after = value === undefined ? '' : value === 'file' ? ':file:_files' : `:value:${value === 'text' ? '' : `(${value.join(' ')})`}`;
  return quoted(`${text}[${description.replace(/[[\]:]/g, '\\$&')}]${after}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
