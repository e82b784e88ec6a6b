import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'programs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the app as the CDK's command line does. */
function synthesise(configuration: string, env: NodeJS.ProcessEnv = {}) {
  const outdir = join(folder, 'cdk.out');
  const result = spawnSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify({ config: configuration }), NO_COLOR: '1', ...env },
  });
  return { ...result, outdir };
}

test('the app synthesises a configuration and says what it amounts to', () => {
  const { status, stderr, outdir } = synthesise('config/default.yaml');
  expect(status).toBe(0);
  // As of the engine, about a flag that it does not know.
  expect(stderr).not.toMatch(/^Error/m);
  expect(readdirSync(outdir).filter(file => file.endsWith('.template.json'))).toHaveLength(10);
  const summary = readFileSync(join(outdir, 'summary.txt'), 'utf8');
  for (const part of [
    'eu-west-2',
    '10.202.0.0/16',
    'camunda-paris',
    'node ids 1 3 5 7',
    'partitions 8',
    'traffic   to region 0, and may go to both',
    'warnings  ',
    'config/default.yaml',
  ]) {
    expect(summary).toContain(part);
  }
});

test('the app synthesises Camunda 8.7, whether it is still supported or not', () => {
  // CloudFormation's rules are tried on it by .ci/run, and here on the default configuration.
  const { status, outdir } = synthesise('config/camunda-8.7.yaml', { CDK_VALIDATION: 'false' });
  expect(status).toBe(0);
  const summary = readFileSync(join(outdir, 'summary.txt'), 'utf8');
  for (const part of ["Camunda 8.7 'camunda'", 'traffic   to region 0 only']) expect(summary).toContain(part);
});

test('shows a mistake that only rendering finds at its line', () => {
  const file = join(folder, 'patched.yaml');
  const patches = 'patches:\n  - kind: Deployment\n    name: none\n    operations: [{ op: remove, path: /spec/type }]\n';
  writeFileSync(file, `${readFileSync(join(ROOT, 'config/default.yaml'), 'utf8')}\n${patches}`);
  const { status, stderr } = synthesise(file);
  expect(status).toBe(1);
  expect(stderr).toMatch(/patched\.yaml:\d+:5 {2}error {2}patches\[0\] must name .*\[patch-target\]\n1 error(, \d+ warnings?)?\n$/);
});

test('fails with every mistake, exit code 1, no stack trace, and writes nothing', () => {
  const file = join(folder, 'wrong.yaml');
  const text = readFileSync(join(ROOT, 'config/default.yaml'), 'utf8');
  writeFileSync(file, text.replace('clusterSize: 8', 'clusterSize: 5').replace('camunda-paris', 'kube-system'));
  const { status, stderr, stdout, outdir } = synthesise(file);
  expect(status).toBe(1);
  expect(stderr).toContain('camunda.clusterSize');
  expect(stderr).toContain('regions[1].namespace');
  expect(stderr).toContain('2 errors');
  expect(stderr).not.toMatch(/^ +at /m);
  expect(stdout).toBe('');
  expect(existsSync(outdir) ? readdirSync(outdir) : []).toEqual([]);
});

test('a configuration is named for synth as for review and manifests, and what else is given reaches the CDK', () => {
  const app = join(folder, 'app.js');
  writeFileSync(app, 'console.error(JSON.parse(process.env.CDK_CONTEXT_JSON).config)');
  const synth = (...given: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'bin/synth.ts', ...given], { cwd: ROOT, encoding: 'utf8' });
  const { stdout, stderr } = synth('--config', 'orders.yaml', '--app', `${process.execPath} ${app}`, '--output', join(folder, 'out'));
  expect({ stdout, stderr }).toEqual({ stdout: '', stderr: expect.stringMatching(/^orders\.yaml$/m) });
  expect(synth('--config')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('argument missing') });
});
