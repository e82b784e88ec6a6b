import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withBase } from '../../bin/review/base-folder';

const ROOT = join(__dirname, '../..');
/** Stands for the program of an earlier commit: writes which configuration it read. */
const PROGRAM = `
const { parseArgs } = require('node:util'), { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { config, out } = parseArgs({ options: { config: { type: 'string' }, out: { type: 'string' } } }).values;
mkdirSync(out);
writeFileSync(out + '/read.txt', readFileSync(config));
`;
let folder: string;
const before = process.cwd();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'base-'));
  const git = (...given: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', ...given], { cwd: folder });
  const commit = (exit: number, config: string, tag: string) => {
    writeFileSync(join(folder, 'bin/review.ts'), `${PROGRAM}\nprocess.exitCode = ${exit};`);
    writeFileSync(join(folder, 'config.yaml'), config);
    git('add', 'bin', 'config.yaml');
    git('commit', '--quiet', '--message', tag);
    git('tag', tag);
  };
  mkdirSync(join(folder, 'bin'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  git('init', '--quiet');
  commit(0, 'fine', 'fine');
  commit(2, 'dangerous', 'dangerous');
  commit(1, 'mistaken', 'mistaken');
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

test.each(['fine', 'dangerous'])('renders a commit with its own program and its own configuration (%s)', tag => {
  const seen = withBase(tag, 'config.yaml', base => ({ ...base, text: readFileSync(join(base.folder, 'read.txt'), 'utf8') }));
  expect(seen.text).toBe(tag);
  expect(seen.notes).toEqual([expect.stringMatching(new RegExp(`^${tag} is commit [0-9a-f]{12}, rendered by its own code`))]);
  expect(existsSync(seen.folder)).toBe(false);
  expect(readFileSync('config.yaml', 'utf8')).toBe('mistaken'); // nothing was checked out
});

test('takes a folder as it is', () => {
  expect(withBase(folder, 'config.yaml', base => base)).toEqual({ folder, notes: [] });
});

test.each([
  ['a commit that nobody knows', 'nowhere', 'config.yaml', 'neither a folder with an earlier review nor a commit'],
  ['an option in place of a commit', '--all', 'config.yaml', 'neither a folder'],
  ['a commit without the configuration', 'fine', 'other.yaml', 'fine has no other.yaml'],
  ['a commit whose review fails', 'mistaken', 'config.yaml', 'the review of mistaken fails'],
])('fails for %s', (_what, base, config, message) => {
  expect(() => withBase(base, config, () => undefined)).toThrow(message);
});
