import { refuseUnlessOtherLives } from '../../bin/recover/before-fencing';
import { StandInServer } from './stand-in/server';
import { foundBy } from './support/found';
import { Scenario } from './support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

describe.each([0, 1])('region %i is cut off', regionId => {
  const other = 1 - regionId;
  let scenario: Scenario;
  beforeEach(() => (scenario = new Scenario(server, url, { clusterSize: 4 })));

  test('where gateways of the other one see that it lives', async () => {
    await expect(refuseUnlessOtherLives(foundBy(scenario), regionId)).resolves.toBeUndefined();
  });

  test('where its own gateways see the other one, of which nobody named a context', async () => {
    await expect(refuseUnlessOtherLives(foundBy(scenario, { contexts: [regionId] }), regionId)).resolves.toBeUndefined();
  });

  test('not while it is the only one that its gateways see, unless somebody confirms that the other one lives', async () => {
    scenario.lose(other);
    const only = foundBy(scenario, { contexts: [regionId] });
    await expect(refuseUnlessOtherLives(only, regionId)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(`gateways of region ${regionId} see none of its brokers with a partition`),
      advice: expect.stringMatching(new RegExp(`--context region${other}=NAME.*--other-lives`)),
    });
    await expect(refuseUnlessOtherLives(only, regionId, true)).resolves.toBeUndefined();
  });

  test('not while gateways of neither answer, unless somebody confirms that the other one lives', async () => {
    for (const neither of [foundBy(scenario, { contexts: [regionId], silent: [regionId] }), foundBy(scenario, { silent: [0, 1] })]) {
      await expect(refuseUnlessOtherLives(neither, regionId)).rejects.toMatchObject({
        kind: 'refused',
        message: expect.stringContaining(`nothing shows that region ${other} lives`),
        advice: expect.stringContaining('--other-lives'),
      });
      await expect(refuseUnlessOtherLives(neither, regionId, true)).resolves.toBeUndefined();
    }
  });

  test('not where the other one shows that it has nothing, whatever somebody confirms', async () => {
    scenario.lose(other);
    await expect(refuseUnlessOtherLives(foundBy(scenario), regionId, true)).rejects.toMatchObject({
      kind: 'refused',
      advice: expect.not.stringContaining('--other-lives'),
    });
  });

  test('not where nothing leads to it', async () => {
    await expect(refuseUnlessOtherLives(foundBy(scenario, { contexts: [other] }), regionId)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining(`--context region${regionId}=NAME`),
    });
  });
});
