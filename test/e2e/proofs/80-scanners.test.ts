import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planOf } from '../../../constructs/topology/plan-of';
import { regionManifests } from '../../../lib/region-manifests';
import { bed } from '../support/bed';
import { BED_HOME } from '../support/bed-state';
import { deployedApp } from '../support/cdk';
import { command, type Outcome } from '../support/command';
import { figure } from '../support/figure';
import { decidedFindings, rulesOf, type ScannerFinding } from '../support/scanner-findings';

/** Whatever a scanner says about its findings by its exit code, it must have run. */
const MAY_FIND = [0, 1, 2, 4, 6, 8, 12, 14];

/** The version with workloads of its own. */
const OLDER = '8.7';

let folder: string;
let cfnLint: Promise<Outcome>;
let checkov: Promise<Outcome>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanners-'));
  // Both at the same time; a test shows how its own went.
  const regions = bed().regions.flatMap(({ awsRegion }) => ['--regions', awsRegion]);
  cfnLint = scan('scanners/bin/cfn-lint', '--format', 'json', ...regions, '--template', ...templates());
  const files = templates().flatMap(file => ['--file', file]);
  checkov = scan('scanners/bin/checkov', '--framework', 'cloudformation', '--skip-download', '--quiet', '-o', 'json', ...files);
  for (const scanner of [cfnLint, checkov]) scanner.catch(() => undefined);
});
afterAll(async () => {
  await Promise.allSettled([cfnLint, checkov]);
  rmSync(folder, { recursive: true, force: true });
});

/** What was deployed: the templates of this configuration. */
function templates(): string[] {
  return readdirSync(deployedApp())
    .filter(file => file.endsWith('.template.json'))
    .map(file => join(deployedApp(), file));
}

async function scan(program: string, ...args: string[]): Promise<Outcome> {
  const outcome = await command(join(BED_HOME, 'bin', program), args, { env: process.env, cwd: folder });
  expect({ ran: MAY_FIND.includes(outcome.code), stderr: MAY_FIND.includes(outcome.code) ? '' : outcome.stderr }).toEqual({
    ran: true,
    stderr: '',
  });
  return outcome;
}

function expectDecided(scanner: string, findings: readonly ScannerFinding[]): void {
  figure(`findings of ${scanner}`, `${findings.length}, of ${rulesOf(findings).length} rules, all decided`);
  const decided = decidedFindings(scanner);
  expect(findings.filter(({ rule }) => !rulesOf(decided).includes(rule))).toEqual([]);
  // A decision that nothing needs any more must go. Most are about the default configuration, some about 8.7 alone.
  const { version } = planOf(bed().topology).settings.camunda;
  const needed = decided.filter(({ place }) => (place.includes(OLDER) ? version === OLDER : bed().configuration === 'default'));
  expect(rulesOf(needed).filter(rule => !rulesOf(findings).includes(rule))).toEqual([]);
}

test('cfn-lint finds nothing in the templates that has not been decided', async () => {
  const { stdout } = await cfnLint;
  const findings = JSON.parse(stdout || '[]') as {
    readonly Rule: { readonly Id: string };
    readonly Filename: string;
    readonly Message: string;
  }[];
  expectDecided(
    'cfn-lint',
    findings.map(({ Rule, Filename, Message }) => ({ rule: Rule.Id, place: `${Filename}: ${Message}` })),
  );
});

test('checkov finds nothing in the templates that has not been decided', async () => {
  const { stdout } = await checkov;
  const parsed = JSON.parse(stdout) as CheckovReport | CheckovReport[];
  const failed = [parsed].flat().flatMap(({ results }) => results.failed_checks);
  expectDecided(
    'checkov',
    failed.map(({ check_id, resource }) => ({ rule: check_id, place: resource })),
  );
});

test('kube-score finds nothing in the manifests that has not been decided', async () => {
  const { topology, regions } = bed();
  const findings: ScannerFinding[] = [];
  for (const { regionId } of regions) {
    const file = join(folder, `region${regionId}.json`);
    const objects = regionManifests(topology, regionId).flatMap(group => group.objects);
    writeFileSync(file, objects.map(object => JSON.stringify(object)).join('\n---\n'));
    const version = `v${planOf(topology).settings.kubernetes.version}`;
    const { stdout } = await scan('kube-score', 'score', '--kubernetes-version', version, '-o', 'json', file);
    for (const { object_name, checks } of JSON.parse(stdout) as KubeScoreObject[]) {
      const bad = checks.filter(({ skipped, grade }) => !skipped && grade < KUBE_SCORE_OK);
      findings.push(...bad.map(({ check }) => ({ rule: check.id, place: object_name })));
    }
  }
  expectDecided('kube-score', findings);
});

const KUBE_SCORE_OK = 10;

interface CheckovReport {
  readonly results: { readonly failed_checks: readonly { readonly check_id: string; readonly resource: string }[] };
}

interface KubeScoreObject {
  readonly object_name: string;
  readonly checks: readonly { readonly check: { readonly id: string }; readonly grade: number; readonly skipped: boolean }[];
}
