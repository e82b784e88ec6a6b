import { checkCondition } from '../../../lib/recovery/run/check';
import { failedOver } from '../../../lib/recovery/steps/verify/verify-failover';
import { ClusterView } from '../../../lib/recovery/view/cluster-view';
import { sidesOf } from '../../../lib/recovery/view/members';
import { StandInServer } from '../stand-in/server';
import { atTheStart, requestOf } from '../support/cases';
import { wrongs } from '../support/outcome';
import { endOf, Killed, peopleDeploy, type Scenario, type ScenarioOptions } from '../support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

/** A region is lost again while its failback has exporting paused, and the record is lost with it. */
async function pausedWithoutARecord(version: string, affected: number, options: ScenarioOptions = {}): Promise<Scenario> {
  const scenario = atTheStart(server, url, { direction: 'failback', version, affected }, options);
  const people = peopleDeploy(scenario, affected);
  scenario.onEvent = event => {
    people(event);
    if (event.kind === 'step' && event.step.id === 'restore') throw new Killed();
  };
  expect(await endOf(scenario.begin(requestOf({ direction: 'failback', affected })))).toBeInstanceOf(Killed);
  await scenario.leaseOf().release('ada');
  scenario.onEvent = () => undefined;
  scenario.deployment.declared.fill(undefined);
  scenario.deployment.lose(affected);
  scenario.clock.pass(9_000);
  scenario.store.text = undefined;
  expect(scenario.deployment.engine.exportingIsPaused()).toBe(true);
  return scenario;
}

const verified = async (scenario: Scenario, affected: number): Promise<string> => {
  const view = new ClusterView(scenario.topology, scenario.ports());
  return (await checkCondition(failedOver(scenario.topology, sidesOf(scenario.topology, affected)), view, [])).state;
};

describe.each([
  ['8.7', 0],
  ['8.7', 1],
  ['8.9', 0],
  ['8.9', 1],
])('exporting that a failback of Camunda %s has left paused, region %i', (version, affected) => {
  test('is no failover that is complete, and every failover resumes it', async () => {
    const scenario = await pausedWithoutARecord(version, affected);
    scenario.deployment.failOver(affected);
    expect(await verified(scenario, affected)).toBe('open');
    expect(await endOf(scenario.begin({ direction: 'failover', regionId: affected }))).toBeUndefined();
    expect(wrongs(scenario, affected, undefined)).toEqual([]);
    expect(await verified(scenario, affected)).toBe('met');
  });

  test('is resumed also where brokers cannot be asked', async () => {
    const scenario = await pausedWithoutARecord(version, affected, { withoutBrokers: true });
    expect(await endOf(scenario.begin({ direction: 'failover', regionId: affected }))).toBeUndefined();
    expect(scenario.deployment.engine.exportingIsPaused()).toBe(false);
    expect(await verified(scenario, affected)).toBe('met');
  });
});
