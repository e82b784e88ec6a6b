import { DeniedError, type HttpTransport } from '../../../lib/recovery/calls/http';
import type { RecoveryPorts } from '../../../lib/recovery/ports';
import { StandInServer } from '../stand-in/server';
import { endOf, peopleDeploy, REPOSITORY, Scenario } from '../support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

const FAILOVER = { direction: 'failover', regionId: 1 } as const;
const FAILBACK = { direction: 'failback', regionId: 1, snapshotName: 's', repository: REPOSITORY } as const;
/** "Within seconds", with the looks that come before. */
const SECONDS = 20_000;

/** Answers everything, or what is chosen, with a status. */
function refusing(transport: HttpTransport, status: 401 | 403, which: (path: string) => boolean = () => true): HttpTransport {
  return {
    login: 'somebody',
    send: request => (which(request.path) ? Promise.resolve({ status, text: '' }) : transport.send(request)),
  };
}

const denying: HttpTransport = {
  send: () => Promise.reject(new DeniedError('the Kubernetes API denies what a recovery needs', 'use another role')),
};

test.each<[string, (ports: RecoveryPorts) => Partial<RecoveryPorts>, string]>([
  ['REST API', ports => ({ rest: refusing(ports.rest, 401) }), "the REST API refuses the login of user 'somebody'"],
  ['REST API, without the right', ports => ({ rest: refusing(ports.rest, 403) }), 'the REST API denies GET :8080/v2/topology'],
  ['management API', ports => ({ management: refusing(ports.management, 401) }), 'the management API refuses the login'],
  ['way to the REST API', () => ({ rest: denying }), 'no way to the REST API: the Kubernetes API denies what a recovery needs'],
  ['way to the management API', () => ({ management: denying }), 'no way to the management API'],
])('a failover that the %s refuses ends within seconds, says so, and has changed nothing', async (_, change, why) => {
  const scenario = new Scenario(server, url);
  scenario.lose(1);
  const started = scenario.clock.now();
  const stop = await endOf(scenario.begin(FAILOVER, 'ada', change(scenario.ports())));
  expect(stop?.message).toContain(why);
  expect(`${stop?.message} ${(stop as { advice?: string }).advice}`).not.toMatch(/is alive|fence|not seen/);
  expect(scenario.clock.now() - started).toBeLessThan(SECONDS);
  expect(scenario.deployment.engine.forced).toBe(0);
  expect(await endOf(scenario.begin(FAILOVER))).toBeUndefined();
});

test.each([0, 1])(
  'a failback that Elasticsearch of region %i refuses ends within seconds and says so, and another login goes on',
  async id => {
    const scenario = new Scenario(server, url);
    scenario.lose(1);
    scenario.deployment.failOver(1);
    scenario.onEvent = peopleDeploy(scenario, 1);
    const ports = scenario.ports();
    const elasticsearch = (regionId: number): HttpTransport =>
      regionId === id ? refusing(ports.elasticsearch(regionId), 401) : ports.elasticsearch(regionId);
    const stop = await endOf(scenario.begin(FAILBACK, 'ada', { elasticsearch }));
    expect(stop?.message).toContain(`Elasticsearch of region ${id} refuses the login of user 'somebody'`);
    expect(await endOf(scenario.resume())).toBeUndefined();
    expect(scenario.deployment.engine.violations).toEqual([]);
  },
);

test('a request that was denied is sent again by a run that goes on with another login', async () => {
  const scenario = new Scenario(server, url);
  scenario.lose(1);
  const ports = scenario.ports();
  const management = refusing(ports.management, 403, path => path.includes('force'));
  const stop = await endOf(scenario.begin(FAILOVER, 'ada', { management }));
  expect(stop).toMatchObject({ kind: 'stopped', message: expect.stringContaining('the server refused it: HTTP 403') });
  expect(await endOf(scenario.resume())).toBeUndefined();
  expect(scenario.deployment.engine.forced).toBe(1);
});
