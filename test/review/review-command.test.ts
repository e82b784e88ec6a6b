import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from 'sarif';
import type { ReviewDocument } from '../../lib/review/document/review-document';
import { ProgramHere } from '../recovery/support/program-here';

const ROOT = join(__dirname, '../..');
let program: ProgramHere;
let folder: string;

beforeEach(() => {
  program = new ProgramHere(undefined, 'review');
  folder = program.folder;
});
afterEach(() => program.remove());

/** Variables of the job that runs the tests, if one does. */
const NO_JOB = Object.fromEntries(Object.keys(process.env).flatMap(name => (/^(GITHUB|GITLAB|CI)_/.test(name) ? [[name, undefined]] : [])));
const review = (...given: readonly string[]) => program.run(given, { env: NO_JOB });

/** Runs the program in a process of its own, without credentials, and without a place to look for some. */
function started(...given: readonly string[]) {
  const { PATH } = process.env;
  return spawnSync(process.execPath, ['--import', 'tsx', 'bin/camunda-dual-region.ts', 'review', ...given], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH, HOME: folder, TMPDIR: folder, NO_COLOR: '1' },
  });
}

/** Warnings come with the years. */
const errorsIn = ({ runs }: Log) => runs[0].results?.filter(({ level }) => level === 'error');

test('writes the review of a configuration without credentials, and leaves nothing else behind', () => {
  const out = join(folder, 'out');
  const { status, stderr } = started('--config', 'config/default.yaml', '--out', out);
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringMatching(/review\.md, .*review\.html, .*review\.json, .*review\.sarif, .*state, from config\/default\.yaml\n$/),
  });
  expect(readdirSync(out).sort()).toEqual(['review.html', 'review.json', 'review.md', 'review.sarif', 'state']);
  expect(readdirSync(folder).filter(name => name.startsWith('review-'))).toEqual([]);
  const document = JSON.parse(readFileSync(join(out, 'review.json'), 'utf8')) as ReviewDocument;
  expect(document).toMatchObject({ schemaVersion: 1, source: 'config/default.yaml' });
  expect(document.sections).toHaveLength(11);
});

test('compares with the folder of an earlier review, and fails with exit code 2 for a dangerous change', async () => {
  const [file, first, second] = ['file.yaml', 'first', 'second'].map(name => join(folder, name));
  const text = readFileSync(join(ROOT, 'config/default.yaml'), 'utf8');
  writeFileSync(file, text);
  expect(await review('--config', file, '--out', first)).toMatchObject({ code: 0 });
  const changed = text.replace('partitionCount: 8', 'partitionCount: 7');
  writeFileSync(file, changed);
  const dangerous = await review('--config', file, '--base', first, '--out', second);
  expect(dangerous.code).toBe(2);
  expect(dangerous.err).toMatch(/^danger {2}partition-count-lowered:7 {2}Changes against the base: .+$/m);
  const comment = readFileSync(join(second, 'review.md'), 'utf8');
  expect(comment).toContain('<details id="changes" open>');
  expect(comment).toContain('🛑 partition-count-lowered');
  const { runs } = JSON.parse(readFileSync(join(second, 'review.sarif'), 'utf8')) as Log;
  expect(runs[0].results?.map(({ ruleId, level }) => `${ruleId} ${level}`)).toContain('review/changes error');
});

test('compares with a commit of the repository that the configuration is in', async () => {
  const file = join(folder, 'config.yaml');
  const git = (...given: string[]) =>
    spawnSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...given], { encoding: 'utf8' });
  writeFileSync(file, readFileSync(join(ROOT, 'config/default.yaml')));
  git('init', '--quiet');
  git('add', 'config.yaml');
  expect(git('commit', '--quiet', '--no-gpg-sign', '--message', 'first')).toMatchObject({ status: 0 });
  const { code, err } = await review('--config', file, '--base', 'HEAD', '--out', join(folder, 'out'));
  expect({ code, err }).toMatchObject({ code: 0 });
  const { sections } = JSON.parse(readFileSync(join(folder, 'out/review.json'), 'utf8')) as ReviewDocument;
  expect(sections[1]).toMatchObject({ id: 'changes', tone: 'good', summary: expect.stringContaining('Nothing changes against HEAD') });
});

