import { functionName, type OptionWord, type Place } from './completion-tree';

/** A script for fish. */
export function fishCompletion(program: string, places: readonly Place[]): string {
  const at = `_${functionName(program)}_at`;
  const complete = (path: string): string => `complete -c ${program} -n ${quoted(`${at} ${path === '' ? '""' : `"${path}"`}`)}`;
  return [
    `function ${at}`,
    '  set -l place ""',
    '  for word in (commandline -opc)[2..]',
    `    if contains -- "$place $word" ${places
      .slice(1)
      .map(({ path }) => quoted(path))
      .join(' ')}`,
    '      set place "$place $word"',
    '    end',
    '  end',
    '  test "$place" = "$argv[1]"',
    'end',
    ...places.flatMap(({ path, words, options }) => [
      `${complete(path)} -f`,
      ...words.map(({ text, description }) => `${complete(path)} -f -a ${text}${description === '' ? '' : ` -d ${quoted(description)}`}`),
      ...options.map(option => `${complete(path)} -l ${option.text.slice(2)} -d ${quoted(option.description)}${after(option)}`),
    ]),
    '',
  ].join('\n');
}

function after({ value }: OptionWord): string {
  if (value === undefined) return '';
  return value === 'file' ? ' -r -F' : value === 'text' ? ' -x' : ` -x -a ${quoted(value.join(' '))}`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
