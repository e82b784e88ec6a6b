import { Commands, type CommandOptions } from '../../../bin/recover/commands';
import { switchPlan } from '../../../lib/recovery/plans/switch-plan';
import { leadersThere, returnLeaders } from '../../../lib/recovery/steps/zones/leaders';
import type { RecoveryStop } from '../../../lib/recovery/stop';
import { ClusterView } from '../../../lib/recovery/view/cluster-view';
import { StandInServer } from '../stand-in/server';
import { atTheStart, requestOf } from '../support/cases';
import { foundBy } from '../support/found';
import { wrongs } from '../support/outcome';
import { endOf, Scenario } from '../support/scenario';
import { writtenOutput } from '../support/written-output';

const server = new StandInServer();
let url: string;
const written = writtenOutput();
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

const changes = (): string[] => server.requests.map(({ line }) => line).filter(line => !line.startsWith('GET') && !line.includes('dryRun'));
const ORDER = 'PUT /management/actuator/cluster/partitioning';
const REBALANCE = 'POST /management/actuator/rebalance';

function zoned(version = '8.10-zones'): Scenario {
  return new Scenario(server, url, { clusterSize: 4, version });
}

function commands(scenario: Scenario, options: Partial<CommandOptions>): Commands {
  return new Commands(foundBy(scenario), { yes: true, ...options }, scenario.clock, new AbortController().signal);
}

/** Partitions that each region leads. */
function ledBy({ deployment: { engine, topology } }: Scenario): number[] {
  return topology.regions.map(
    ({ brokers }) => [...engine.partitions.keys()].filter(id => brokers.some(({ brokerId }) => brokerId === engine.leaderOf(id))).length,
  );
}

test('leaders have not returned after a failback before all zones are back', async () => {
  const scenario = zoned();
  const { deployment } = scenario;
  deployment.lose(0);
  deployment.failOver(0);
  const view = new ClusterView(scenario.topology, scenario.ports());
  expect(await returnLeaders(scenario.topology).done.check(view, [])).toMatchObject({
    state: 'open',
    why: 'zone eu-west-2 is not back yet',
  });
  // Whether a region works alone is another question.
  expect(await leadersThere(scenario.topology).check(view, [])).toMatchObject({ state: 'met' });
});

