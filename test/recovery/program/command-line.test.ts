import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecoveryRegion, RecoveryTopology, SnapshotRepository } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { recoveryTopologyText } from '../../../constructs/topology/plan/recovery/recovery-topology-document';
import type { RecoveryReport } from '../../../lib/recovery/documents/report';
import type { Finding } from '../../../lib/recovery/finding';
import type { Rehearsal } from '../../../lib/recovery/run/rehearsal';
import { Deployment } from '../stand-in/deployment';
import { StandInServer } from '../stand-in/server';
import { VirtualClock } from '../stand-in/virtual-clock';
import { ProgramHere, type Ended, type Surroundings } from '../support/program-here';

const clock = new VirtualClock(Date.now());
const program = new ProgramHere(clock);
const { folder } = program;
const server = new StandInServer();
let url: string;
let deployment: Deployment;

beforeAll(async () => {
  url = await server.start();
  deployment = new Deployment({ version: '8.9', clusterSize: 4, durations: { operation: 10, gossip: 100, snapshot: 50 } }, clock);
  server.serve(deployment);
  describeDeployment();
});
afterAll(async () => {
  await server.stop();
  program.remove();
});

/** As whoever deploys renders the document anew. */
function describeDeployment(change: Partial<RecoveryTopology> = {}): void {
  writeFileSync(join(folder, 'topology.json'), recoveryTopologyText({ ...deployment.topology, ...change }));
}

/** The regions with another repository, or none. */
function regionsWith(snapshotRepository: SnapshotRepository | undefined): RecoveryRegion[] {
  return deployment.topology.regions.map(region => ({ ...region, snapshotRepository }));
}

/** @param instead an option of the connection that the arguments bring themselves */
function recover(args: readonly string[], onOutput?: Surroundings['onOutput'], instead?: string): Promise<Ended> {
  const connection = [
    ['--topology', join(folder, 'topology.json')],
    ['--management-url', `${url}/management`],
    ['--rest-url', `${url}/rest`],
    ['--elasticsearch-url', `region0=${url}/elasticsearch0,region1=${url}/elasticsearch1`],
    ['--state', join(folder, 'state.json')],
  ]
    .filter(([option]) => option !== instead)
    .flat();
  return program.run([...args, ...connection], { onOutput });
}

test('says what is there, shows a plan, and sends nothing in a dry run', async () => {
  deployment.lose(1);
  clock.pass(200);
  const status = await recover(['status']);
  expect(status).toMatchObject({ code: 0 });
  expect(status.out).toMatch(/brokers\s+0, 2 are seen; cluster size 4, replication factor 4\npartitions\s+without a leader: 1, 2, 3, 4/);
  // A plan needs no addresses.
  const plan = await program.run(['plan', '--lost', 'region1', '--topology', join(folder, 'topology.json')]);
  expect(plan.out).toContain(
    `--request PATCH "$MANAGEMENT/actuator/cluster?force=true" --header 'Content-Type: application/json' --data '{"brokers":{"remove":[1,3]}}'`,
  );
  const dry = await recover(['failover', '--lost', 'region1', '--fenced', '--dry-run']);
  expect(dry.code).toBe(0);
  expect(dry.out).toContain('would send: PATCH :9600/actuator/cluster?force=true {"brokers":{"remove":[1,3]}}');
  expect(server.requests.filter(({ line }) => !line.startsWith('GET'))).toEqual([]);
});

