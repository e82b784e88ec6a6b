import { freshProgress } from '../../../lib/recovery/plans/recovery-request';
import { inherited } from '../../../lib/recovery/record/inheritance';
import type { RecoveryStop } from '../../../lib/recovery/stop';
import { StandInServer } from '../stand-in/server';
import { atTheStart, requestOf } from '../support/cases';
import { wrongs } from '../support/outcome';
import { endOf, type Scenario } from '../support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

const SOON_MS = 650_000;
const STEPS = ['pause-exporting', 'await-rest', 'take-snapshot', 'register-target', 'restore'];

/** A failback at whose step the Elasticsearch of a region goes away, while its brokers stay. */
function awayAt(affected: number, step: string, away: number, forMs?: number): Scenario {
  const scenario = atTheStart(server, url, { direction: 'failback', version: '8.9', affected });
  const deploy = scenario.onEvent;
  let gone = false;
  scenario.onEvent = event => {
    deploy(event);
    if (gone || event.kind !== 'step' || event.step.id !== step) return;
    gone = true;
    scenario.deployment.search[away].reachable = false;
    if (forMs !== undefined) scenario.clock.after(forMs, () => (scenario.deployment.search[away].reachable = true));
  };
  return scenario;
}

/** How a failback has ended, and what has passed since it began. */
async function failback(scenario: Scenario, affected: number): Promise<{ readonly end?: RecoveryStop; readonly took: number }> {
  const started = scenario.clock.now();
  const end = (await endOf(scenario.begin(requestOf({ direction: 'failback', affected })))) as RecoveryStop | undefined;
  return { ...(end ? { end } : {}), took: scenario.clock.now() - started };
}

const isPaused = ({ deployment }: Scenario): boolean => deployment.engine.exportingIsPaused();

describe.each([0, 1])('region %i comes back', affected => {
  test.each(STEPS)('its Elasticsearch goes away at %s: exporting goes on, and the way that is named leads on', async step => {
    const scenario = awayAt(affected, step, affected);
    const { end, took } = await failback(scenario, affected);
    expect([end?.kind, end?.message]).toEqual(['stopped', expect.stringContaining(`Elasticsearch of region ${affected} is away`)]);
    expect(end?.advice).toContain(`'recover failback --recreated region${affected} --abandon' begins anew`);
    expect(took).toBeLessThan(SOON_MS);
    expect(isPaused(scenario)).toBe(false);
    expect(await endOf(scenario.resume('bob'))).toMatchObject({ kind: 'refused' });
    await scenario.leaseOf().release('ada');
    scenario.deployment.search[affected].beginAnew();
    scenario.deployment.search[affected].reachable = true;
    const again = { ...requestOf({ direction: 'failback', affected }), snapshotName: 'failback-2' };
    const request = inherited(again, scenario.progress());
    await scenario.resume('bob', {}, () => freshProgress(request, scenario.topology, 'bob', scenario.clock.now()));
    expect(wrongs(scenario, affected, undefined)).toEqual([]);
  });

  test.each(STEPS)('that of the survivor goes away at %s: stops soon, and goes on once it is back', async step => {
    const scenario = awayAt(affected, step, 1 - affected);
    const { end, took } = await failback(scenario, affected);
    expect([end?.kind, end?.message]).toEqual(['stopped', expect.stringContaining(`Elasticsearch of region ${1 - affected} is away`)]);
    expect(end?.advice).toMatch(/holds the only copy.*bring it back, then 'recover resume'/);
    expect(took).toBeLessThan(SOON_MS);
    expect(scenario.progress().givenUp).toBeUndefined();
    await scenario.leaseOf().release('ada');
    scenario.deployment.search[1 - affected].reachable = true;
    expect(await endOf(scenario.resume('bob'))).toBeUndefined();
    expect(wrongs(scenario, affected, undefined)).toEqual([]);
  });

  test.each(STEPS.flatMap(step => [0, 1].map(away => [step, away] as const)))(
    'at %s, Elasticsearch of region %i is away for two minutes: goes on',
    async (step, away) => {
      const scenario = awayAt(affected, step, away, 120_000);
      expect((await failback(scenario, affected)).end).toBeUndefined();
      expect(wrongs(scenario, affected, undefined)).toEqual([]);
    },
  );
});
