import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';

const ROOT = join(__dirname, '..');
const EXAMPLES = readdirSync(join(ROOT, 'examples'));
const ALL_STACKS = [
  'Camunda0',
  'Camunda1',
  'PeerRoutes',
  'PeerSnapshots',
  'Peering',
  'Region0',
  'Region1',
  'SnapshotCopies0',
  'SnapshotCopies1',
  'Snapshots',
];

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'example-'));
});
afterEach(() => rmSync(outdir, { recursive: true, force: true }));

test.each(EXAMPLES)('the example %s is a whole app', example => {
  execFileSync(process.execPath, ['--import', 'tsx', join(ROOT, 'examples', example, 'app.ts')], {
    cwd: ROOT,
    env: { ...process.env, CDK_OUTDIR: outdir },
    stdio: 'pipe',
  });
  const stacks = new CloudAssembly(outdir).stacks.map(stack => stack.hierarchicalId.split('/').pop());
  expect(stacks.sort()).toEqual(ALL_STACKS);
});

test("the README's sample is the minimal example", () => {
  const sample = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[1] ?? '';
  const example = readFileSync(join(ROOT, 'examples/minimal/app.ts'), 'utf8').replace(/^\/\/.*\n/m, '');
  expect(sample.replace("'cdk-camunda-dual-region'", "'../../lib'").replace(/\n\n/g, '\n')).toBe(example.replace(/\n\n/g, '\n'));
});
