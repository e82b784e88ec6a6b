import { PassThrough } from 'node:stream';
import { Commands, type CommandOptions } from '../../../bin/recover/commands';
import { UnreachableError } from '../../../bin/recover/exit-code';
import { confirm, fencing, neverAccepted } from '../../../bin/recover/terminal/confirmation';
import { freshProgress } from '../../../lib/recovery/plans/recovery-request';
import type { ProgressStore } from '../../../lib/recovery/ports';
import type { Progress } from '../../../lib/recovery/record/progress';
import { topologyOf } from '../stand-in/deployment';
import { StandInServer } from '../stand-in/server';
import { foundBy } from '../support/found';
import { Scenario } from '../support/scenario';
import { writtenOutput } from '../support/written-output';

const written = writtenOutput();
const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

/** A terminal at which somebody sits. That of the tests may end at any time. */
let keyboard: PassThrough;
beforeEach(() => {
  keyboard = Object.assign(new PassThrough(), { isTTY: true });
  jest.spyOn(process, 'stdin', 'get').mockReturnValue(keyboard as unknown as typeof process.stdin);
});

const never = new AbortController().signal;
const QUESTION = 'Type the name of the region to go on';

/** Types something when the question is there. Who is not asked within a second is asked nothing. */
async function answer(text: string): Promise<void> {
  for (let i = 0; i < 200 && !written.text.includes(QUESTION); i += 1) await new Promise(resolve => setTimeout(resolve, 5));
  expect(written.text).toContain(QUESTION);
  keyboard.write(text);
}

describe('whoever is asked', () => {
  /** A deployment that has lost region 1, unless somebody is to cut it off. */
  function deployment(options: CommandOptions, lost = true): { readonly scenario: Scenario; readonly commands: Commands } {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    if (lost) scenario.lose(1);
    return { scenario, commands: new Commands(foundBy(scenario), options, scenario.clock, never) };
  }

  test('and types the name of the region sets a failover going', async () => {
    const { scenario, commands } = deployment({ lost: 'region1', fenced: true });
    const ended = commands.start('failover');
    await answer('region1\n');
    expect(await ended).toBe(0);
    expect(scenario.deployment.engine.forced).toBe(1);
  });

  test.each<[CommandOptions, string]>([
    [{}, '\nnot confirmed: nothing was done\n'],
    [{ json: true }, '{"kind":"refused","text":"not confirmed: nothing was done"}\n'],
  ])('and types anything else with %j has done nothing', async (options, text) => {
    const { scenario, commands } = deployment({ lost: 'region1', fenced: true, ...options });
    const ended = commands.start('failover');
    await answer('yes\n');
    expect(await ended).toBe(3);
    expect(`\n${written.text.slice(written.text.indexOf(QUESTION))}`).toContain(text.trim());
    expect(scenario.deployment.engine.forced).toBe(0);
    expect(scenario.store.text).toBeUndefined();
  });

  test.each<[string, CommandOptions, number, string]>([
    ['region1', {}, 0, 'region 1 is fenced\n'],
    ['region1', { json: true }, 0, '{"kind":"fenced","text":"region 1 is fenced"}\n'],
    ['region0', {}, 3, 'not confirmed: nothing was done\n'],
  ])('to cut a region off and types %s with %j ends it with that', async (typed, options, code, text) => {
    const { commands } = deployment({ region: 'region1', ...options }, false);
    const ended = commands.fence();
    await answer(`${typed}\n`);
    expect(await ended).toBe(code);
    expect(written.text.endsWith(text)).toBe(true);
  });

  test.each([
    ['region1', 0],
    ['region0', 3],
  ])('to send again and types %s', async (typed, code) => {
    const { scenario } = deployment({});
    await scenario.store.write(freshProgress({ direction: 'failover', regionId: 1, fenced: true }, scenario.topology, 'ada', 1), undefined);
    const ended = new Commands(foundBy(scenario), { sendAgain: true }, scenario.clock, never).resume();
    await answer(`${typed}\n`);
    expect(await ended).toBe(code);
    expect(written.text).toMatch(/^Nothing was sent whose outcome is open: there is nothing to send again\.\nType/);
    expect(scenario.deployment.engine.forced).toBe(code === 0 ? 1 : 0);
  });
});

test.each([
  ['the end of input', true],
  ['a signal to the process', false],
])('%s instead of an answer leaves all as it was', async (_, ends) => {
  const interrupting = new AbortController();
  const asked = confirm('Gives up region1.', [], 1, interrupting.signal);
  if (ends) keyboard.end();
  else interrupting.abort();
  await expect(asked).rejects.toMatchObject({
    kind: 'interrupted',
    message: 'interrupted before it was confirmed',
    advice: 'nothing was done: give the same command again',
  });
  // Nothing is seen, and nothing is said of that.
  expect(written.text).toMatch(/^Gives up region1\.\nType/);
});

