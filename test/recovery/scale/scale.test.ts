import { Commands, type CommandOptions } from '../../../bin/recover/commands';
import type { RecoveryStop } from '../../../lib/recovery/stop';
import { topologyOf } from '../stand-in/deployment';
import { StandInServer } from '../stand-in/server';
import { foundBy } from '../support/found';
import { wrongs } from '../support/outcome';
import { Scenario, type ScenarioOptions } from '../support/scenario';
import { writtenOutput } from '../support/written-output';

const server = new StandInServer();
let url: string;
const written = writtenOutput();
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

const PATCH = 'PATCH /management/actuator/cluster';
const patches = (): unknown[] => server.requests.filter(({ line }) => line === PATCH).map(({ body }) => body);
const changes = (): string[] => server.requests.map(({ line }) => line).filter(line => !line.startsWith('GET') && !line.includes('dryRun'));

interface Size {
  readonly brokers: number;
  readonly partitions: number;
}

/** A larger cluster is deployed, and not scaled yet. */
function larger(from: Size, to: Size, options: ScenarioOptions = {}): Scenario {
  const scenario = new Scenario(server, url, { clusterSize: to.brokers, partitionCount: to.partitions, ...options });
  scenario.deployment.begunWith(from.brokers, from.partitions);
  return scenario;
}

const EIGHT = { brokers: 8, partitions: 8 };
const eightToTwelve = (options: ScenarioOptions = {}): Scenario => larger(EIGHT, { brokers: 12, partitions: 12 }, options);

function commands(scenario: Scenario, options: Partial<CommandOptions> = {}): Commands {
  return new Commands(foundBy(scenario), { yes: true, ...options }, scenario.clock, new AbortController().signal);
}

async function stopOf(end: Promise<number>): Promise<RecoveryStop> {
  return (await end.catch((error: unknown) => error)) as RecoveryStop;
}

describe('recover scale', () => {
  test.each(['8.9', '8.10'])('adds brokers, then partitions, of Camunda %s', async version => {
    const scenario = eightToTwelve({ version });
    expect(await commands(scenario).scale()).toBe(0);
    expect(patches()).toEqual([{ brokers: { add: [8, 9, 10, 11] } }, { partitions: { count: 12, replicationFactor: 4 } }]);
    expect(wrongs(scenario, 0, undefined)).toEqual([]);
    expect(written.text).toContain('brokers 8, 9, 10, 11 become members, 4 partitions are added, 12 in all');
    expect(written.text).toContain('partition 9 is on no broker');
    expect(await commands(scenario).verify()).toBe(0);
  });

  test.each<[string, Size, Size, unknown[]]>([
    ['two brokers more', EIGHT, { brokers: 10, partitions: 8 }, [{ brokers: { add: [8, 9] } }]],
    ['twice as many brokers', EIGHT, { brokers: 16, partitions: 8 }, [{ brokers: { add: [8, 9, 10, 11, 12, 13, 14, 15] } }]],
    [
      'three times as many brokers',
      { brokers: 4, partitions: 4 },
      { brokers: 12, partitions: 4 },
      [{ brokers: { add: [4, 5, 6, 7, 8, 9, 10, 11] } }],
    ],
    ['partitions alone', EIGHT, { brokers: 8, partitions: 12 }, [{ partitions: { count: 12, replicationFactor: 4 } }]],
  ])('adds %s', async (_, from, to, sent) => {
    const scenario = larger(from, to);
    expect(await commands(scenario).scale()).toBe(0);
    expect(patches()).toEqual(sent);
    expect(wrongs(scenario, 0, undefined)).toEqual([]);
  });

  test('sends nothing where nothing is to be done', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 8 });
    expect(await commands(scenario).scale()).toBe(0);
    expect(changes()).toEqual([]);
    expect(written.text).toMatch(/Have 8 partitions.*already done/s);
  });

  test('sends only dry runs in a dry run, and shows what the server plans', async () => {
    const scenario = eightToTwelve();
    expect(await commands(scenario, { dryRun: true }).scale()).toBe(0);
    expect(changes()).toEqual([]);
    expect(server.requests.find(({ line }) => line.startsWith('PATCH'))).toEqual({
      line: `${PATCH}?dryRun=true`,
      body: { brokers: { add: [8, 9, 10, 11] }, partitions: { count: 12, replicationFactor: 4 } },
    });
    expect(written.text).toMatch(/4 partitions are added, 12 in all, 18 replicas are made, and 6 taken away/);
    expect(written.text).toContain('would send: PATCH :9600/actuator/cluster {"brokers":{"add":[8,9,10,11]}}');
  });

  test('says what it does, and wants to be confirmed', async () => {
    await expect(commands(eightToTwelve(), { yes: false }).scale()).rejects.toThrow('--yes does');
    expect(written.text).toMatch(/12 brokers, 12 partitions.*added +brokers 8, 9, 10, 11/s);
    expect(changes()).toEqual([]);
  });

  test('waits for a scaling that somebody has begun by hand, and goes on from there', async () => {
    const scenario = larger(EIGHT, { brokers: 12, partitions: 8 });
    await scenario.ports().management.send({
      method: 'PATCH',
      path: '/actuator/cluster',
      body: { brokers: { add: [8, 9, 10, 11] } },
      timeoutMs: 5_000,
    });
    expect(await commands(scenario).scale()).toBe(0);
    expect(patches()).toHaveLength(1);
    expect(wrongs(scenario, 0, undefined)).toEqual([]);
  });
});

