import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const ROOT = join(__dirname, '../..');

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly strategy?: { readonly matrix: { readonly group: readonly string[] } };
        readonly steps: readonly { readonly run?: string }[];
      }
    >
  >;
}

const run = (...groups: string[]) => spawnSync(join(ROOT, '.ci/run'), groups, { encoding: 'utf8', timeout: 20_000 });

test('a group that does not exist is refused before anything is done, with those that exist', () => {
  const { status, stdout, stderr } = run('code', 'nonsense');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toBe("there is no group 'nonsense'; groups are code consumers real-parts\n");
});

test('the workflow of a pull request runs every group of the same list, and no check of its own', () => {
  const { jobs } = parse(readFileSync(join(ROOT, '.github/workflows/pull-request.yml'), 'utf8')) as Workflow;
  const groups = run('nonsense').stderr.trim().split('groups are ')[1].split(' ');
  expect(jobs.check.strategy?.matrix.group).toEqual(groups);
  const commands = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(step => step.run ?? []));
  expect(commands.filter(command => !/^(sudo apt-get|npm ci$)/.test(command))).toEqual(['.ci/run ${{ matrix.group }}']);
});
