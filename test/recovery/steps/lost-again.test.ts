import { Commands } from '../../../bin/recover/commands';
import { withCancelling } from '../../../bin/recover/request/with-cancelling';
import { freshProgress } from '../../../lib/recovery/plans/recovery-request';
import type { KubernetesFacts } from '../../../lib/recovery/ports';
import { inherited } from '../../../lib/recovery/record/inheritance';
import type { RecoveryRequest } from '../../../lib/recovery/record/progress';
import { type RecoveryStop } from '../../../lib/recovery/stop';
import { UNSEEN_MS } from '../../../lib/recovery/view/absence';
import { ClusterView } from '../../../lib/recovery/view/cluster-view';
import { StandInServer } from '../stand-in/server';
import { atTheStart, requestOf } from '../support/cases';
import { foundBy } from '../support/found';
import { wrongs } from '../support/outcome';
import { endOf, peopleDeploy, type Scenario } from '../support/scenario';
import { writtenOutput } from '../support/written-output';

writtenOutput();

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

/** Steps at whose beginning a region is lost again: all that come after the region was seen to be back. */
const STEPS = ['pause-exporting', 'take-snapshot', 'restore', 'enable', 'resume-exporting', 'add-brokers'] as const;

/** A failback during which a region goes at the first look of a step, or once an addition is under way. */
function goingAt(version: string, affected: number, step: string, lost: number, during = false): Scenario {
  const scenario = atTheStart(server, url, { direction: 'failback', version, affected });
  const people = peopleDeploy(scenario, affected);
  let gone = false;
  scenario.onEvent = event => {
    people(event);
    const now = during ? event.kind === 'sent' : event.kind === 'step';
    if (gone || !now || !('step' in event) || !event.step.id.startsWith(step)) return;
    gone = true;
    scenario.deployment.lose(lost);
    scenario.clock.pass(2_000);
  };
  return scenario;
}

/** Begins anew as the program does with --abandon. */
async function abandonFor(scenario: Scenario, request: RecoveryRequest): Promise<void> {
  // The program gives its lease back when it stops.
  await scenario.leaseOf().release('ada');
  const view = new ClusterView(scenario.topology, scenario.ports());
  const inheritance = inherited(request, scenario.progress());
  const { request: next } = await withCancelling(scenario.topology, inheritance, {}, view, () => undefined, { requested: false });
  await scenario.resume('bob', {}, () => freshProgress(next, scenario.topology, 'bob', scenario.clock.now()));
}

const isPaused = ({ deployment }: Scenario): boolean =>
  [...deployment.engine.partitions.values()].some(replicas => [...replicas.values()].some(({ paused }) => paused));

describe.each(['8.7', '8.9', '8.10-zones', '8.10-zones-reversed'].flatMap(version => [0, 1].map(affected => ({ version, affected }))))(
  'Camunda $version, region $affected lost again while it comes back',
  ({ version, affected }) => {
    test.each(STEPS)('before %s: stops, leaves the survivor whole, and the way that it names leads on', async step => {
      const scenario = goingAt(version, affected, step, affected);
      const started = scenario.clock.now();
      const end = (await endOf(scenario.begin(requestOf({ direction: 'failback', affected })))) as RecoveryStop;
      expect([end.kind, end.message]).toEqual(['stopped', expect.stringContaining(`region ${affected} is lost again`)]);
      expect(end.advice).toContain(`'recover failover --lost region${affected} --abandon'`);
      expect(scenario.clock.now() - started).toBeLessThan(120_000);
      expect(isPaused(scenario)).toBe(false);
      expect(wrongs(scenario, affected, end)).toEqual([]);
      // Nobody goes on with it as if nothing had been.
      expect(await endOf(scenario.resume('bob'))).toMatchObject({ kind: 'refused' });
      scenario.onEvent = () => undefined;
      await abandonFor(scenario, { direction: 'failover', regionId: affected });
      expect(wrongs(scenario, affected, undefined)).toEqual([]);
      scenario.onEvent = peopleDeploy(scenario, affected);
      scenario.deployment.declared.fill(undefined);
      expect(
        await endOf(scenario.begin({ ...requestOf({ direction: 'failback', affected }), snapshotName: 'failback-2' })),
      ).toBeUndefined();
      expect(wrongs(scenario, affected, undefined)).toEqual([]);
    });
  },
);

test.each(['8.7', '8.9'])('%s: region 1 lost while its brokers are added: the change that waits for them is cancelled', async version => {
  const scenario = goingAt(version, 1, 'add-brokers', 1, true);
  const end = (await endOf(scenario.begin(requestOf({ direction: 'failback', affected: 1 })))) as RecoveryStop;
  expect(end.message).toContain('region 1 is lost again');
  expect(scenario.deployment.engine.pending).toBeDefined();
  scenario.deployment.engine.forced = 0;
  await abandonFor(scenario, { direction: 'failover', regionId: 1 });
  expect(server.requests.map(({ line }) => line)).toContain('DELETE /management/actuator/cluster/changes/2');
  expect(wrongs(scenario, 1, undefined)).toEqual([]);
});

