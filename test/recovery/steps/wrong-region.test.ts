import { Commands, type CommandOptions } from '../../../bin/recover/commands';
import type { FoundDeployment } from '../../../bin/recover/deployment';
import { refuseWhereOnlyItLives } from '../../../bin/recover/first-check';
import { StandInServer } from '../stand-in/server';
import { foundBy } from '../support/found';
import { Scenario } from '../support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

describe.each([0, 1])('region %i is lost, and the other one is named', lost => {
  const living = 1 - lost;
  const repositorySetting = ['bucket=snapshots'];
  let scenario: Scenario;
  beforeEach(() => {
    scenario = new Scenario(server, url, { clusterSize: 4 });
    scenario.lose(lost);
  });

  const begin = (found: FoundDeployment, direction: 'failover' | 'failback', options: CommandOptions): Promise<number> =>
    new Commands(found, { yes: true, ...options }, scenario.clock, new AbortController().signal).start(direction);

  test.each<['failover' | 'failback', CommandOptions, string]>([
    ['failover', { lost: `region${living}` }, `--lost region${lost}`],
    ['failover', { lost: `region${living}`, fenced: true }, `--lost region${lost}`],
    ['failover', { lost: `region${living}`, dryRun: true }, `--lost region${lost}`],
    ['failback', { recreated: `region${living}`, repositorySetting }, `--recreated region${lost}`],
  ])('in a %s with %j: that is told at once, also while the API server of the lost region answers', async (direction, options, meant) => {
    for (const answers of [true, false]) {
      if (answers) scenario.deployment.reachable.add(lost);
      else scenario.deployment.reachable.delete(lost);
      const started = scenario.clock.now();
      await expect(begin(foundBy(scenario, { silent: [lost] }), direction, options)).rejects.toMatchObject({
        kind: 'refused',
        message: expect.stringContaining(`did you mean \`${meant}\`?`),
        advice: expect.not.stringContaining('fence'),
      });
      expect(scenario.clock.now() - started).toBeLessThan(5_000);
    }
  });
});

test('nobody waits for a lost region while the surviving one answers', async () => {
  const scenario = new Scenario(server, url, { clusterSize: 4 });
  scenario.lose(1);
  const asked: number[] = [];
  const found = foundBy(scenario);
  const answers = (regionId: number): Promise<boolean> => {
    asked.push(regionId);
    return found.answers(regionId);
  };
  await refuseWhereOnlyItLives({ ...found, answers }, { direction: 'failover', regionId: 1 }, scenario.ports());
  expect(asked).toEqual([0]);
});

test('a region that is called lost is no other while gateways of the surviving one answer', async () => {
  const scenario = new Scenario(server, url, { clusterSize: 4 });
  scenario.lose(1);
  scenario.deployment.reachable.add(1);
  const commands = new Commands(
    foundBy(scenario),
    { lost: 'region1', yes: true, json: true },
    scenario.clock,
    new AbortController().signal,
  );
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  expect(await commands.start('failover')).toBe(0);
  jest.restoreAllMocks();
});
