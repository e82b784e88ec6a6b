import { refuseUnlessJudged, refuseWhereOnlyItLives } from '../../../bin/recover/first-check';
import type { HttpTransport } from '../../../lib/recovery/calls/http';
import type { RecoveryRequest } from '../../../lib/recovery/record/progress';
import { ClusterView } from '../../../lib/recovery/view/cluster-view';
import { StandInServer } from '../stand-in/server';
import { requestOf } from '../support/cases';
import { foundBy, SILENT } from '../support/found';
import { Scenario } from '../support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

describe.each([0, 1])('whoever names region %i although it is the only one that lives', named => {
  const other = 1 - named;
  let scenario: Scenario;
  beforeEach(() => {
    scenario = new Scenario(server, url, { clusterSize: 4 });
    scenario.lose(other);
  });

  const check = (found = foundBy(scenario), direction: RecoveryRequest['direction'] = 'failover', rest?: HttpTransport): Promise<void> => {
    const ports = found.hasKubernetes(other) ? found.portsFor(other) : scenario.ports();
    return refuseWhereOnlyItLives(found, requestOf({ direction, affected: named }), { ...ports, ...(rest ? { rest } : {}) });
  };

  test.each([
    ['failover', '--lost'],
    ['failback', '--recreated'],
  ] as const)('for a %s is told the other one', async (direction, option) => {
    await expect(check(foundBy(scenario), direction)).rejects.toMatchObject({
      kind: 'refused',
      message: `only brokers of region ${named} are seen, and the Kubernetes API of region ${other} does not answer; did you mean \`${option} region${other}\`?`,
      advice: 'nothing was sent. Name the region that does not answer',
    });
  });

  test('is told too where the Kubernetes API of the other one has outlived its brokers', async () => {
    scenario.deployment.reachable.add(other);
    await expect(check(foundBy(scenario, { silent: [other] }))).rejects.toMatchObject({
      message: expect.stringContaining(`gateways of region ${other} do not answer; did you mean`),
    });
  });

  test('is told too while one of its own brokers starts again', async () => {
    scenario.deployment.engine.stop(scenario.topology.regions[named].brokers[1].brokerId);
    await expect(check()).rejects.toMatchObject({ kind: 'refused' });
  });

  test('is let through where gateways of the other one answer, or refuse who asks', async () => {
    scenario.deployment.reachable.add(other);
    await expect(check()).resolves.toBeUndefined();
    await expect(check(foundBy(scenario), 'failover', { send: () => Promise.resolve({ status: 401, text: '' }) })).resolves.toBeUndefined();
  });

  test('is let through where nobody named a context of the other one', async () => {
    await expect(check(foundBy(scenario, { contexts: [named] }))).resolves.toBeUndefined();
  });

  test('is let through where the named one does not answer either', async () => {
    await expect(check({ ...foundBy(scenario), answers: () => Promise.resolve(false) })).resolves.toBeUndefined();
    await expect(check(foundBy(scenario, { silent: [0, 1] }))).resolves.toBeUndefined();
  });

  test('is let through where a broker of the other one is seen', async () => {
    const { engine, topology } = scenario.deployment;
    engine.start(topology.regions[other].brokers[0].brokerId);
    await expect(check()).resolves.toBeUndefined();
    for (const { brokerId } of topology.regions[named].brokers) engine.stop(brokerId);
    await expect(check()).resolves.toBeUndefined();
  });

  test('is let through where only others are seen', async () => {
    const { engine, topology } = scenario.deployment;
    for (const { brokerId } of topology.regions[other].brokers) engine.start(brokerId);
    for (const { brokerId } of topology.regions[named].brokers) engine.stop(brokerId);
    scenario.clock.pass(10_000);
    await expect(
      check({ ...foundBy(scenario), portsFor: regionId => ({ ...scenario.ports(), ...(regionId === other ? { rest: SILENT } : {}) }) }),
    ).resolves.toBeUndefined();
  });
});

describe('before the record of another recovery is written over', () => {
  const judged = (scenario: Scenario, fenced: boolean): Promise<void> =>
    refuseUnlessJudged(
      scenario.topology,
      { direction: 'failover', regionId: 1, ...(fenced ? { fenced } : {}) },
      new ClusterView(scenario.topology, scenario.ports()),
      { requested: false },
    );

  test('it is certain that the new one can begin', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    scenario.lose(1);
    await expect(judged(scenario, true)).resolves.toBeUndefined();
  });

  test('it is told which step stands against it, and what to do', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    await expect(judged(scenario, false)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/^[A-Z][^:]+: .*brokers .*/),
      advice: expect.stringMatching(/^the region is not lost\. .*--fenced\. The record of the recovery that is not finished is kept$/),
    });
  });

  test('the advice of the step is given where what is seen has none', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    scenario.lose(0);
    scenario.lose(1);
    await expect(judged(scenario, true)).rejects.toMatchObject({
      advice: expect.stringMatching(/^nothing was sent: see that a gateway .*The record of the recovery that is not finished is kept$/),
    });
  });
});
