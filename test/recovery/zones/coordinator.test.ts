import { Commands, type CommandOptions } from '../../../bin/recover/commands';
import type { RecoveryStop } from '../../../lib/recovery/stop';
import { coordinatorIsIn, sidesOf } from '../../../lib/recovery/view/members';
import { topologyOf } from '../stand-in/deployment';
import { StandInServer } from '../stand-in/server';
import { beginPause } from '../support/begun-changes';
import { foundBy } from '../support/found';
import { wrongs } from '../support/outcome';
import { endOf, QUICK, Scenario } from '../support/scenario';
import { writtenOutput } from '../support/written-output';

const written = writtenOutput();
const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

/** Where the coordinator is: the broker with index 0 of the zone that comes first in the alphabet. */
const PLACES = [
  { version: '8.10-zones', regionId: 0, coordinator: 'eu-west-2_0' },
  { version: '8.10-zones-reversed', regionId: 1, coordinator: 'zone-a_0' },
  { version: '8.10-zones-equal', regionId: 0, coordinator: 'zone-a_0' },
] as const;

function commands(scenario: Scenario, options: CommandOptions): Commands {
  return new Commands(foundBy(scenario), { yes: true, ...options }, scenario.clock, new AbortController().signal);
}

const text = (): string => written.text.replace(/\s+/g, ' ');
const sent = (): string[] => server.requests.map(({ line }) => line).filter(line => !/^GET|dryRun=true/.test(line));

describe.each(PLACES)('$version', ({ version, regionId, coordinator }) => {
  const name = `region${regionId}`;

  test('the coordinator is where its name says, whatever the number of the region is', () => {
    const topology = topologyOf(version, 4);
    expect(sidesOf(topology, 0).allIds[0]).toBe(coordinator);
    expect([0, 1].filter(id => coordinatorIsIn(sidesOf(topology, id)))).toEqual([regionId]);
  });

  test('lost with it while a change is pending: says which broker has to come back, and goes on when it was there alone', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4, version });
    const { engine } = scenario.deployment;
    beginPause(engine);
    scenario.clock.pass(QUICK.operation);
    scenario.lose(regionId);
    scenario.deployment.reachable.add(regionId);
    expect(await commands(scenario, { lost: name }).start('failover')).toBe(3);
    expect(text()).toContain(`only broker ${coordinator}, which is lost too, can cancel it`);
    expect(text()).toContain(`'recover cancel-change --lost ${name}' waits for it`);
    expect(sent()).toEqual([]);
    scenario.clock.after(30_000, () => engine.startEmpty(coordinator));
    expect(await commands(scenario, { lost: name }).cancelChange()).toBe(0);
    engine.stop(coordinator);
    scenario.clock.pass(QUICK.gossip);
    expect(await commands(scenario, { lost: name }).start('failover')).toBe(0);
    expect(wrongs(scenario, regionId, undefined)).toEqual([]);
    expect(sent().filter(line => line.startsWith('DELETE'))).toEqual([
      'DELETE /management/actuator/cluster/changes/1',
      `DELETE /management/actuator/cluster/zones/${scenario.topology.regions[regionId].zone?.name}?force=true`,
    ]);
  });

  test('the other region lost: nobody has to come back', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4, version });
    scenario.lose(1 - regionId);
    await expect(commands(scenario, { lost: `region${1 - regionId}` }).cancelChange()).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(`broker ${coordinator}, which cancels changes, is not in region ${1 - regionId}: it lives`),
    });
  });

  test('a member of a zone that the layout does not know, and lost with it: the way out is named', async () => {
    const scenario = new Scenario(server, url, { clusterSize: 4, version });
    const { engine } = scenario.deployment;
    scenario.lose(regionId);
    scenario.deployment.failOver(regionId);
    // An addition was cancelled after its first broker had joined.
    engine.members.add(coordinator);
    const end = (await endOf(scenario.begin({ direction: 'failover', regionId, partly: true }))) as RecoveryStop;
    expect(end.message).toContain('targets unknown zone');
    expect(end.advice).toContain(`'recover failback --recreated ${name} --abandon' adds it once more`);
    expect(sent()).toEqual([]);
  });
});

test('the stand-in notices brokers that are named one by one, as a program must not do with zones', () => {
  const scenario = new Scenario(server, url, { clusterSize: 4, version: '8.10-zones' });
  scenario.lose(1);
  const body = { brokers: { remove: ['eu-west-3_0', 'eu-west-3_1'] } };
  return server.ask('management', { method: 'PATCH', path: '/actuator/cluster?force=true', body, timeoutMs: 1_000 }).then(({ status }) => {
    scenario.clock.pass(1_000);
    const { engine } = scenario.deployment;
    expect(status).toBe(202);
    expect(engine.violations).toEqual(['brokers of a zone were named one by one']);
    // Neither call takes the zone any more.
    expect(engine.layout?.map(({ name }) => name)).toEqual(['eu-west-2', 'eu-west-3']);
    expect([...engine.members]).toEqual(['eu-west-2_0', 'eu-west-2_1']);
  });
});
