import type { HttpResponse, HttpTransport } from '../../../lib/recovery/calls/http';
import { declaredAsNeverAccepted } from '../../../lib/recovery/plans/recovery-request';
import type { RecoveryStop } from '../../../lib/recovery/stop';
import { StandInServer } from '../stand-in/server';
import { atTheStart, requestOf } from '../support/cases';
import { wrongs } from '../support/outcome';
import { endOf, peopleDeploy, type Scenario } from '../support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

/** Requests for a change of the cluster. */
const CHANGES = [
  ['failover', 'a forced removal', /force=true$/],
  ['failover', 'disabling an exporter', /disable$/],
  ['failback', 'enabling an exporter', /enable$/],
  ['failback', 'adding brokers', /^PATCH.*cluster$/],
] as const;

/** A management API whose first answer to a request is a success, and behind which nothing happens. */
function hollow(scenario: Scenario, request: RegExp, answer: () => HttpResponse): HttpTransport {
  const { management } = scenario.ports();
  let answered = false;
  return {
    send: sent => {
      if (answered || sent.method === 'GET' || !request.test(`${sent.method} ${sent.path}`)) return management.send(sent);
      answered = true;
      return Promise.resolve(answer());
    },
  };
}

function begun(direction: 'failover' | 'failback', affected: number): Scenario {
  const scenario = atTheStart(server, url, { direction, version: '8.9', affected });
  if (direction === 'failback') scenario.onEvent = peopleDeploy(scenario, affected);
  return scenario;
}

describe.each([0, 1])('region %i, a success that has done nothing', affected => {
  test.each(CHANGES)('%s, %s: what names no change is no acceptance, and is asked for once more', async (direction, _, request) => {
    const scenario = begun(direction, affected);
    const management = hollow(scenario, request, () => ({ status: 200, text: '<html>Sign in</html>' }));
    const started = scenario.clock.now();
    expect(await endOf(scenario.begin(requestOf({ direction, affected }), 'ada', { management }))).toBeUndefined();
    expect(scenario.clock.now() - started).toBeLessThan(120_000);
    expect(wrongs(scenario, affected, undefined)).toEqual([]);
  });

  test.each(CHANGES)(
    '%s, %s: a change that was accepted and forgotten is asked for by --send-again, as it says',
    async (direction, _, request) => {
      const scenario = begun(direction, affected);
      const management = hollow(scenario, request, () => ({
        status: 202,
        text: JSON.stringify({ changeId: scenario.deployment.engine.predictedChange() }),
      }));
      const end = (await endOf(scenario.begin(requestOf({ direction, affected }), 'ada', { management }))) as RecoveryStop;
      expect(end.advice).toContain(`'recover resume --send-again'`);
      await scenario.leaseOf().release('ada');
      expect(await endOf(scenario.resume('bob', {}, progress => declaredAsNeverAccepted(progress, 'bob')))).toBeUndefined();
      expect(wrongs(scenario, affected, undefined)).toEqual([]);
    },
  );
});
