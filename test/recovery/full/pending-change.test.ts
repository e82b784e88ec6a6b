import { Commands } from '../../../bin/recover/commands';
import type { RecoveryStop } from '../../../lib/recovery/stop';
import { sidesOf } from '../../../lib/recovery/view/members';
import { topologyOf } from '../stand-in/deployment';
import { FaultPlan, FAULTS, LATE_FAULTS, LATE_MS } from '../stand-in/faults';
import { applyExporting, exportingChange } from '../stand-in/membership-changes';
import { StandInServer } from '../stand-in/server';
import { foundBy } from '../support/found';
import { wrongs } from '../support/outcome';
import { endOf, QUICK, Scenario } from '../support/scenario';
import { Tally } from '../support/tally';
import { writtenOutput } from '../support/written-output';

jest.setTimeout(180_000);
writtenOutput();

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
const tally = new Tally('pending-change');
afterAll(async () => {
  await server.stop();
  tally.write();
});

/** A deployment that loses a region while a pause of exporting is under way. */
function lostWhilePausing(version: string, lost: number): Scenario {
  const scenario = new Scenario(server, url, { clusterSize: 4, version });
  const { engine, reachable } = scenario.deployment;
  engine.begin(exportingChange(engine, 'PAUSED'), operation => applyExporting(engine, operation));
  scenario.clock.pass(QUICK.operation);
  scenario.lose(lost);
  reachable.add(lost);
  return scenario;
}

function commands(scenario: Scenario, lost: number): Commands {
  return new Commands(foundBy(scenario), { lost: `region${lost}`, yes: true }, scenario.clock, new AbortController().signal);
}

/** Lets the first call that cancels a change go wrong. */
function disturb(scenario: Scenario, fault: (typeof FAULTS)[number] | (typeof LATE_FAULTS)[number]): void {
  let done = false;
  scenario.use(
    new FaultPlan((_, text) => {
      if (done || !text.startsWith('DELETE /actuator/cluster/changes')) return undefined;
      done = true;
      return fault;
    }),
  );
}

/** What is wrong once all that is late has come. */
function failures(scenario: Scenario, lost: number, end: RecoveryStop | undefined): readonly string[] {
  scenario.clock.pass(2 * LATE_MS);
  const found = [...wrongs(scenario, lost, end), ...(end ? [`it did not come to its end: ${end.message}`] : [])];
  return tally.add('failover: a change is pending', 'static', end, found);
}

/** Starts a failover, and goes on with it once where it stops. */
async function failedOver(scenario: Scenario, lost: number): Promise<RecoveryStop | undefined> {
  if ((await commands(scenario, lost).start('failover')) === 0) return undefined;
  scenario.clock.pass(60_000);
  return (await endOf(
    commands(scenario, lost)
      .resume()
      .then(() => undefined),
  )) as RecoveryStop | undefined;
}

describe.each(['8.7', '8.8', '8.9', '8.10', '8.10-zones', '8.10-zones-reversed'])('Camunda %s', version => {
  const [coordinator] = sidesOf(topologyOf(version, 4), 0).allIds;
  const itsRegion = topologyOf(version, 4).regions[0].brokers.some(({ brokerId }) => brokerId === coordinator) ? 0 : 1;
  const other = 1 - itsRegion;

  test.each([...FAULTS, ...LATE_FAULTS])(
    'a region without the coordinator: the failover cancels it once, and nothing else, although the call meets: %s',
    async fault => {
      const scenario = lostWhilePausing(version, other);
      disturb(scenario, fault);
      expect(failures(scenario, other, await failedOver(scenario, other))).toEqual([]);
      expect(scenario.deployment.engine.forced).toBe(1);
    },
  );

  test.each([...FAULTS, ...LATE_FAULTS])('the lost coordinator cancels it, although the call meets: %s', async fault => {
    const scenario = lostWhilePausing(version, itsRegion);
    const { engine } = scenario.deployment;
    disturb(scenario, fault);
    scenario.clock.after(30_000, () => engine.startEmpty(coordinator));
    expect(await commands(scenario, itsRegion).cancelChange()).toBe(0);
    engine.stop(coordinator);
    scenario.clock.pass(QUICK.gossip);
    expect(failures(scenario, itsRegion, await failedOver(scenario, itsRegion))).toEqual([]);
    expect(engine.forced).toBe(1);
  });
});