describe('a dry run ends as the run would', () => {
  const LOST = ['failover', '--lost', 'region1', '--dry-run'];

  test('3 where it would refuse, with each step and what stands against it', async () => {
    const unseen = await recover(LOST);
    expect([unseen.code, unseen.out]).toEqual([
      3,
      expect.stringMatching(/it would stop here: what cannot be seen may be alive[\s\S]*a run would send nothing and end as: refused\n$/),
    ]);
    describeDeployment({ camundaVersion: '8.8' });
    const { code, out } = await recover([...LOST, '--fenced', '--json']);
    describeDeployment();
    const rehearsal = JSON.parse(out) as Rehearsal & { kind: string };
    expect([code, rehearsal.kind, rehearsal.ends]).toEqual([3, 'rehearsal', 'refused']);
    expect(rehearsal.described.finding.why).toContain('gateways run Camunda 8.9, the description says 8.8');
  });

  test('5 where nobody answers', async () => {
    const nowhere = ['--management-url', 'http://127.0.0.1:1', '--rest-url', 'http://127.0.0.1:1'];
    const { code, out } = await program.run([
      ...[...LOST, '--fenced', '--json', '--topology', join(folder, 'topology.json'), '--state', join(folder, 'none.json')],
      ...nowhere,
    ]);
    expect([code, (JSON.parse(out) as Rehearsal).ends]).toEqual([5, 'unreachable']);
  });

  test('0 where it would run', async () => {
    const { code, out } = await recover([...LOST, '--fenced', '--json']);
    expect([code, (JSON.parse(out) as Rehearsal).ends]).toEqual([0, undefined]);
  });
});

describe('a wrong description is refused before anything is sent', () => {
  const run = async (
    args: readonly string[],
    change: Partial<RecoveryTopology>,
  ): Promise<readonly [number | null, string, readonly string[]]> => {
    server.requests.length = 0;
    describeDeployment(change);
    const { code, err } = await recover(args);
    describeDeployment();
    return [code, err, server.requests.map(({ line }) => line).filter(line => !line.startsWith('GET '))];
  };

  test.each([
    ['failover', ['failover', '--lost', 'region1', '--fenced', '--yes']],
    ['verify', ['verify']],
    ['verify of one region', ['verify', '--lost', 'region1']],
  ])('by %s', async (_, args) => {
    const ended = await run(args, { partitions: deployment.topology.partitions.slice(1) });
    expect(ended).toEqual([3, expect.stringContaining('the cluster has 4 partitions, the description says 3'), []]);
  });

  test('as is the living region that is called lost, without the advice to cut it off', async () => {
    const ended = await run(['failover', '--lost', 'region0', '--fenced', '--yes'], {});
    expect(ended).toEqual([3, expect.stringContaining('did you mean `--lost region1`?'), []]);
    expect(ended[1]).not.toContain('recover fence');
  });
});

test('the evidence is shown before anybody is asked', async () => {
  const { code, err } = await recover(['failover', '--lost', 'region1', '--fenced']);
  expect(code).toBe(2);
  expect(err).toMatch(/Gives up region1.*What is seen:.*gateways +gone .*pods +unknown .*nobody is there to confirm it/s);
});

describe('all of --json is JSON', () => {
  test.each([
    ['a wrong option', ['status', '--bogus'], 'error', 2],
    ['a missing option', ['failover'], 'error', 2],
    ['a wrong region', ['failover', '--lost', 'region7'], 'error', 2],
    ['a refusal', ['failover', '--lost', 'region1', '--yes'], 'stop', 3],
    ['nothing to go on with', ['resume'], 'stop', 3],
    ['a plan', ['plan', '--lost', 'region1'], 'plan', 0],
    ['a status', ['status'], 'status', 0],
  ])('%s', async (_, args, kind, code) => {
    const ended = await recover([...args, '--json']);
    const lines = ended.out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { kind: string });
    expect([ended.code, lines.at(-1)?.kind, ended.err]).toEqual([code, kind, '']);
  });
});

const FAILBACK = ['failback', '--recreated', 'region1', '--yes'];

