import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { manifestFiles, writeManifestFiles } from '../../bin/manifests/manifest-files';
import { Topology } from '../../constructs/topology/topology';
import { regionManifests } from '../../lib/region-manifests';
import { environmentOn } from '../support/day';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { WHEN_ALL_WERE_SUPPORTED } from '../support/settings/versions';

const ENVIRONMENT = environmentOn(WHEN_ALL_WERE_SUPPORTED);
const ROOT = join(__dirname, '..', '..');
const TOPOLOGY = Topology.of(DEFAULT_SETTINGS);
const FILES = TOPOLOGY.regions.flatMap(({ regionId }) => manifestFiles(TOPOLOGY, regionId));

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'manifests-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function manifests(...args: string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, ['--import', 'tsx', 'bin/camunda-dual-region.ts', 'manifests', ...args], {
    cwd: ROOT,
    env: ENVIRONMENT,
    encoding: 'utf8',
  });
}

test('writes the objects that the stacks deploy, one file a group', () => {
  const run = manifests('--out', folder);
  expect(run).toMatchObject({ status: 0, stdout: '' });
  expect(run.stderr).toBe(`20 files in ${folder}/region0 (eu-west-2) and ${folder}/region1 (eu-west-3), from config/default.yaml\n`);
  for (const { regionId } of TOPOLOGY.regions) {
    for (const { name, objects } of regionManifests(TOPOLOGY, regionId)) {
      const text = readFileSync(join(folder, `region${regionId}`, `${name}.yaml`), 'utf8');
      expect(parseAllDocuments(text, { version: '1.1' }).map(document => document.toJS() as unknown)).toEqual(objects);
    }
  }
});

test('writes one region to the standard output, for a pipe', () => {
  const run = manifests('--out', '-', '--region', '1');
  expect(run.status).toBe(0);
  const documents = parseAllDocuments(run.stdout, { version: '1.1' }).map(document => document.toJS() as unknown);
  expect(documents).toEqual(regionManifests(TOPOLOGY, 1).flatMap(({ objects }) => objects));
});

test('fails for a configuration with a mistake, with its message alone, and writes nothing', () => {
  const config = join(folder, 'wrong.yaml');
  writeFileSync(config, readFileSync(join(ROOT, 'config/default.yaml'), 'utf8').replace('clusterSize: 8', 'clusterSize: 7'));
  const run = manifests('--config', config, '--out', join(folder, 'out'));
  expect(run).toMatchObject({ status: 1, stdout: '' });
  expect(run.stderr).toContain(`${config}:`);
  expect(run.stderr).toContain('camunda.clusterSize');
  expect(run.stderr).not.toMatch(/^\s+at /m);
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test.each([
  ['a folder that is a file', ['--out', 'package.json'], 1, /^cannot write the manifests: /],
  ['an option that does not exist', ['--output', 'x'], 2, /unknown option/],
  ['a region that does not exist', ['--region', '2'], 2, /Allowed choices are 0, 1/],
])('fails for %s', (_, args, status, message) => {
  const run = manifests(...args);
  expect(run.status).toBe(status);
  expect(run.stderr).toMatch(message);
  expect(run.stderr).not.toMatch(/^\s+at /m);
});

test('removes what an earlier run wrote and this one does not, and nothing else', () => {
  const region = join(folder, 'region0');
  mkdirSync(region, { recursive: true });
  for (const name of ['notes.yaml', '50-connectors.yaml.bak', 'kustomization.yaml']) writeFileSync(join(region, name), 'mine');
  writeFileSync(join(folder, '60-own.yaml'), 'mine');
  writeManifestFiles(folder, FILES);
  expect(existsSync(join(region, '50-connectors.yaml'))).toBe(true);
  writeManifestFiles(
    folder,
    FILES.filter(({ path }) => !path.endsWith('50-connectors.yaml')),
  );
  expect(readdirSync(region).sort()).toEqual([
    '00-foundation.yaml',
    '10-network-policies.yaml',
    '15-recovery-access.yaml',
    '20-secrets.yaml',
    '24-certificate-authority.yaml',
    '25-certificates.yaml',
    '30-elasticsearch.yaml',
    '40-orchestration.yaml',
    '50-connectors.yaml.bak',
    '90-recovery.yaml',
    'kustomization.yaml',
    'notes.yaml',
  ]);
  expect(existsSync(join(folder, '60-own.yaml'))).toBe(true);
});

test('a reader that has seen enough ends it without a complaint', () => {
  const line = `set -o pipefail; '${process.execPath}' --import tsx bin/camunda-dual-region.ts manifests --out - | head -n 1`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], { cwd: ROOT, env: ENVIRONMENT, encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '# region0/00-foundation.yaml\n', stderr: '' });
});
