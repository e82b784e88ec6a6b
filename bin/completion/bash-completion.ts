import { functionName, type OptionWord, type Place, type Word } from './completion-tree';

/** A script for bash. */
export function bashCompletion(program: string, places: readonly Place[]): string {
  const name = functionName(program);
  const quoted = (path: string): string => `"${path}"`;
  return [
    `${name}() {`,
    '  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" words="" place="" word',
    '  COMPREPLY=()',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    case "$place $word" in',
    `      ${places
      .slice(1)
      .map(({ path }) => quoted(path))
      .join('|')}) place="$place $word" ;;`,
    '    esac',
    '  done',
    '  case "$place $previous" in',
    ...places.flatMap(({ path, options }) =>
      options.filter(({ value }) => value !== undefined).map(option => `    ${quoted(`${path} ${option.text}`)}) ${offer(option)} ;;`),
    ),
    '    *)',
    '      case "$place" in',
    ...places.map(({ path, words, options }) => `        ${quoted(path)}) words="${texts([...words, ...options])}" ;;`),
    '      esac',
    '      ;;',
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    `complete -o default -F ${name} ${program}`,
    '',
  ].join('\n');
}

/** Where no word fits, the shell itself completes files. */
function offer({ value }: OptionWord): string {
  if (value === 'file') return 'return';
  return value === 'text' ? 'compopt +o default 2>/dev/null; return' : `words="${(value ?? []).join(' ')}"`;
}

function texts(list: readonly Word[]): string {
  return list.map(({ text }) => text).join(' ');
}
