import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { commandLine } from '../../bin/command-line';
import { version } from '../../package.json';
import { VERSIONS } from '../support/settings/versions';

// What takes seconds to load would fail every test here.
jest.mock('aws-cdk-lib', () => {
  throw new Error('loaded');
});
jest.mock('cdk8s', () => {
  throw new Error('loaded');
});
jest.mock('@kubernetes/client-node', () => {
  throw new Error('loaded');
});

function run(...given: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bin/camunda-dual-region.ts', ...given], {
    cwd: join(__dirname, '../..'),
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('describes all that it can do, without what takes seconds to load', () => {
  const commands = commandLine().commands.map(command => [command.name(), command.helpInformation()]);
  expect(commands.map(([name]) => name)).toEqual(['review', 'manifests', 'recover', 'completion']);
  for (const [name, help] of commands) expect(help).toMatch(new RegExp(`^Usage: camunda-dual-region ${name} `));
});

test.each([[['--version']], [['recover', '--version']]])('tells with %j its version, and those of Camunda', given => {
  expect(run(...given)).toEqual({ status: 0, stdout: `camunda-dual-region ${version}, for Camunda ${VERSIONS.join(', ')}\n`, stderr: '' });
});

test.each<[string, string[], RegExp]>([
  ['a misspelt command', ['reviw'], /^error: unknown command 'reviw'\n\(Did you mean review\?\)\n--help says what there is\n$/],
  [
    'a misspelt command of a recovery',
    ['recover', 'failovr'],
    /^error: unknown command 'failovr'\n\(Did you mean failover\?\)\n--help says what there is\n$/,
  ],
  [
    'a misspelt option',
    ['review', '--bas', 'main'],
    /^error: unknown option '--bas'\n\(Did you mean --base\?\)\n--help says what there is\n$/,
  ],
  [
    'an option without its value',
    ['manifests', '--config'],
    /^error: option '--config <file>' argument missing\n--help says what there is\n$/,
  ],
  [
    'a file without its option',
    ['review', 'config/mine.yaml'],
    /^error: 'review' does not know what 'config\/mine.yaml' is; name a configuration with --config; the only subcommand is 'comment'\n--help says what there is\n$/,
  ],
  [
    'a file without its option, for manifests',
    ['manifests', 'config/mine.yaml'],
    /^error: 'manifests' does not know what 'config\/mine.yaml' is; name a configuration with --config\n--help says what there is\n$/,
  ],
  [
    'a region without its option',
    ['recover', 'failover', 'region1'],
    /^error: 'failover' does not know what 'region1' is; what it needs is given by options\n--help says what there is\n$/,
  ],
  ['an unknown shell', ['completion', 'tcsh'], /Allowed choices are bash, zsh, fish\.\n--help says what there is\n$/],
  ['no command at all', [], /^Usage: camunda-dual-region [\s\S]*\n {2}manifests /],
])('ends with 2 for %s, and says what is right', (_what, given, message) => {
  expect(run(...given)).toEqual({ status: 2, stdout: '', stderr: expect.stringMatching(message) as string });
});
