import { join } from 'node:path';
import { ProgramHere } from '../support/program-here';

/** As an operator without a terminal reads it, for review. */
const FOLDER = join(__dirname, '__snapshots__', 'help');
const COMMANDS = [
  'status',
  'plan',
  'failover',
  'failback',
  'switch',
  'scale',
  'resume',
  'verify',
  'fence',
  'cancel-change',
  'temporary-broker',
  'traffic',
];

const program = new ProgramHere();
afterAll(() => program.remove());

test.each([[], ...COMMANDS.map(name => [name])])('the help of recover %s is as it was reviewed', async (...command) => {
  const { code, out, err } = await program.run([...command, '--help']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatchFile(join(FOLDER, `${command[0] ?? 'recover'}.txt`));
});

test('there is no other help', async () => {
  expect(['recover', ...COMMANDS].map(name => `${name}.txt`)).toBeAllFilesIn(FOLDER);
  const { out } = await program.run(['--help']);
  expect([...out.matchAll(/^ {2}([\w-]+) \[/gm)].map(([, name]) => name)).toEqual([...COMMANDS, 'help']);
});
