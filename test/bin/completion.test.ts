import { execFileSync } from 'node:child_process';
import { commandLine } from '../../bin/command-line';
import { bashCompletion } from '../../bin/completion/bash-completion';
import { placesOf } from '../../bin/completion/completion-tree';
import { fishCompletion } from '../../bin/completion/fish-completion';
import { zshCompletion } from '../../bin/completion/zsh-completion';

const PROGRAM = 'camunda-dual-region';
const PLACES = placesOf(commandLine());

describe('bash', () => {
  const script = bashCompletion(PROGRAM, PLACES);
  /** What is offered for the last word. */
  const offered = (...words: string[]): string[] => {
    const line = `COMP_WORDS=(${[PROGRAM, ...words].map(word => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}`;
    const output = execFileSync('bash', ['-c', `${script}\n${line}; _camunda_dual_region; echo "\${COMPREPLY[@]}"`]).toString();
    return output.trim().split(' ').filter(Boolean);
  };

  test.each([
    [[''], ['review', 'manifests', 'recover', 'completion', 'help', '--version']],
    [['re'], ['review', 'recover']],
    [['review', 'co'], ['comment']],
    [
      ['review', '--'],
      ['--config', '--base', '--out'],
    ],
    [
      ['review', 'comment', '--on', ''],
      ['github', 'gitlab'],
    ],
    [
      ['recover', 'fail'],
      ['failover', 'failback'],
    ],
    [['recover', 'resume', '--send'], ['--send-again']],
    [
      ['recover', 'failover', '--lost', ''],
      ['region0', 'region1'],
    ],
    [
      ['manifests', '--region', ''],
      ['0', '1'],
    ],
    [
      ['recover', 'fence', '--region', ''],
      ['region0', 'region1'],
    ],
    [
      ['recover', 'help', 'f'],
      ['failover', 'failback', 'fence'],
    ],
    [['recover', 'verify', '--wait', '--los'], ['--lost']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['help', 'man'], ['manifests']],
    [['review', '--config', 'recover', '--ba'], ['--base']],
  ])('offers for %j: %j', (words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });

  test.each(['--topology', '--state', '--ca', '--report', '--operator'])('leaves what follows %s to the shell', option => {
    expect(offered('recover', 'failover', option, '')).toEqual([]);
  });
});

test.each([
  [
    'zsh',
    zshCompletion(PROGRAM, PLACES),
    [
      /' recover failover'\)\n.*\n.*\n +_arguments .*'--lost\[[^\]]*\]:value:\(region0 region1\)'/,
      /--topology\[[^\]]*\]:file:_files/,
      /--operator\[[^\]]*\]:value:'/,
    ],
  ],
  [
    'fish',
    fishCompletion(PROGRAM, PLACES),
    [
      /at " review comment"' -l on .* -x -a 'github gitlab'\n/,
      /-l topology -d '[^']*' -r -F\n/,
      /-l operator -d '[^']*' -x\n/,
      /at " completion"' -f -a fish\n/,
    ],
  ],
])('%s is told of every command, what takes a file, what a few words, and what neither', (_shell, script, lines) => {
  for (const { path, options } of PLACES) {
    expect(script).toContain(path);
    for (const { text } of options) expect(script).toContain(text.slice(2));
  }
  for (const line of lines) expect(script).toMatch(line);
});
