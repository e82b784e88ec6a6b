import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recoveryTopologyText } from '../../constructs/topology/recovery-topology-document';
import type { RecoveryReport } from '../../lib/recovery/report';
import { Deployment } from './stand-in/deployment';
import { StandInServer } from './stand-in/server';
import { VirtualClock } from './stand-in/virtual-clock';

jest.setTimeout(60_000);

const ROOT = join(__dirname, '../..');
const server = new StandInServer();
const clock = new VirtualClock(Date.now());
let url: string;
let folder: string;
let deployment: Deployment;
// The program runs in real time, and so does what it talks to.
const ticking = setInterval(() => clock.pass(10), 10);

beforeAll(async () => {
  url = await server.start();
  folder = mkdtempSync(join(tmpdir(), 'recover-'));
  deployment = new Deployment({ version: '8.9', clusterSize: 4, durations: { operation: 10, gossip: 100, snapshot: 50 } }, clock);
  server.serve(deployment);
  describeDeployment();
});
afterAll(async () => {
  clearInterval(ticking);
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** As whoever deploys renders the document anew. */
function describeDeployment(recreatedRegion?: number): void {
  writeFileSync(
    join(folder, 'topology.json'),
    recoveryTopologyText({ ...deployment.topology, ...(recreatedRegion === undefined ? {} : { recreatedRegion }) }),
  );
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function recover(args: readonly string[], onOutput: (text: string, kill: () => void) => void = () => undefined): Promise<Ended> {
  const connection = [
    ['--topology', join(folder, 'topology.json')],
    ['--management-url', `${url}/management`],
    ['--rest-url', `${url}/rest`],
    ['--elasticsearch-url', `region0=${url}/elasticsearch0,region1=${url}/elasticsearch1`],
    ['--state', join(folder, 'state.json')],
  ].flat();
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/recover.ts', ...args, ...connection], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    out += String(chunk);
    onOutput(out, () => child.kill('SIGINT'));
  });
  child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)));
  return new Promise(resolve => child.on('close', code => resolve({ code, out, err })));
}

test('says what is there, shows a plan, and sends nothing in a dry run', async () => {
  deployment.lose(1);
  clock.pass(200);
  const status = await recover(['status']);
  expect(status).toMatchObject({ code: 0 });
  expect(status.out).toMatch(/brokers\s+0, 2 are seen; cluster size 4, replication factor 4\npartitions\s+without a leader: 1, 2, 3, 4/);
  const plan = await recover(['plan', '--lost', 'region1']);
  expect(plan.out).toContain(
    `--request PATCH "$MANAGEMENT/actuator/cluster?force=true" --header 'Content-Type: application/json' --data '{"brokers":{"remove":[1,3]}}'`,
  );
  const dry = await recover(['failover', '--lost', 'region1', '--dry-run']);
  expect(dry.out).toContain('would send: PATCH :9600/actuator/cluster?force=true {"brokers":{"remove":[1,3]}}');
  expect(server.requests.filter(({ line }) => !line.startsWith('GET'))).toEqual([]);
});

test.each([
  [
    'a region that does not exist',
    ['failover', '--lost', 'region2', '--yes'],
    2,
    "there is no region 'region2'; regions are region0, region1",
  ],
  ['nobody to confirm', ['failover', '--lost', 'region1'], 2, 'nobody is there to confirm it: --yes does'],
  ['no region', ['failover'], 2, "required option '--lost <region>' not specified"],
  ['nothing to go on with', ['resume'], 3, 'there is no recovery to go on with'],
  ['no bucket', ['failback', '--recreated', 'region1', '--yes'], 2, 'name the bucket, as in --repository-setting bucket=NAME'],
] as const)('fails for %s', async (_, args, code, message) => {
  const ended = await recover(args);
  expect([ended.code, ended.err]).toEqual([code, expect.stringContaining(message)]);
  expect(server.requests.filter(({ line }) => line.includes('force'))).toEqual([]);
});

test('fails over, is interrupted on the way back, is resumed, and reports both', async () => {
  const over = await recover(['failover', '--lost', 'region1', '--yes', '--report', folder]);
  expect([over.code, over.err]).toEqual([0, '']);
  expect(over.out).toContain('send PATCH :9600/actuator/cluster?force=true');
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as RecoveryReport;
  expect(report.steps.map(({ result }) => result)).toEqual(['done', 'done', 'done', 'done']);
  expect(readFileSync(join(folder, 'report.md'), 'utf8')).toMatch(/Total time to restore: \*\*[\d.]+ (ms|s)\*\*/);
  expect((await recover(['verify', '--lost', 'region1'])).code).toBe(0);

  deployment.recreate(1);
  describeDeployment(1);
  const repository = ['--repository-setting', 'bucket=snapshots'];
  const first = await recover(['failback', '--recreated', 'region1', '--yes', ...repository], (out, kill) =>
    out.includes('without a recreated region') || out.includes('declares region 1 as recreated') ? kill() : undefined,
  );
  expect([first.code, first.err]).toEqual([130, expect.stringContaining("'recover resume' goes on from here")]);
  const again = await recover(['failback', '--recreated', 'region1', '--yes', ...repository]);
  expect([again.code, again.err]).toEqual([3, expect.stringContaining('is not finished')]);

  deployment.settle();
  describeDeployment();
  const second = await recover(['resume', '--json', '--report', folder]);
  expect([second.code, second.err]).toEqual([0, '']);
  const lines = second.out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as { kind: string });
  expect(lines.at(-1)?.kind).toBe('report');
  expect((await recover(['verify'])).code).toBe(0);
  expect(deployment.engine.violations).toEqual([]);
});