test.each(['scale', 'isolate'] as const)('an operator who cuts a region off by %s is told what that does, and how to undo it', how => {
  const scaled = how === 'scale';
  expect(fencing(topologyOf('8.9', 4), 1, how)).toBe(
    [
      'Cuts off region1 (eu-west-3, namespace camunda-paris).',
      scaled
        ? '  scaled     camunda-zeebe to zero'
        : '  deleted    NetworkPolicies orchestration: these pods reach nothing but DNS, and nobody reaches them',
      "  stopped    brokers 1, 3. While they are members, partitions have no quorum: nothing is processed until 'recover failover --lost region1'",
      '  left       brokers 0, 2 of region 0; members and exporters of the cluster stay as they are',
      scaled
        ? '  undone by  a deployment that changes them starts them again'
        : "  undone by  10-network-policies.yaml of 'camunda-dual-region manifests', applied",
    ].join('\n'),
  );
});

test('an operator who declares requests as never accepted is told which ones, and nothing else', () => {
  const open = { at: 0, by: 'ada', call: 'PATCH /cluster', outcome: 'unknown' } as const;
  const answered = { ...open, outcome: 'refused', call: 'POST /other' } as const;
  const steps: Progress['steps'] = {
    'remove-brokers': { startedAt: 0, calls: 2, attempts: [answered, open] },
    'disable-exporters': { startedAt: 0, calls: 1, attempts: [open], finishedAt: 9 },
  };
  expect(neverAccepted({ steps })).toBe(
    [
      'Declares as never accepted, or as over with all that it began, so that it is sent once more:',
      '  remove-brokers: PATCH /cluster, 1970-01-01T00:00:00.000Z by ada',
      'A forced change that is sent while the first one is under way can strand it: compare the logs of the brokers before.',
    ].join('\n'),
  );
});

describe('commands that are not asked for what they need', () => {
  const nowhere = new Scenario(new StandInServer('over HTTP'), 'http://127.0.0.1:9', { clusterSize: 4 });
  const commands = (options: CommandOptions, found = foundBy(nowhere)): Commands => new Commands(found, options, nowhere.clock, never);

  test('say which option is missing', async () => {
    await expect(commands({}).start('failover')).rejects.toThrow('name the region with --lost');
    await expect(commands({}).start('failback')).rejects.toThrow('name the region with --recreated');
    await expect(commands({}).fence()).rejects.toThrow('name the region to cut off with --region');
  });

  test('cut off the brokers where nobody says how', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    const fence = jest.fn(() => Promise.resolve('done'));
    expect(await commands({ region: 'region1', yes: true }, { ...foundBy(scenario), fence }).fence()).toBe(0);
    expect(fence).toHaveBeenCalledWith(1, 'scale');
  });

  test('copy no data where nothing leads to one of both', async () => {
    const back = { direction: 'failback', regionId: 1, snapshotName: 's', repository: { type: 's3', settings: { bucket: 'b' } } } as const;
    const store = { ...nowhere.ports().store };
    const begun = freshProgress(back, nowhere.topology, 'ada', 1);
    store.read = () => Promise.resolve({ progress: begun, version: '1' });
    const found = { ...foundBy(nowhere), portsFor: () => ({ ...nowhere.ports(), store, hasElasticsearch: () => false }) };
    const message = 'nothing leads to Elasticsearch of region0 and region1: name it with --elasticsearch-url';
    await expect(commands({ recreated: 'region1', repositorySetting: ['bucket=b'] }, found).start('failback')).rejects.toThrow(message);
    await expect(commands({}, found).resume()).rejects.toThrow(message);
  });

  test('begin nothing where the record of an earlier recovery cannot be read', async () => {
    const store: ProgressStore = {
      read: () => Promise.reject(new UnreachableError('the Kubernetes API gave no answer within 8 s')),
      write: () => Promise.reject(new Error('nothing is written here')),
    };
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    scenario.lose(1);
    const found = { ...foundBy(scenario), portsFor: () => ({ ...scenario.ports(), store }) };
    await expect(commands({ lost: 'region1', fenced: true, yes: true }, found).start('failover')).rejects.toMatchObject({
      kind: 'unreachable',
      advice:
        'bring the Kubernetes API of region 0 back, or the way and the login to it. This run has sent nothing and recorded nothing: give the same command again',
    });
  });

  test('wait for half an hour where nobody says how long', async () => {
    const began = nowhere.clock.now();
    expect(await commands({ lost: 'region1', wait: true }).verify()).toBe(1);
    expect(nowhere.clock.now() - began).toBeGreaterThanOrEqual(1_800_000);
  });
});