test('fails for a base that is neither folder nor commit with exit code 3, and writes nothing', async () => {
  const { code, err } = await review('--config', 'config/default.yaml', '--base', 'no-such-branch', '--out', join(folder, 'out'));
  expect(code).toBe(3);
  expect(err).toContain("there is neither a folder nor a git ref 'no-such-branch'");
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test('fails for a mistake in the configuration with exit code 1, and shows it to code scanning and in the comment', async () => {
  const file = join(folder, 'wrong.yaml');
  writeFileSync(file, readFileSync(join(ROOT, 'config/default.yaml'), 'utf8').replace('clusterSize: 8', 'clusterSize: 5'));
  mkdirSync(join(folder, 'out'));
  writeFileSync(join(folder, 'out/review.html'), 'of an earlier run');
  const { code, err } = await review('--config', file, '--out', join(folder, 'out'));
  expect(code).toBe(1);
  expect(err).toContain('[cluster-size]');
  const log = JSON.parse(readFileSync(join(folder, 'out/review.sarif'), 'utf8')) as Log;
  expect(errorsIn(log)).toEqual([
    expect.objectContaining({
      ruleId: 'cluster-size',
      level: 'error',
      locations: [expect.objectContaining({ physicalLocation: expect.objectContaining({ region: { startLine: 3, startColumn: 41 } }) })],
    }),
  ]);
  expect(readdirSync(join(folder, 'out')).sort()).toEqual(['review.md', 'review.sarif']);
  const comment = readFileSync(join(folder, 'out/review.md'), 'utf8');
  expect(comment).toContain('## 🛑 A mistake in the configuration');
  expect(comment).toContain('| 🛑 | 3 | `camunda.clusterSize` | must be an even number');
});

test('shows a mistake that only rendering finds as it shows every other', async () => {
  const file = join(folder, 'patched.yaml');
  const patches = 'patches:\n  - kind: StatefulSet\n    name: camunda-zebee\n    operations: [{ op: remove, path: /spec/replicas }]\n';
  writeFileSync(file, `${readFileSync(join(ROOT, 'config/default.yaml'), 'utf8')}\n${patches}`);
  const line =
    readFileSync(file, 'utf8')
      .split('\n')
      .findIndex(text => text.includes('kind: StatefulSet')) + 1;
  const { code, err } = await review('--config', file, '--out', join(folder, 'out'));
  expect(code).toBe(1);
  expect(err).toContain(`${file}:${line}:5  error  patches[0] must name an object that is rendered, got 'StatefulSet/camunda-zebee'`);
  expect(err).toMatch(/\[patch-target\]\n1 error(, \d+ warnings)?\n$/);
  expect(readdirSync(join(folder, 'out')).sort()).toEqual(['review.md', 'review.sarif']);
  expect(readFileSync(join(folder, 'out/review.md'), 'utf8')).toContain(`| 🛑 | ${line} | \`patches[0]\` |`);
  const log = JSON.parse(readFileSync(join(folder, 'out/review.sarif'), 'utf8')) as Log;
  expect(errorsIn(log)).toEqual([expect.objectContaining({ ruleId: 'patch-target' })]);
});

test('comment: says what would be done, and needs what the platform gives to its jobs', async () => {
  const file = join(folder, 'review.md');
  writeFileSync(file, '<!-- mark -->');
  const missing = await review('comment', '--on', 'github', '--file', file);
  expect(missing.code).toBe(2);
  expect(missing.err).toMatch(/^there is no GITHUB_REPOSITORY, no GITHUB_TOKEN in the environment; /);
  const unread = await review('comment', '--on', 'gitlab', '--file', join(folder, 'none.md'));
  expect(unread.code).toBe(2);
  expect(unread.err).toContain("write it first with 'review --out'");
  expect((await review('comment', '--on', 'bitbucket')).err).toContain('Allowed choices are github, gitlab');
  expect(await review('comment', '--on', 'github', '--number', '7x')).toMatchObject({
    code: 2,
    err: expect.stringContaining('It must be a whole number'),
  });
});

test.each([
  ['an unknown option', ['--what']],
  ['an argument too many', ['file.yaml']],
])('fails for %s with exit code 2, and writes nothing', async (_what, given) => {
  const { code, err } = await review(...given, '--out', join(folder, 'out'));
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^error: /) });
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test('fails with exit code 3 where it cannot write', () => {
  writeFileSync(join(folder, 'file'), '');
  const { status, stderr } = started('--config', 'config/default.yaml', '--out', join(folder, 'file'));
  expect(status).toBe(3);
  expect(stderr).toContain('cannot write the review');
});

test('tells its exit codes', async () => {
  const { code, out } = await review('--help');
  expect(code).toBe(0);
  for (const code of ['0:', '1:', '2:', '3:']) expect(out.replace(/\s+/g, ' ')).toContain(code);
});