describe('recover switch', () => {
  test('moves all leaders there, and back', async () => {
    const scenario = zoned();
    expect(ledBy(scenario)).toEqual([4, 0]);
    expect(await commands(scenario, { to: 'region1' }).switchLeaders()).toBe(0);
    expect(ledBy(scenario)).toEqual([0, 4]);
    expect(changes()).toEqual([ORDER, REBALANCE]);
    expect(server.requests.find(({ line }) => line.startsWith('PUT'))).toEqual({
      line: `${ORDER}?dryRun=true`,
      body: { zonePriorities: ['eu-west-3', 'eu-west-2'] },
    });
    expect(await commands(scenario, { to: 'region0' }).switchLeaders()).toBe(0);
    expect(ledBy(scenario)).toEqual([4, 0]);
    expect(scenario.deployment.engine.violations).toEqual([]);
  });

  test('sends nothing where it is so already', async () => {
    const scenario = zoned();
    expect(await commands(scenario, { to: 'region0' }).switchLeaders()).toBe(0);
    expect(changes()).toEqual([]);
    expect(written.text).toMatch(/eu-west-2 .*already done/);
  });

  test('asks for leaders alone, where priorities are so and leaders have gone', async () => {
    const scenario = zoned();
    const { engine, topology } = scenario.deployment;
    topology.regions[0].brokers.forEach(({ brokerId }) => engine.up.delete(brokerId));
    topology.regions[0].brokers.forEach(({ brokerId }) => engine.start(brokerId));
    expect(await commands(scenario, { to: 'region0' }).switchLeaders()).toBe(0);
    expect(ledBy(scenario)).toEqual([4, 0]);
  });

  test('sends nothing in a dry run', async () => {
    const scenario = zoned();
    expect(await commands(scenario, { to: 'region1', dryRun: true }).switchLeaders()).toBe(0);
    expect(changes()).toEqual([]);
    expect(written.text).toMatch(/would send: PUT :9600\/actuator\/cluster\/partitioning \{"zonePriorities":\["eu-west-3","eu-west-2"\]\}/);
    // Leaders follow only when they are asked, even if all are where priorities want them now.
    expect(written.text).toMatch(/zone eu-west-3 has not the highest priority: .*\s+would send: POST :9600\/actuator\/rebalance/);
  });

  test('has not ended while another zone leads', async () => {
    const scenario = zoned();
    const [, , move] = switchPlan(scenario.topology, 1).steps;
    const view = new ClusterView(scenario.topology, scenario.ports());
    expect(await move.done.check(view, [])).toMatchObject({
      state: 'open',
      why: expect.stringContaining('zone eu-west-3 has not the highest priority'),
    });
  });

  test('says what it does, and wants to be confirmed', async () => {
    await expect(commands(zoned(), { to: 'region1', yes: false }).switchLeaders()).rejects.toThrow('--yes does');
    expect(written.text).toMatch(/Moves the leaders of all 4 partitions to region1 .*brokers eu-west-3_0, eu-west-3_1 get them/s);
    expect(changes()).toEqual([]);
  });

  test('prints its plan', () => {
    expect(commands(zoned(), { to: 'region1' }).plan()).toBe(0);
    expect(written.text).toMatch(/Switch: region 1 .*--request PUT .*partitioning.*--request POST .*rebalance/s);
  });

  test('is refused where brokers are numbered', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4, version: '8.10' });
    await expect(commands(scenario, { to: 'region1' }).switchLeaders()).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('numbered'),
      advice: expect.stringContaining('camunda.zones'),
    });
    expect(() => commands(scenario, { to: 'region1' }).plan()).toThrow('numbered');
  });

  test('is refused where priorities are equal', async () => {
    const scenario = zoned('8.10-zones-equal');
    expect(await commands(scenario, { to: 'region1' }).switchLeaders()).not.toBe(0);
    expect(written.text).toMatch(/equal priority share the leaders/);
    expect(changes()).toEqual([]);
  });

  test.each([
    ['a region that is lost', (scenario: Scenario) => scenario.lose(0)],
    [
      'a change that is pending',
      ({ deployment: { engine } }: Scenario) => {
        engine.stuck = true;
        engine.begin([{ operation: 'PARTITION_DISABLE_EXPORTER', brokerId: 'eu-west-2_0' }], () => undefined);
      },
    ],
    ['a member that is not there', ({ deployment: { engine } }: Scenario) => engine.stop('eu-west-3_1')],
  ])('is refused with %s', async (_, harm) => {
    const scenario = zoned();
    harm(scenario);
    scenario.clock.pass(3_000);
    expect(await commands(scenario, { to: 'region1' }).switchLeaders()).not.toBe(0);
    expect(changes()).toEqual([]);
  });

  test('is refused while a recovery is not finished', async () => {
    const scenario = atTheStart(server, url, { direction: 'failback', version: '8.10-zones', affected: 1 });
    scenario.interruption = { requested: false };
    scenario.onEvent = event => {
      if (event.kind === 'done') scenario.interruption = Object.assign(scenario.interruption, { requested: true });
    };
    expect(await endOf(scenario.begin(requestOf({ direction: 'failback', affected: 1 })))).toMatchObject({ kind: 'interrupted' });
    await expect(commands(scenario, { to: 'region1' }).switchLeaders()).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('a failback of region 1'),
    });
  });

  test('that leaders do not follow says so, and holds no failover up', async () => {
    const scenario = zoned();
    const { engine } = scenario.deployment;
    engine.leadersStay = true;
    // Somebody has to lead before anybody can stay.
    ledBy(scenario);
    expect(await commands(scenario, { to: 'region1' }).switchLeaders()).not.toBe(0);
    expect(written.text).toMatch(/not led in zone eu-west-3.*recover resume/s);
    scenario.lose(1);
    expect(await commands(scenario, { lost: 'region1' }).start('failover')).toBe(0);
    expect(wrongs(scenario, 1, undefined)).toEqual([]);
  });
});

