import { Commands, type CommandOptions } from '../../../bin/recover/commands';
import type { FoundDeployment } from '../../../bin/recover/deployment';
import { UnreachableError } from '../../../bin/recover/exit-code';
import { refuseUnlessOtherLives } from '../../../bin/recover/kubernetes/before-fencing';
import { freshProgress } from '../../../lib/recovery/plans/recovery-request';
import { topologyOf } from '../stand-in/deployment';
import { StandInServer } from '../stand-in/server';
import { foundBy } from '../support/found';
import { REPOSITORY, Scenario } from '../support/scenario';
import { writtenOutput } from '../support/written-output';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

describe.each([0, 1])('region %i is cut off', regionId => {
  const other = 1 - regionId;
  let scenario: Scenario;
  beforeEach(() => (scenario = new Scenario(server, url, { clusterSize: 4 })));

  test('where gateways of the other one see that it lives', async () => {
    await expect(refuseUnlessOtherLives(foundBy(scenario), regionId)).resolves.toBeDefined();
  });

  test('where its own gateways see the other one, of which nobody named a context', async () => {
    await expect(refuseUnlessOtherLives(foundBy(scenario, { contexts: [regionId] }), regionId)).resolves.toBeDefined();
  });

  test('not while it is the only one that its gateways see, unless somebody confirms that the other one lives', async () => {
    scenario.lose(other);
    const only = foundBy(scenario, { contexts: [regionId] });
    await expect(refuseUnlessOtherLives(only, regionId)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(`gateways of region ${regionId} see none of its brokers with a partition`),
      advice: expect.stringMatching(new RegExp(`--context region${other}=NAME.*--other-lives`)),
    });
    await expect(refuseUnlessOtherLives(only, regionId, true)).resolves.toBeDefined();
  });

  test('not while gateways of neither answer, unless somebody confirms that the other one lives', async () => {
    for (const neither of [foundBy(scenario, { contexts: [regionId], silent: [regionId] }), foundBy(scenario, { silent: [0, 1] })]) {
      await expect(refuseUnlessOtherLives(neither, regionId)).rejects.toMatchObject({
        kind: 'refused',
        message: expect.stringContaining(`nothing shows that region ${other} lives`),
        advice: expect.stringContaining('--other-lives'),
      });
      await expect(refuseUnlessOtherLives(neither, regionId, true)).resolves.toBeDefined();
    }
  });

  test('not where the other one shows that it has nothing, whatever somebody confirms', async () => {
    scenario.lose(other);
    await expect(refuseUnlessOtherLives(foundBy(scenario), regionId, true)).rejects.toMatchObject({
      kind: 'refused',
      advice: expect.not.stringContaining('--other-lives'),
    });
  });

  test('not while the other one comes back: this one may have the only copy of the data', async () => {
    const request = { direction: 'failback', regionId: other, snapshotName: 's', repository: REPOSITORY } as const;
    const store = scenario.ports().store;
    const version = await store.write(freshProgress(request, scenario.topology, 'ada', 1), undefined);
    await expect(refuseUnlessOtherLives(foundBy(scenario), regionId, true)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(`region ${other} comes back, and its failback is not finished`),
    });
    await store.write({ ...freshProgress(request, scenario.topology, 'ada', 1), finishedAt: 2 }, version);
    await expect(refuseUnlessOtherLives(foundBy(scenario), regionId)).resolves.toBeDefined();
  });

  test('not where nothing leads to it', async () => {
    await expect(refuseUnlessOtherLives(foundBy(scenario, { contexts: [other] }), regionId)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining(`--context region${regionId}=NAME`),
    });
  });
});

