import { changeTraffic, ledNow, type TrafficOptions } from '../../../bin/recover/traffic/change-traffic';
import type { Outside } from '../../../bin/recover/traffic/outside';
import { recoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { parseRecoveryTopology, recoveryTopologyText } from '../../../constructs/topology/plan/recovery/recovery-topology-document';
import { Topology } from '../../../constructs/topology/topology';
import { planOf } from '../../../lib/recovery/plans/recovery-request';
import { trafficPlace } from '../../../lib/recovery/traffic/traffic-change';
import { withSettings } from '../../support/settings/changed-settings';
import { RESTRICTED_TRAFFIC } from '../../support/settings/traffic';
import { WHEN_ALL_WERE_SUPPORTED } from '../../support/settings/versions';

const DESCRIBED = recoveryTopology(Topology.of(withSettings({ traffic: RESTRICTED_TRAFFIC }), WHEN_ALL_WERE_SUPPORTED));
const WITHOUT = recoveryTopology(Topology.of(withSettings({}), WHEN_ALL_WERE_SUPPORTED));
const NAMES: Readonly<Record<string, readonly string[] | string>> = {
  'camunda.example.com': ['192.0.2.1', '192.0.2.2'],
  'region0.camunda.example.com': ['192.0.2.2', '192.0.2.1'],
  'region1.camunda.example.com': ['198.51.100.1'],
};

interface Done {
  readonly asked: string[];
  readonly sent: (readonly string[])[];
  readonly out: string;
  readonly code?: number;
  readonly error?: unknown;
}

async function run(options: TrafficOptions, changes: Partial<Outside> = {}, topology = DESCRIBED): Promise<Done> {
  const asked: string[] = [];
  const sent: (readonly string[])[] = [];
  const outside: Outside = {
    addresses: name => Promise.resolve(NAMES[name] ?? 'ENOTFOUND'),
    answers: url => {
      asked.push(url);
      return Promise.resolve({ ok: true });
    },
    aws: args => {
      sent.push(args);
      return Promise.resolve(undefined);
    },
    ...changes,
  };
  let out = '';
  const written = jest.spyOn(process.stdout, 'write').mockImplementation(text => {
    out += String(text);
    return true;
  });
  try {
    return { code: await changeTraffic(topology, options, new AbortController().signal, outside), out, asked, sent };
  } catch (error) {
    return { error, out, asked, sent };
  } finally {
    written.mockRestore();
  }
}

const dead = { answers: () => Promise.resolve({ ok: false, why: 'ECONNREFUSED' } as const) };

test('sends one point to the other region, and asks that one alone whether it lives', async () => {
  const { code, sent, asked, out } = await run({ off: 'region0', yes: true });
  expect(code).toBe(0);
  expect(asked).toEqual(['https://region1.camunda.example.com/v2/license']);
  expect(sent).toEqual([
    [
      ...['cloudwatch', 'put-metric-data', '--region', 'eu-west-3', '--namespace', 'CamundaDualRegion', '--metric-name', 'TrafficOff'],
      ...['--dimensions', 'Deployment=camunda,Region=0', '--value', '1'],
    ],
  ]);
  expect(out).toContain('the traffic of region0 is off');
});

test('brings a region back whether or not it answers yet', async () => {
  const { code, sent } = await run({ on: 'region1', yes: true }, dead);
  expect(code).toBe(0);
  expect(sent[0]).toEqual(expect.arrayContaining(['eu-west-2', 'Deployment=camunda,Region=1', '0']));
});

test('leads nobody where nobody answers, unless somebody says that it lives', async () => {
  const { error, sent } = await run({ off: 'region0', yes: true }, dead);
  expect(error).toMatchObject({ kind: 'refused', message: expect.stringContaining('region1 does not answer') as string });
  expect(sent).toEqual([]);
  expect((await run({ off: 'region0', yes: true, otherLives: true }, dead)).sent).toHaveLength(1);
});

test('sends nothing in a dry run, which says what it would send, and ends as the run would', async () => {
  const { code, sent, out } = await run({ off: 'region0', dryRun: true });
  expect([code, sent]).toEqual([0, []]);
  expect(out.replace(/\s+/g, ' ')).toContain(
    'camunda.example.com leads to region0. It would send: aws cloudwatch put-metric-data --region eu-west-3 --namespace CamundaDualRegion --metric-name TrafficOff --dimensions Deployment=camunda,Region=0 --value 1',
  );
  expect((await run({ off: 'region0', dryRun: true }, dead)).error).toMatchObject({ kind: 'refused' });
});

test('tells programs the same in one line', async () => {
  const { out } = await run({ off: 'region1', yes: true, json: true });
  expect(JSON.parse(out)).toEqual({
    kind: 'traffic',
    region: 'region1',
    traffic: 'off',
    sent: true,
    command: expect.stringMatching(/^aws cloudwatch put-metric-data --region eu-west-2 .*Region=1 --value 1$/) as string,
    dns: 'camunda.example.com leads to region0',
  });
});

test('says why it could not be sent, and what to send from elsewhere', async () => {
  const { error } = await run({ off: 'region0', yes: true }, { aws: () => Promise.resolve('Unable to locate credentials') });
  expect(error).toMatchObject({
    kind: 'unreachable',
    message: 'it could not be sent: Unable to locate credentials',
    advice: expect.stringContaining('aws cloudwatch put-metric-data --region eu-west-3') as string,
  });
});

test.each<[TrafficOptions]>([[{}], [{ off: 'region0', on: 'region0' }]])('is told of one region in one way: %p', async options => {
  expect((await run(options)).error).toMatchObject({ name: 'UsageError', message: 'name one of --off <region> and --on <region>' });
});

test('is refused where there are no load balancers', async () => {
  expect((await run({ off: 'region0', yes: true }, {}, WITHOUT)).error).toMatchObject({ kind: 'refused' });
});

test.each<[string, Readonly<Record<string, readonly string[] | string>>, string]>([
  ['one region', NAMES, 'camunda.example.com leads to region0'],
  [
    'both, by shares',
    { ...NAMES, 'camunda.example.com': ['198.51.100.1', '192.0.2.1'] },
    'camunda.example.com leads to region0 and region1',
  ],
  ['neither', { ...NAMES, 'camunda.example.com': ['203.0.113.1'] }, 'camunda.example.com leads to neither region'],
  [
    'one that is not known',
    { 'camunda.example.com': ['203.0.113.1'], 'region0.camunda.example.com': ['192.0.2.1'], 'region1.camunda.example.com': 'ENOTFOUND' },
    'camunda.example.com leads to neither region that is known (region1.camunda.example.com: ENOTFOUND)',
  ],
  ['nowhere', { ...NAMES, 'camunda.example.com': 'ETIMEOUT' }, 'camunda.example.com: ETIMEOUT'],
])('tells where the name leads: %s', async (_, names, expected) => {
  const outside = { addresses: (name: string) => Promise.resolve(names[name]) } as unknown as Outside;
  expect(await ledNow(trafficPlace(DESCRIBED), outside)).toBe(expected);
});

test('is a step of its own after a failover and a failback, where there are load balancers', () => {
  const hints = (topology: typeof DESCRIBED): string[] =>
    [
      planOf(topology, { direction: 'failover', regionId: 1 }),
      planOf(topology, { direction: 'failback', regionId: 1, snapshotName: 'failback', repository: { type: 's3', settings: {} } }),
    ].flatMap(({ afterwards }) => afterwards.filter(text => text.includes('recover traffic')));
  expect(hints(DESCRIBED)).toEqual([
    expect.stringContaining("'recover traffic --off region1'"),
    expect.stringContaining("'recover traffic --on region1'"),
  ]);
  expect(hints(WITHOUT)).toEqual([]);
});

test('the name is in the description of the deployment, which is read strictly', () => {
  expect(parseRecoveryTopology(recoveryTopologyText(DESCRIBED), 'test').traffic).toEqual({ hostName: 'camunda.example.com' });
  const broken = recoveryTopologyText({ ...DESCRIBED, traffic: { hostName: 5 as unknown as string } });
  expect(() => parseRecoveryTopology(broken, 'test')).toThrow('traffic.hostName');
});
