import type { HttpTransport } from '../../../lib/recovery/calls/http';
import { freshProgress, planOf } from '../../../lib/recovery/plans/recovery-request';
import type { RecoveryPorts } from '../../../lib/recovery/ports';
import { rehearse } from '../../../lib/recovery/run/rehearsal';
import { Absence, UNSEEN_MS } from '../../../lib/recovery/view/absence';
import { ClusterView } from '../../../lib/recovery/view/cluster-view';
import { StandInServer } from '../stand-in/server';
import { endOf, Scenario } from '../support/scenario';

describe('brokers are gone when they are not seen', () => {
  const after = (...looks: readonly [number, readonly string[]][]): number => {
    const absence = new Absence(['0', '1', '2', '3']);
    looks.forEach(([at, seen]) => absence.note(seen, at));
    return absence.missing(['1', '3']);
  };

  test('for long enough, in several looks', () => {
    expect(after()).toBe(UNSEEN_MS);
    expect(after([5, ['0', '2']])).toBe(UNSEEN_MS);
    expect(after([5, ['0', '2']], [1_000, ['0', '2']], [UNSEEN_MS + 4, ['0', '2']])).toBe(1);
    expect(after([5, ['0', '2']], [1_000, ['0', '2']], [UNSEEN_MS + 5, ['0', '2']])).toBe(0);
    expect(after([5, ['0', '2']], [UNSEEN_MS + 5, ['0', '2']])).toBeGreaterThan(0);
  });

  test('without a break: whoever sees one of them starts it anew', () => {
    expect(after([0, ['0']], [14_000, ['0', '3']], [15_000, ['0']], [29_000, ['0']])).toBe(1_000);
    expect(after([0, ['0']], [14_000, ['0', '2']], [15_000, ['0']])).toBe(0);
  });

  test('by a gateway that sees anybody', () => {
    expect(after([0, []], [14_000, ['0']], [16_000, []])).toBe(UNSEEN_MS);
  });
});

describe('a region that lives, of which some gateways have lost sight', () => {
  const server = new StandInServer();
  let url: string;
  beforeAll(async () => (url = await server.start()));
  afterAll(() => server.stop());

  /** One answer in so many lacks its brokers. Nothing else of the region can be reached from here. */
  function flapping(scenario: Scenario, period: number): HttpTransport {
    let count = 0;
    const { rest } = scenario.ports();
    return {
      send: async request => {
        const answer = await rest.send(request);
        const seen = JSON.parse(answer.text) as { brokers: { nodeId: number }[] };
        if (count++ % period === 0) seen.brokers = seen.brokers.filter(({ nodeId }) => nodeId % 2 === 0);
        return { ...answer, text: JSON.stringify(seen) };
      },
    };
  }

  test.each([
    ['kubeconfigs', 2],
    ['kubeconfigs', 3],
    ['kubeconfigs', 4],
    ['--fenced', 2],
    ['--fenced', 3],
    ['--fenced', 4],
  ])('is never removed, with %s, where one answer in %i lacks its brokers', async (how, period) => {
    const scenario = new Scenario(server, url, { clusterSize: 4, version: '8.9' });
    scenario.deployment.reachable.delete(1);
    scenario.deployment.search[1].reachable = false;
    const kubernetes: RecoveryPorts['kubernetes'] = how === '--fenced' ? { region: () => Promise.resolve({}) } : scenario.deployment;
    const request = { direction: 'failover', regionId: 1, ...(how === '--fenced' ? { fenced: true } : {}) } as const;
    const end = await endOf(scenario.begin(request, 'ada', { rest: flapping(scenario, period), kubernetes }));
    expect(end).toMatchObject({ kind: 'refused' });
    expect(scenario.deployment.engine.forced).toBe(0);
  });

  test('is removed neither by who goes on after somebody else has judged the loss', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4, version: '8.9' });
    scenario.lose(1);
    const interruption = { requested: false };
    scenario.interruption = interruption;
    scenario.onEvent = event => {
      if (event.kind === 'done' && event.step.id === 'judge-loss') interruption.requested = true;
    };
    expect(await endOf(scenario.begin({ direction: 'failover', regionId: 1 }))).toMatchObject({ kind: 'interrupted' });
    await scenario.leaseOf().release('ada');
    interruption.requested = false;
    scenario.deployment.topology.regions[1].brokers.forEach(({ brokerId }) => scenario.deployment.engine.start(brokerId));
    scenario.clock.pass(10_000);
    expect(await endOf(scenario.resume('bob', { rest: flapping(scenario, 2) }))).toMatchObject({ kind: 'stopped' });
    expect(scenario.deployment.engine.forced).toBe(0);
  });

  test('is not lost for a dry run either, which takes its time for a loss', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4, version: '8.9' });
    scenario.lose(1);
    const request = { direction: 'failover', regionId: 1 } as const;
    const progress = freshProgress(request, scenario.topology, 'ada', scenario.clock.now());
    const ends = async (ports: Partial<RecoveryPorts>): Promise<string | undefined> =>
      (await rehearse(new ClusterView(scenario.topology, { ...scenario.ports(), ...ports }), planOf(scenario.topology, request), progress))
        .ends;
    expect(await ends({})).toBeUndefined();
    scenario.deployment.topology.regions[1].brokers.forEach(({ brokerId }) => scenario.deployment.engine.start(brokerId));
    scenario.clock.pass(10_000);
    expect(await ends({ rest: flapping(scenario, 3) })).toBe('refused');
  });
});
