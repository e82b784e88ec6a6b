import type { HttpTransport } from '../../../lib/recovery/calls/http';
import type { RecoveryStop } from '../../../lib/recovery/stop';
import { StandInServer } from '../stand-in/server';
import { atTheStart, requestOf } from '../support/cases';
import { wrongs } from '../support/outcome';
import { endOf, peopleDeploy, type Scenario } from '../support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

/** A failback in which one broker of the surviving region is away for a while when a step begins. */
function awayAt(version: string, stepId: string, milliseconds: number): Scenario {
  const scenario = atTheStart(server, url, { direction: 'failback', version, affected: 1 });
  const people = peopleDeploy(scenario, 1);
  let gone = false;
  scenario.onEvent = event => {
    people(event);
    if (gone || event.kind !== 'step' || event.step.id !== stepId) return;
    gone = true;
    scenario.deployment.engine.stop('2');
    scenario.clock.after(milliseconds, () => scenario.deployment.engine.start('2'));
  };
  return scenario;
}

describe.each(['8.7', '8.9', '8.10'])('Camunda %s, a broker of the surviving region is away', version => {
  test.each(['pause-exporting', 'resume-exporting'])('for 90 s at %s: waited for', async stepId => {
    const scenario = awayAt(version, stepId, 90_000);
    expect(await endOf(scenario.begin(requestOf({ direction: 'failback', affected: 1 })))).toBeUndefined();
    expect(wrongs(scenario, 1, undefined)).toEqual([]);
  });

  test('for longer than the step lasts at resume-exporting: whoever resumes once it is back comes to the end', async () => {
    const scenario = awayAt(version, 'resume-exporting', 400_000);
    const end = await endOf(scenario.begin(requestOf({ direction: 'failback', affected: 1 })));
    expect(end?.message).toContain(version === '8.10' ? 'change 3 is pending' : 'Leader of partition 1 is not known');
    scenario.clock.pass(600_000);
    await scenario.leaseOf().release('ada');
    expect(await endOf(scenario.resume('bob'))).toBeUndefined();
    expect(wrongs(scenario, 1, undefined)).toEqual([]);
  });
});

test('a broker that is away when the snapshot is to be taken is named, and another snapshot is not the way', async () => {
  const scenario = awayAt('8.9', 'take-snapshot', 400_000);
  const end = (await endOf(scenario.begin(requestOf({ direction: 'failback', affected: 1 })))) as RecoveryStop;
  expect(end.advice).toMatch(/^bring brokers 2 of the surviving region back/);
  scenario.clock.pass(600_000);
  await scenario.leaseOf().release('ada');
  expect(await endOf(scenario.resume('bob'))).toBeUndefined();
  expect(wrongs(scenario, 1, undefined)).toEqual([]);
});

test.each([
  ['take-snapshot', false, '--new-snapshot'],
  ['add-brokers', true, '/actuator/exporting/resume'],
] as const)('what somebody does to exporting before %s is told with the way out', async (stepId, paused, advice) => {
  const scenario = atTheStart(server, url, { direction: 'failback', version: '8.9', affected: 1 });
  const people = peopleDeploy(scenario, 1);
  scenario.onEvent = event => {
    people(event);
    if (event.kind !== 'step' || event.step.id !== stepId) return;
    for (const replicas of scenario.deployment.engine.partitions.values()) for (const replica of replicas.values()) replica.paused = paused;
  };
  const end = (await endOf(scenario.begin(requestOf({ direction: 'failback', affected: 1 })))) as RecoveryStop;
  expect(end.advice).toContain(advice);
});

describe.each(['8.7', '8.9', '8.10'])('Camunda %s, brokers of the surviving region have just started', version => {
  test.each(['pause-exporting', 'resume-exporting'])('at %s: what they do not say yet is not taken for done', async stepId => {
    const scenario = atTheStart(server, url, { direction: 'failback', version, affected: 1 });
    const people = peopleDeploy(scenario, 1);
    let starting = 0;
    scenario.onEvent = event => {
      people(event);
      if (event.kind === 'step') starting = event.step.id === stepId ? 2 : 0;
    };
    const all = scenario.ports();
    const broker = (brokerId: string): HttpTransport => ({
      send: request => {
        if (starting <= 0) return all.broker!(brokerId).send(request);
        starting -= 1;
        // One knows none of its partitions yet, the other is about to lead.
        return Promise.resolve({ status: 200, text: brokerId === '2' ? '{}' : '{"1":{"role":"LEADER","exporterPhase":"CLOSED"}}' });
      },
    });
    expect(await endOf(scenario.begin(requestOf({ direction: 'failback', affected: 1 }), 'ada', { broker }))).toBeUndefined();
    expect(scenario.progress().steps[stepId].attempts).toHaveLength(1);
    expect(wrongs(scenario, 1, undefined)).toEqual([]);
  });
});