test.each([
  [
    'a region that does not exist',
    ['failover', '--lost', 'region2', '--yes'],
    2,
    "there is no region 'region2'; regions are region0, region1",
  ],
  ['nobody to confirm', ['failover', '--lost', 'region1', '--fenced'], 2, 'nobody is there to confirm it: --yes does'],
  ['what would be refused, before anybody is asked', ['failover', '--lost', 'region1'], 3, 'nothing shows that region 1 is gone'],
  ['no region', ['failover'], 2, 'these options are needed too: --lost <region>'],
  ['a time that is none', ['verify', '--wait', '5m'], 2, "--wait is a whole number of seconds, at least 1, got '5m'"],
  ['nothing to go on with', ['resume'], 3, 'there is no recovery to go on with'],
  [
    'a setting without a value',
    [...FAILBACK, '--repository-setting', 'bucket'],
    2,
    "--repository-setting is like name=value, got 'bucket'",
  ],
  [
    'a bucket without its account',
    FAILBACK,
    3,
    "'bucket' of the snapshot repository is 'camunda-snapshots-${AWS_ACCOUNT_ID}-eu-west-2'\n  what to do: apply the manifests with the account",
  ],
  [
    'an account that is missing in an option',
    [...FAILBACK, '--repository-setting', 'bucket=mine', '--repository-setting', 'base_path=${AWS_ACCOUNT_ID}'],
    3,
    'or give it as --repository-setting base_path=NAME',
  ],
] as const)('fails for %s', async (_, args, code, message) => {
  const ended = await recover(args);
  expect([ended.code, ended.err]).toEqual([code, expect.stringContaining(message)]);
  expect(server.requests.filter(({ line }) => line.includes('force'))).toEqual([]);
});

const DESCRIBED: SnapshotRepository = { type: 's3', settings: { bucket: 'described', client: 'region0', base_path: 'failback' } };

test.each<[string, string[], SnapshotRepository]>([
  ['nothing', [], DESCRIBED],
  ['a bucket', ['--repository-setting', 'bucket=mine'], { type: 's3', settings: { ...DESCRIBED.settings, bucket: 'mine' } }],
  [
    'a value with an equals sign, and a setting of its own',
    ['--repository-setting', 'base_path=a=b', '--repository-setting', 'max_restore_bytes_per_sec=40mb'],
    { type: 's3', settings: { ...DESCRIBED.settings, base_path: 'a=b', max_restore_bytes_per_sec: '40mb' } },
  ],
  ['the same type', ['--repository-type', 's3'], DESCRIBED],
  [
    'another type',
    ['--repository-type', 'fs', '--repository-setting', 'location=/snapshots'],
    { type: 'fs', settings: { location: '/snapshots' } },
  ],
])('the repository is the described one, and what options say goes before: %s', async (_, options, repository) => {
  describeDeployment({ regions: regionsWith(DESCRIBED) });
  const { code, out } = await recover(['plan', '--recreated', 'region1', ...options]);
  expect(code).toBe(0);
  expect(out).toContain(`--data '${JSON.stringify(repository)}'`);
  describeDeployment();
});

test.each([[], ['--repository-type', 'fs']])('a deployment without buckets has to be told one', async (...options) => {
  describeDeployment({ regions: regionsWith(undefined) });
  expect(await recover([...FAILBACK, ...options])).toMatchObject({
    code: 2,
    err: expect.stringContaining('does not say where region 0 keeps snapshots; name the bucket, as in --repository-setting bucket=NAME'),
  });
  describeDeployment();
});