describe('recover scale is refused', () => {
  test('where the version cannot scale', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 8, version: '8.8' });
    expect(await stopOf(commands(scenario).scale())).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('Camunda 8.8 cannot add'),
    });
  });

  test('where brokers form zones', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4, version: '8.10-zones' });
    expect(await stopOf(commands(scenario).scale())).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('zones'),
      advice: expect.stringContaining('docs/scale.md'),
    });
  });

  test.each<[string, (scenario: Scenario) => void, RegExp]>([
    ['a new broker that does not run', ({ deployment: { engine } }) => engine.stop('11'), /do not run|do not see brokers 11/],
    [
      'a new broker that runs and is not seen',
      ({ deployment: { engine, cutOff } }) => {
        cutOff.add('11');
        engine.stop('11');
      },
      /gateways do not see brokers 11/,
    ],
    ['a region that is lost', scenario => scenario.lose(1), /do not run|do not see|does not answer/],
    [
      'a change that is pending',
      ({ deployment: { engine } }) => {
        engine.stuck = true;
        engine.begin([{ operation: 'PARTITION_DISABLE_EXPORTER', brokerId: '0' }], () => undefined);
      },
      /another change is in the way/,
    ],
    [
      'an exporter that is disabled',
      ({ deployment: { engine } }) => engine.exporters.set('camundaregion1', 'DISABLED'),
      /camundaregion1 is DISABLED/,
    ],
    ['a recreated region', ({ deployment: { declared } }) => declared.fill(1), /declares region 1 as recreated/],
    ['members that are not alike', ({ deployment: { engine } }) => engine.members.add('8'), /no smaller one of the kind/],
    [
      'a partition that lacks a replica',
      ({ deployment: { engine } }) => engine.partitions.get(1)!.delete('3'),
      /no smaller one of the kind.*partition|not active members/s,
    ],
  ])('with %s', async (_, harm, why) => {
    const scenario = eightToTwelve();
    harm(scenario);
    scenario.clock.pass(3_000);
    const end = await stopOf(commands(scenario).scale());
    expect(end === undefined || typeof end === 'number' ? written.text : end.message).toMatch(why);
    expect(end).not.toBe(0);
    expect(changes()).toEqual([]);
  });

  test('with more partitions than are described', async () => {
    const scenario = larger({ brokers: 8, partitions: 13 }, { brokers: 12, partitions: 13 }, { described: topologyOf('8.9', 12) });
    const end = await stopOf(commands(scenario).scale());
    expect(end).not.toBe(0);
    expect(written.text).toMatch(/does not know partitions 13/);
    expect(changes()).toEqual([]);
  });

  test('where the dry run would leave a region with less than two replicas', async () => {
    const described = topologyOf('8.9', 12);
    // As if brokers were in other regions than the distribution takes them for.
    const other = described.regions.map(region => ({
      ...region,
      brokers: region.brokers.map(broker => ({ ...broker, brokerId: { 8: '9', 9: '8' }[broker.brokerId] ?? broker.brokerId })),
    }));
    const scenario = eightToTwelve({ described: { ...described, regions: other } });
    expect(await commands(scenario).scale()).not.toBe(0);
    expect(written.text).toMatch(/would leave partitions without two replicas in each region: partition 6 is on brokers 6, 8, 5, 7/);
    expect(changes()).toEqual([]);
  });
});

describe('a larger cluster that is described', () => {
  test('is told by verify, with what makes it so', async () => {
    expect(await commands(eightToTwelve()).verify()).not.toBe(0);
    expect(written.text).toMatch(/brokers 8, 9, 10, 11 run but are not members; partitions 9, 10, 11, 12 are not there yet/);
    expect(written.text).toMatch(/what to do: 'recover scale'/);
  });

  test('is told by verify where a new broker does not run', async () => {
    const scenario = eightToTwelve();
    scenario.deployment.engine.stop('11');
    scenario.clock.pass(3_000);
    expect(await commands(scenario).verify()).not.toBe(0);
    expect(written.text).toMatch(/brokers 8, 9, 10 run but are not members; brokers 11 are not members, and are not seen/);
  });
});

describe('a region that is lost before the cluster is scaled', () => {
  const SIZES: readonly (readonly [number, Size])[] = [0, 1].flatMap(lost =>
    [
      { brokers: 10, partitions: 8 },
      { brokers: 12, partitions: 12 },
      { brokers: 16, partitions: 16 },
    ].map(to => [lost, to] as const),
  );

  test.each(SIZES)('region %i, %j: is not failed over by the description of the larger cluster', async (lost, to) => {
    const scenario = larger(EIGHT, to);
    scenario.lose(lost);
    const end = await stopOf(commands(scenario, { lost: `region${lost}` }).start('failover'));
    expect([end.message, end.advice, written.text].join()).toMatch(/not the one that is described.*docs\/scale\.md/s);
    expect(changes()).toEqual([]);
  });

  test.each(SIZES)('region %i, %j: is failed over once the former configuration is deployed', async (lost, to) => {
    const scenario = larger(EIGHT, to, { described: topologyOf('8.9', 8) });
    scenario.lose(lost);
    const { engine } = scenario.deployment;
    [...engine.up].filter(id => Number(id) >= 8).forEach(id => engine.stop(id));
    scenario.clock.pass(3_000);
    expect(await commands(scenario, { lost: `region${lost}` }).start('failover')).toBe(0);
    expect([...engine.members].every(id => Number(id) % 2 === 1 - lost)).toBe(true);
    expect(engine.members.size).toBe(4);
    expect(engine.violations).toEqual([]);
  });
});
