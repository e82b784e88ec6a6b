import { refuseUnlessOtherLives } from '../../bin/recover/before-fencing';
import type { FoundDeployment } from '../../bin/recover/deployment';
import type { HttpTransport } from '../../lib/recovery/http';
import { StandInServer } from './stand-in/server';
import { Scenario } from './support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

const SILENT: HttpTransport = {
  send: () => Promise.reject(Object.assign(new Error('no running pod'), { name: 'UndeliveredError' })),
};

/** As whoever has contexts of some regions finds it. */
function found(scenario: Scenario, contexts: readonly number[], silent: readonly number[] = []): FoundDeployment {
  return {
    topology: scenario.topology,
    portsFor: regionId => {
      if (!contexts.includes(regionId)) throw new Error(`no context for region ${regionId}`);
      return { ...scenario.ports(), ...(silent.includes(regionId) ? { management: SILENT, rest: SILENT } : {}) };
    },
    reachable: () => Promise.resolve(contexts[0]),
    hasKubernetes: regionId => contexts.includes(regionId),
    answers: regionId => Promise.resolve(contexts.includes(regionId)),
    fence: regionId => Promise.resolve(`region ${regionId} is fenced`),
  };
}

describe.each([0, 1])('region %i is cut off', regionId => {
  const other = 1 - regionId;
  let scenario: Scenario;
  beforeEach(() => (scenario = new Scenario(server, url, { clusterSize: 4 })));

  test('where gateways of the other one see that it lives', async () => {
    await expect(refuseUnlessOtherLives(found(scenario, [0, 1]), regionId)).resolves.toBeUndefined();
  });

  test('where its own gateways see the other one, of which nobody named a context', async () => {
    await expect(refuseUnlessOtherLives(found(scenario, [regionId]), regionId)).resolves.toBeUndefined();
  });

  test('not while it is the only one that its gateways see, unless somebody confirms that the other one lives', async () => {
    scenario.lose(other);
    const only = found(scenario, [regionId]);
    await expect(refuseUnlessOtherLives(only, regionId)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(`gateways of region ${regionId} see none of its brokers with a partition`),
      advice: expect.stringMatching(new RegExp(`--context region${other}=NAME.*--other-lives`)),
    });
    await expect(refuseUnlessOtherLives(only, regionId, true)).resolves.toBeUndefined();
  });

  test('not while gateways of neither answer, unless somebody confirms that the other one lives', async () => {
    for (const neither of [found(scenario, [regionId], [regionId]), found(scenario, [0, 1], [0, 1])]) {
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
    await expect(refuseUnlessOtherLives(found(scenario, [0, 1]), regionId, true)).rejects.toMatchObject({
      kind: 'refused',
      advice: expect.not.stringContaining('--other-lives'),
    });
  });

  test('not where nothing leads to it', async () => {
    await expect(refuseUnlessOtherLives(found(scenario, [other]), regionId)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining(`--context region${regionId}=NAME`),
    });
  });
});
