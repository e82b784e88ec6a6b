import { CommanderError } from 'commander';
import { commandLine } from '../../bin/command-line';
import { main } from '../../bin/main';
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

afterEach(() => jest.restoreAllMocks());

test('describes all that it can do, without what takes seconds to load', () => {
  const commands = commandLine().commands.map(command => [command.name(), command.helpInformation()]);
  expect(commands.map(([name]) => name)).toEqual(['review', 'manifests', 'recover', 'completion']);
  for (const [name, help] of commands) expect(help).toMatch(new RegExp(`^Usage: camunda-dual-region ${name} `));
});

test.each([[['--version']], [['recover', '--version']]])('tells with %j its version, and those of Camunda', async given => {
  const said = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  await expect(commandLine().parseAsync(given, { from: 'user' })).rejects.toMatchObject({ exitCode: 0 });
  expect(said.mock.calls).toEqual([[`camunda-dual-region ${version}, for Camunda ${VERSIONS.join(', ')}\n`]]);
});

test.each<[string, string[], string]>([
  ['a misspelt option', ['review', '--bas', 'main'], "error: unknown option '--bas'\n(Did you mean --base?)"],
  ['an option without its value', ['manifests', '--config'], "error: option '--config <file>' argument missing"],
  [
    'a file without its option',
    ['review', 'config/mine.yaml'],
    "error: 'review' does not know what 'config/mine.yaml' is; name a configuration with --config; the only subcommand is 'comment'",
  ],
  [
    'a file without its option, for manifests',
    ['manifests', 'config/mine.yaml'],
    "error: 'manifests' does not know what 'config/mine.yaml' is; name a configuration with --config",
  ],
  [
    'a file without its option, for a comment',
    ['review', 'comment', '--on', 'github', 'out/review.md'],
    "error: 'comment' does not know what 'out/review.md' is; name the review with --file",
  ],
  [
    'a region without its option',
    ['recover', 'failover', 'region1'],
    "error: 'failover' does not know what 'region1' is; what it needs is given by options",
  ],
  ['an unknown shell', ['completion', 'tcsh'], 'Allowed choices are bash, zsh, fish.'],
])('refuses %s, and says what is right', async (_what, given, message) => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const refused = commandLine().parseAsync(given, { from: 'user' });
  await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.toThrow(CommanderError);
});

test.each<[string, string[], RegExp]>([
  ['a misspelt command', ['reviw'], /^error: unknown command 'reviw'\n\(Did you mean review\?\)\n--help says what there is\n$/],
  [
    'a misspelt command of a recovery',
    ['recover', 'failovr'],
    /^error: unknown command 'failovr'\n\(Did you mean failover\?\)\n--help says what there is\n$/,
  ],
  ['no command at all', [], /^Usage: camunda-dual-region [\s\S]*\n {2}manifests /],
])('ends with 2 for %s', async (_what, given, message) => {
  const [out, err] = [process.stdout, process.stderr].map(stream => jest.spyOn(stream, 'write').mockReturnValue(true));
  expect(await main(given)).toBe(2);
  expect(out).not.toHaveBeenCalled();
  expect(err.mock.calls.join('')).toMatch(message);
});
