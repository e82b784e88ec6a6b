import type { RecoveryPorts } from '../../../lib/recovery/ports';
import type { RecoveryStop } from '../../../lib/recovery/stop';
import { StandInServer } from '../stand-in/server';
import { atTheStart, requestOf } from '../support/cases';
import { wrongs } from '../support/outcome';
import { endOf, type Scenario } from '../support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

/** Longer than a deployment takes gateways away, and far shorter than people may take to deploy. */
const SOON_MS = 620_000;

interface Failback {
  readonly scenario: Scenario;
  readonly run: () => Promise<{ readonly end: RecoveryStop; readonly took: number }>;
}

/** A failback at whose step something happens. */
function failbackWith(affected: number, step: string, happens: (scenario: Scenario) => void, people = true): Failback {
  const scenario = atTheStart(server, url, { direction: 'failback', version: '8.9', affected });
  const deploy = scenario.onEvent;
  let at = 0;
  scenario.onEvent = event => {
    if (people) deploy(event);
    if (at !== 0 || event.kind !== 'step' || event.step.id !== step) return;
    at = scenario.clock.now();
    happens(scenario);
  };
  return {
    scenario,
    run: async () => {
      const end = (await endOf(scenario.begin(requestOf({ direction: 'failback', affected })))) as RecoveryStop;
      return { end, took: scenario.clock.now() - at };
    },
  };
}

describe.each([0, 1])('region %i comes back', affected => {
  test.each(['await-recreation', 'await-brokers'])('the survivor is lost at %s: stops soon, and says what holds the data', async step => {
    const { run, scenario } = failbackWith(affected, step, ({ deployment }) => deployment.lose(1 - affected), step === 'await-brokers');
    const { end, took } = await run();
    expect([end.kind, end.advice]).toEqual(['stopped', expect.stringContaining('the surviving region holds the data')]);
    expect(took).toBeLessThan(SOON_MS);
    expect(scenario.progress().givenUp).toBeUndefined();
  });

  test('it is lost again before anything is paused: stops soon, and goes on once it is recreated', async () => {
    const { run, scenario } = failbackWith(affected, 'await-brokers', ({ deployment }) => deployment.lose(affected));
    const { end, took } = await run();
    expect([end.kind, end.message]).toEqual([
      'stopped',
      expect.stringContaining(`region ${affected} is lost again: its Kubernetes API does not answer`),
    ]);
    expect(end.advice).toContain(`recreate region ${affected} once more, empty. Then 'recover resume'`);
    expect(took).toBeLessThan(SOON_MS);
    await scenario.leaseOf().release('ada');
    scenario.deployment.recreate(affected);
    expect(await endOf(scenario.resume('bob'))).toBeUndefined();
    expect(wrongs(scenario, affected, undefined)).toEqual([]);
  });

  test('a region that is away for some minutes while it starts stops nothing', async () => {
    const { scenario } = failbackWith(affected, 'await-brokers', ({ deployment, clock }) => {
      deployment.reachable.delete(affected);
      clock.after(300_000, () => deployment.reachable.add(affected));
    });
    expect(await endOf(scenario.begin(requestOf({ direction: 'failback', affected })))).toBeUndefined();
  });

  test.each(['await-recreation', 'await-brokers'])('with its old volumes, it is recognised at once at %s', async step => {
    const scenario = atTheStart(server, url, { direction: 'failback', version: '8.9', affected });
    const old = scenario.topology.regions[affected].brokers;
    const ports = scenario.ports();
    let returned = false;
    const deploy = scenario.onEvent;
    scenario.onEvent = event => {
      deploy(event);
      if (event.kind !== 'step' || event.step.id !== step) return;
      returned = true;
      old.forEach(({ brokerId }) => scenario.deployment.engine.start(brokerId));
    };
    const rest: RecoveryPorts['rest'] = {
      send: async request => {
        const answer = await ports.rest.send(request);
        const seen = JSON.parse(answer.text) as { brokers: { nodeId: number; partitions: unknown[] }[] };
        const partitions = [{ partitionId: 1, role: 'follower', health: 'healthy' }];
        const brokers = seen.brokers.map(broker =>
          returned && old.some(({ brokerId }) => brokerId === String(broker.nodeId)) ? { ...broker, partitions } : broker,
        );
        return { ...answer, text: JSON.stringify({ ...seen, brokers }) };
      },
    };
    const started = scenario.clock.now();
    const end = (await endOf(scenario.begin(requestOf({ direction: 'failback', affected }), 'ada', { rest }))) as RecoveryStop;
    const ids = old.map(({ brokerId }) => brokerId).join(', ');
    expect([end.kind, end.message]).toEqual(['stopped', expect.stringContaining(`brokers ${ids} of region ${affected} hold partitions`)]);
    for (const { podName } of old) expect(end.advice).toContain(`data-${podName}`);
    expect(end.advice).toContain(`--namespace ${scenario.topology.regions[affected].namespace} delete`);
    expect(scenario.clock.now() - started).toBeLessThan(60_000);
  });
});