describe('region 0 lost while its brokers are added', () => {
  /** @param isMember whether its lowest broker was a member already */
  async function lostAgain(isMember: boolean): Promise<Scenario> {
    const scenario = goingAt('8.9', 0, 'add-brokers', 0, true);
    const { engine } = scenario.deployment;
    scenario.onEvent = (listener => event => {
      listener(event);
      if (event.kind === 'sent' && event.step.id === 'add-brokers' && isMember) engine.members.add('0');
    })(scenario.onEvent);
    const end = (await endOf(scenario.begin(requestOf({ direction: 'failback', affected: 0 })))) as RecoveryStop;
    expect(end.message).toContain('region 0 is lost again');
    scenario.onEvent = () => undefined;
    engine.forced = 0;
    return scenario;
  }

  test('and a member: broker 0 comes back alone to cancel the change, and the failover goes on', async () => {
    const scenario = await lostAgain(true);
    const { engine } = scenario.deployment;
    await expect(abandonFor(scenario, { direction: 'failover', regionId: 0 })).rejects.toMatchObject({
      kind: 'refused',
      advice: expect.stringContaining("'recover cancel-change --lost region0'") as string,
    });
    engine.startEmpty('0');
    const commands = new Commands(foundBy(scenario), { lost: 'region0', yes: true }, scenario.clock, new AbortController().signal);
    // It may go on before it is cancelled.
    engine.stuck = true;
    expect(await commands.cancelChange()).toBe(0);
    engine.stuck = false;
    engine.stop('0');
    scenario.clock.pass(2_000);
    await abandonFor(scenario, { direction: 'failover', regionId: 0 });
    expect(wrongs(scenario, 0, undefined)).toEqual([]);
  });

  test('and no member yet: broker 1, which lives, cancels the change', async () => {
    const scenario = await lostAgain(false);
    await abandonFor(scenario, { direction: 'failover', regionId: 0 });
    expect(server.requests.map(({ line }) => line)).toContain('DELETE /management/actuator/cluster/changes/2');
    expect(wrongs(scenario, 0, undefined)).toEqual([]);
  });
});

test('a region that is not seen while its pods run is given up after a minute, and the survivor is left whole', async () => {
  const scenario = goingAt('8.9', 1, 'restore', 1);
  const { deployment } = scenario;
  const running = deployment.topology.regions[1].brokers.map(({ podName }) => ({ name: podName, running: true, ready: true }));
  let back = false;
  const kubernetes: KubernetesFacts = {
    region: async id => {
      const facts = await deployment.region(id);
      back ||= id === 1 && facts !== undefined;
      return id === 1 && back && !facts ? { brokerPods: running, recreatedRegion: 1 } : facts;
    },
  };
  const end = (await endOf(scenario.begin(requestOf({ direction: 'failback', affected: 1 }), 'ada', { kubernetes }))) as RecoveryStop;
  expect(end.message).toContain('gateways see no broker of region 1; exporting was resumed');
  expect(end.advice).toContain(`'recover failover --lost region1 --abandon'`);
  expect(scenario.progress().givenUp).toBe('gateways see no broker of region 1');
  expect(isPaused(scenario)).toBe(false);
});

test.each([0, 1])('the survivor lost while region %i comes back: stops, and says what holds the data', async affected => {
  const scenario = goingAt('8.9', affected, 'restore', 1 - affected);
  const end = (await endOf(scenario.begin(requestOf({ direction: 'failback', affected })))) as RecoveryStop;
  expect([end.kind, end.advice]).toEqual(['stopped', expect.stringContaining('holds the data')]);
});

describe('a region that comes back after its brokers were removed', () => {
  test.each(['disable', 'verify'])('is told at once, at %s, with what to do', async step => {
    const scenario = atTheStart(server, url, { direction: 'failover', version: '8.9', affected: 1 });
    scenario.onEvent = event => {
      if (event.kind === 'step' && event.step.id.startsWith(step)) ['1', '3'].forEach(id => scenario.deployment.engine.start(id));
    };
    const started = scenario.clock.now();
    const end = (await endOf(scenario.begin({ direction: 'failover', regionId: 1 }))) as RecoveryStop;
    expect(end.message).toContain('region 1 has come back with its old data: gateways see brokers 1, 3');
    expect(end.advice).toMatch(/recover fence --region region1.*recover resume/s);
    expect(scenario.clock.now() - started).toBeLessThan(UNSEEN_MS + 5_000);
  });
});