test('fails over, is interrupted on the way back, is resumed, and reports both', async () => {
  const over = await recover(['failover', '--lost', 'region1', '--fenced', '--yes', '--report', folder]);
  expect([over.code, over.err]).toEqual([0, '']);
  expect(over.out).toContain('send PATCH :9600/actuator/cluster?force=true');
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as RecoveryReport;
  expect(report.steps.map(({ result }) => result)).toEqual(['done', 'done', 'done', 'done', 'done']);
  expect(readFileSync(join(folder, 'report.md'), 'utf8')).toMatch(/Total time: \*\*[\d.]+ (ms|s)\*\*/);
  expect((await recover(['verify', '--lost', 'region1'])).code).toBe(0);

  deployment.recreate(1);
  describeDeployment({ recreatedRegion: 1 });
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

describe('waiting until both regions are whole', () => {
  test('ends when they are, and says what is missing only when that changes', async () => {
    deployment.engine.stop('3');
    clock.pass(200);
    expect(await recover(['verify'])).toMatchObject({ code: 1, out: expect.stringMatching(/^not as it should be \(\w+\): brokers 3 /) });
    let isHealing = false;
    const { code, out, err } = await recover(['verify', '--wait', '20'], () => {
      if (!isHealing) clock.after(500, () => deployment.engine.start('3'));
      isHealing = true;
    });
    expect([code, err]).toEqual([0, '']);
    const lines = out.trim().split('\n');
    expect(lines[0]).toMatch(/^waiting \(\w+\): brokers 3 /);
    const end = lines.findIndex(line => line.startsWith('as it should be: '));
    expect(lines[end]).toContain('4 brokers are healthy');
    expect(lines.slice(end + 1)).toContainEqual(expect.stringMatching(/^ {2}warning: whether brokers .* export cannot be seen from here/));
    expect(new Set(lines).size).toBe(lines.length);
  });

  test('ends with code 1 when the time is over', async () => {
    deployment.engine.stop('3');
    clock.pass(200);
    const started = clock.now();
    const { code, out } = await recover(['verify', '--wait', '2']);
    expect(code).toBe(1);
    expect(out).toMatch(/\nnot as it should be \(\w+\): brokers 3 [^\n]+\n$/);
    expect(clock.now() - started).toBeGreaterThanOrEqual(2000);
  });

  test('can be interrupted', async () => {
    const { code, err } = await recover(['verify', '--wait'], (_, interrupt) => interrupt());
    expect([code, err]).toEqual([130, expect.stringContaining('interrupted while waiting')]);
    deployment.engine.start('3');
    clock.pass(200);
  });

  test('a region that is still declared as recreated is not whole', async () => {
    describeDeployment({ recreatedRegion: 1 });
    const { code, out } = await recover(['verify', '--wait', '1', '--json']);
    describeDeployment();
    expect(code).toBe(1);
    const findings = out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Finding);
    expect(findings.at(-1)).toEqual({ state: 'open', why: 'what is deployed in region 0 declares region 1 as recreated' });
  });
});

describe('wrong options are told before anything is sent', () => {
  test.each([
    ['a password file that is not there', ['--rest-user', 'admin:@/nowhere/password'], '--rest-user: cannot read /nowhere/password'],
    ['an authority that is not there', ['--ca', '/nowhere/ca.crt'], '--ca: cannot read /nowhere/ca.crt'],
    [
      'an address that is none',
      ['--management-url', 'localhost:9600'],
      "--management-url is an address like http://localhost:9600, got 'localhost:9600'",
    ],
    [
      'an address of a region that is none',
      ['--elasticsearch-url', 'region0=here'],
      "--elasticsearch-url is an address like http://localhost:9600, got 'here'",
    ],
    ['a state below a file', ['--state', '/dev/null/state.json'], '--state: cannot make /dev/null'],
    ['a state that is a folder', ['--state', '/tmp'], '--state: cannot read /tmp'],
  ])('%s', async (_what, wrong, message) => {
    server.requests.length = 0;
    const { code, err } = await recover(['status', ...wrong], undefined, wrong[0]);
    expect({ code, err }).toMatchObject({ code: 2 });
    expect(err).toContain(message);
    expect(server.requests).toEqual([]);
  });

  test('a place for the report that cannot be made', async () => {
    const { code, err } = await recover(['failover', '--lost', 'region1', '--fenced', '--yes', '--report', '/dev/null/report']);
    expect({ code, err }).toMatchObject({ code: 2 });
    expect(err).toContain('--report: cannot make /dev/null/report');
  });

  test('a file that is no record of a recovery', async () => {
    const file = join(folder, 'strange.json');
    writeFileSync(file, 'recovery: none');
    const { code, err } = await recover(['resume', '--state', file], undefined, '--state');
    expect({ code, err }).toMatchObject({ code: 2 });
    expect(err).toContain(`${file} is not the record of a recovery`);
    // Whoever only looks is shown the rest.
    const status = await recover(['status', '--state', file], undefined, '--state');
    expect(status).toMatchObject({ code: 0, out: expect.stringContaining('brokers') });
    expect(status.out).toContain(`${file} is not the record of a recovery`);
  });
});
