import { Commands } from '../../../bin/recover/commands';
import { refuseUnlessOtherLives } from '../../../bin/recover/kubernetes/before-fencing';
import { StandInServer } from '../stand-in/server';
import { atTheStart, requestOf } from '../support/cases';
import { foundBy } from '../support/found';
import { endOf, Killed, peopleDeploy, type Scenario } from '../support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

describe.each([
  ['8.7', 0],
  ['8.7', 1],
  ['8.9', 0],
  ['8.9', 1],
])('while a region has come back and holds nothing yet, Camunda %s, region %i', (version, affected) => {
  const survivor = 1 - affected;
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = atTheStart(server, url, { direction: 'failback', version, affected });
    const people = peopleDeploy(scenario, affected);
    scenario.onEvent = event => {
      people(event);
      if (event.kind === 'step' && event.step.id === 'restore') throw new Killed();
    };
    await endOf(scenario.begin(requestOf({ direction: 'failback', affected })));
    await scenario.leaseOf().release('ada');
    scenario.onEvent = () => undefined;
  });

  test('the region that holds the data is not cut off', async () => {
    await expect(refuseUnlessOtherLives(foundBy(scenario), survivor)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('its failback is not finished'),
    });
    scenario.store.text = undefined;
    await expect(refuseUnlessOtherLives(foundBy(scenario), survivor)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('see none of its brokers with a partition'),
    });
    await expect(refuseUnlessOtherLives(foundBy(scenario), affected)).resolves.toBeDefined();
  });

  test('nobody is told to cut it off', async () => {
    const stop = await endOf(scenario.begin({ direction: 'failover', regionId: survivor }));
    // Where the lowest member lives, the configuration can be asked, and tells more.
    const text = survivor === 0 ? 'region 0 has the only copy' : 'only brokers of region 1 are members';
    expect(stop).toMatchObject({ kind: 'refused', message: expect.stringContaining(text) });
    expect(stop).not.toMatchObject({ advice: expect.stringContaining('recover fence') });
  });

  test('the loss of it removes nothing, and the record stays', async () => {
    scenario.deployment.topology.regions[survivor].brokers.forEach(({ brokerId }) => scenario.deployment.engine.stop(brokerId));
    scenario.clock.pass(9_000);
    const [before, sent] = [scenario.store.text, server.requests.length];
    const options = { lost: `region${survivor}`, yes: true, abandon: true, fenced: true };
    const commands = new Commands(foundBy(scenario), options, scenario.clock, new AbortController().signal);
    await expect(commands.start('failover')).rejects.toMatchObject({ kind: 'refused', advice: expect.stringContaining('is kept') });
    expect(scenario.store.text).toBe(before);
    expect(server.requests.slice(sent).filter(({ line }) => !line.startsWith('GET '))).toEqual([]);
  });
});