describe('what is seen', () => {
  test('status tells the zones, and how many leaders are where', async () => {
    const scenario = zoned();
    expect(await commands(scenario, {}).status()).toBe(0);
    expect(written.text).toMatch(/^zones +eu-west-2 priority 1000, 2 replicas, eu-west-3 priority 500, 2 replicas$/m);
    expect(written.text).toMatch(/^leaders +4 in region 0, 0 in region 1$/m);
  });

  test('status of numbered brokers tells neither', async () => {
    expect(await commands(new Scenario(server, url, { clusterSize: 4, version: '8.10' }), {}).status()).toBe(0);
    expect(written.text).not.toMatch(/^(zones|leaders) /m);
  });

  test('verify tells where leaders are, and what to do where they are elsewhere', async () => {
    const scenario = zoned();
    expect(await commands(scenario, {}).verify()).toBe(0);
    expect(written.text).toMatch(/all 4 leaders are in zone eu-west-2/);
    const { engine } = scenario.deployment;
    engine.layout = engine.layout!.map(zone => ({ ...zone, priority: 1_500 - zone.priority }));
    expect(await commands(scenario, {}).verify()).toBe(0);
    expect(written.text).toMatch(/partitions 1, 2, 3, 4 are not led in zone eu-west-3.*'recover switch --to region/s);
  });

  test('verify of a cluster whose layout lacks a zone says so', async () => {
    const scenario = zoned();
    scenario.deployment.engine.layout = [{ name: 'eu-west-2', numberOfReplicas: 2, priority: 1000 }];
    expect(await commands(scenario, {}).verify()).not.toBe(0);
    expect(written.text).toMatch(/zones eu-west-3 are not in the layout/);
  });

  test('a cluster without zones that is described with them is another one', async () => {
    const numbered = new Scenario(server, url, { clusterSize: 4, version: '8.10', described: zoned().topology });
    await expect(commands(numbered, {}).verify()).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('ROUND_ROBIN'),
    });
  });
});

describe('a region that comes back', () => {
  /** Fails region 0 over, after leaders were switched or not. */
  async function failedOver(version: string, lost: number, switched: boolean): Promise<Scenario> {
    const scenario = zoned(version);
    const leading = ledBy(scenario).indexOf(4);
    if (switched) expect(await commands(scenario, { to: `region${1 - leading}` }).switchLeaders()).toBe(0);
    scenario.lose(lost);
    expect(await commands(scenario, { lost: `region${lost}` }).start('failover')).toBe(0);
    scenario.deployment.work(20);
    return scenario;
  }

  const CASES = ['8.10-zones', '8.10-zones-reversed'].flatMap(version =>
    [0, 1].flatMap(lost => [false, true].map(switched => ({ version, lost, switched }))),
  );

  test.each(CASES)(
    '$version, region $lost, switched $switched: has the priority that is free, and leaders go where they belong',
    async one => {
      const { version, lost, switched } = one;
      const scenario = await failedOver(version, lost, switched);
      const leading = (version === '8.10-zones' ? 0 : 1) === lost ? (switched ? 1 - lost : lost) : switched ? lost : 1 - lost;
      scenario.deployment.recreate(lost);
      const repository = { repositoryType: 's3', repositorySetting: ['bucket=b'] };
      const failback = commands(scenario, { recreated: `region${lost}`, ...repository });
      // The command has no listener: the steady state is deployed as soon as all have joined.
      const settling = (): void => {
        if (scenario.deployment.engine.members.size === 4 && scenario.deployment.engine.pending === undefined) scenario.deployment.settle();
        else scenario.clock.after(1_000, settling);
      };
      scenario.clock.after(1_000, settling);
      expect(await failback.start('failback')).toBe(0);
      expect(wrongs(scenario, lost, undefined)).toEqual([]);
      expect(ledBy(scenario)[leading]).toBe(4);
      expect(scenario.progress().request.zonePriority).toBe(leading === lost ? 1000 : 500);
    },
  );

  test('warns where leaders stay away, and is done all the same', async () => {
    const scenario = atTheStart(server, url, { direction: 'failback', version: '8.10-zones', affected: 0 });
    const { engine } = scenario.deployment;
    ledBy(scenario);
    engine.leadersStay = true;
    expect(await endOf(scenario.begin(requestOf({ direction: 'failback', affected: 0 })))).toBeUndefined();
    expect(scenario.progress().warnings.filter(text => text.includes('not led in zone eu-west-2'))).toHaveLength(1);
    expect(wrongs(scenario, 0, undefined)).toEqual([]);
  });

  test('is refused where no priority can be known', async () => {
    const scenario = await failedOver('8.10-zones', 0, false);
    scenario.deployment.engine.layout = [{ name: 'eu-west-3', numberOfReplicas: 2, priority: 77 }];
    const repository = { repositoryType: 's3', repositorySetting: ['bucket=b'] };
    const end = (await commands(scenario, { recreated: 'region0', ...repository })
      .start('failback')
      .catch((error: unknown) => error)) as RecoveryStop;
    expect([end.kind, end.message]).toEqual(['refused', expect.stringMatching(/eu-west-3 priority 77/)]);
    expect(changes().filter(line => line.includes('/zones/') && line.startsWith('POST'))).toEqual([]);
  });
});