describe('before a region is cut off', () => {
  const other = 0;
  const refused = (found: FoundDeployment, otherLives = false): Promise<unknown> => refuseUnlessOtherLives(found, 1, otherLives);

  test('whoever can ask the other one is told to look, and whoever cannot how to', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    scenario.lose(other);
    await expect(refused(foundBy(scenario))).rejects.toMatchObject({
      message:
        'nothing shows that region 0 lives (gateways of region 0 see none of its brokers with a partition, only 1, 3): with region 1 cut off, nothing might be left',
      advice: "look with 'recover status'. Cut off only the region that is to be given up",
    });
    await expect(refused(foundBy(scenario, { contexts: [1] }))).rejects.toMatchObject({
      advice:
        'name its context too, as in --context region0=NAME. Cut off only the region that is to be given up; where region 0 cannot be asked from here, see by other means that it lives, and confirm that with --other-lives',
    });
  });

  test('a failback of the other one stands in the way, also where the second record cannot be read', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    const request = { direction: 'failback', regionId: other, snapshotName: 's', repository: REPOSITORY } as const;
    await scenario.store.write(freshProgress(request, scenario.topology, 'ada', 1), undefined);
    const found = foundBy(scenario);
    for (const unreadable of [0, 1]) {
      const store = { ...scenario.ports().store, read: () => Promise.reject(new Error('it cannot be read')) };
      const half: FoundDeployment = {
        ...found,
        portsFor: regionId => (regionId === unreadable ? { ...scenario.ports(), store } : found.portsFor(regionId)),
      };
      await expect(refused(half)).rejects.toMatchObject({
        advice: "finish the failback with 'recover resume'. If region 0 is lost again, region 1 is the one to keep",
      });
    }
  });

  test.each([
    { direction: 'failover', regionId: 0 },
    { direction: 'failover', regionId: 1 },
    { direction: 'failback', regionId: 1, snapshotName: 's', repository: REPOSITORY },
  ] as const)('another recovery stands in no way: %j', async request => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    await scenario.store.write(freshProgress(request, scenario.topology, 'ada', 1), undefined);
    await expect(refused(foundBy(scenario))).resolves.toBeDefined();
  });
});

describe('the command', () => {
  const written = writtenOutput();

  const fence = (scenario: Scenario, options: CommandOptions, found = foundBy(scenario)): Promise<number> =>
    new Commands(found, { region: 'region1', ...options }, scenario.clock, new AbortController().signal).fence();

  test.each([0, 1])('refuses to cut off region %i where the cluster is another one than the description says', async regionId => {
    const scenario = new Scenario(server, url, { clusterSize: 12, version: '8.7', described: topologyOf('8.9', 8) });
    await expect(fence(scenario, { region: `region${regionId}`, yes: true })).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/gateways run Camunda 8\.7.*the cluster has 12 brokers, the description says 8/),
    });
  });

  test('compares members with the description too, where their coordinator can be asked', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    scenario.deployment.engine.members.add('9');
    await expect(fence(scenario, { yes: true })).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('the description does not know brokers 9'),
    });
  });

  test('cuts off a region whose brokers are no members any more, and have come back', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    scenario.lose(1);
    scenario.deployment.failOver(1);
    scenario.deployment.reachable.add(1);
    expect(await fence(scenario, { yes: true })).toBe(0);
  });

  test.each([
    ['scale', /scaled +camunda-zeebe to zero/],
    ['isolate', /deleted +NetworkPolicies orchestration: these pods reach nothing but DNS/],
  ] as const)('says what --how %s does, with what is seen of both regions, before anybody is asked', async (how, text) => {
    await expect(fence(new Scenario(server, url, { clusterSize: 4 }), { how })).rejects.toThrow('nobody is there to confirm it');
    expect(written.text).toMatch(text);
    expect(written.text).toMatch(
      /Cuts off region1 .*stopped +brokers 1, 3.*region 0, which is to go on alone\n +gateways of region 0 see brokers 0, 2 of it with partitions\n.*region 1, which is cut off\n +gateways +alive .*pods +alive /s,
    );
    expect(written.text).not.toMatch(/removed|disabled|no way back/);
  });

  test('says that only a person has seen that the other region lives', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    scenario.lose(0);
    const found = foundBy(scenario, { contexts: [1] });
    await expect(fence(scenario, { otherLives: true }, found)).rejects.toThrow('nobody is there to confirm it');
    expect(written.text).toContain(
      'gateways of region 1 see brokers none of it with partitions; that it lives is confirmed by --other-lives',
    );
  });

  test('says that a region may be cut off in part where the Kubernetes API goes away', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    const found = {
      ...foundBy(scenario),
      fence: () => Promise.reject(new UnreachableError('the Kubernetes API gave no answer within 8 s')),
    };
    await expect(fence(scenario, { yes: true }, found)).rejects.toMatchObject({
      kind: 'stopped',
      message: expect.stringContaining('region 1 may be cut off in part only'),
      advice: expect.stringContaining('the same command again'),
    });
  });

  test('says why gateways do not tell, where only a person has seen that the other region lives', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    const found = foundBy(scenario, { silent: [0, 1] });
    await expect(fence(scenario, { otherLives: true }, found)).rejects.toThrow('nobody is there to confirm it');
    expect(written.text).toMatch(/\n +gateways of region 0 do not tell: .*gave no answer.*; that it lives is confirmed by --other-lives\n/);
  });

  test('leaves a mistake of the program as it is', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4 });
    const mistake = new TypeError('a mistake');
    await expect(fence(scenario, { yes: true }, { ...foundBy(scenario), fence: () => Promise.reject(mistake) })).rejects.toBe(mistake);
  });
});
