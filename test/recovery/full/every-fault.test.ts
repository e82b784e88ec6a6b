import { declaredAsNeverAccepted } from '../../../lib/recovery/order';
import { RecoveryStop } from '../../../lib/recovery/stop';
import { FAULTS, FaultPlan, type Fault } from '../stand-in/faults';
import { StandInServer } from '../stand-in/server';
import { atTheStart, casesOf, orderOf, type Case } from '../support/cases';
import { InterruptedPorts, type EndOfProcess } from '../support/interrupted-ports';
import { wrongs } from '../support/outcome';
import { endOf, type ScenarioOptions } from '../support/scenario';

// Each test runs some hundred scenarios.
jest.setTimeout(180_000);

const server = new StandInServer();
let url: string;
let scenarios = 0;
beforeAll(async () => (url = await server.start()));
afterAll(async () => {
  await server.stop();
  process.stdout.write(`${scenarios} recovery scenarios with faults\n`);
});

/** Older and newer dialect. */
const CASES = casesOf(['8.7', '8.9']);

/** How many calls and writes a run without faults has. */
async function lengthOf(one: Case): Promise<InterruptedPorts> {
  const scenario = atTheStart(server, url, one);
  const ports = new InterruptedPorts(scenario.ports());
  await scenario.begin(orderOf(one), 'ada', ports.all);
  return ports;
}

/**
 * The points at which a case is disturbed. A failover is at every one. A failback has many more, most of them looks: its four cases
 * share them, so that each point meets each fault in one of them.
 */
function numbers(one: Case, count: number, turn: number): number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  const failbacks = CASES.filter(({ direction }) => direction === 'failback');
  return one.direction === 'failover' ? all : all.filter(i => (i + turn) % failbacks.length === failbacks.indexOf(one));
}

/** In half of all scenarios, life goes on meanwhile. */
const lifeOf = (number: number): ScenarioOptions => (number % 2 === 0 ? {} : { life: {} });

/** Runs with a fault; then once more without, as an operator would. Gives what is wrong afterwards. */
async function withFault(one: Case, fault: Fault, call: number): Promise<string[]> {
  scenarios += 1;
  const scenario = atTheStart(server, url, one, lifeOf(call));
  scenario.use(new FaultPlan(n => (n === call ? fault : undefined)));
  const first = await endOf(scenario.begin(orderOf(one)));
  const found = wrongs(scenario, one.affected, first);
  if (first !== undefined) {
    scenario.use(new FaultPlan());
    scenario.clock.pass(60_000);
    const again = scenario.store.text === undefined ? scenario.begin(orderOf(one)) : scenario.resume('bob');
    found.push(...wrongs(scenario, one.affected, await endOf(again)));
  }
  return found.map(text => `${fault} at call ${call}: ${text}`);
}

async function killed(one: Case, end: EndOfProcess): Promise<string[]> {
  scenarios += 1;
  const scenario = atTheStart(server, url, one, lifeOf(end.number));
  const ports = new InterruptedPorts(scenario.ports(), end);
  const first = await endOf(scenario.begin(orderOf(one), 'ada', ports.all));
  const found = wrongs(scenario, one.affected, first);
  scenario.clock.pass(31_000);
  const begun = scenario.store.text !== undefined && scenario.progress().order.direction === one.direction;
  let second = await endOf(begun ? scenario.resume('bob') : scenario.begin(orderOf(one), 'bob'));
  if (second instanceof RecoveryStop && second.advice.includes('--send-again')) {
    // Nobody can tell whether it was sent, as long as the coordinator is lost. In this case it was not.
    expect([scenario.deployment.engine.forced, one.affected]).toEqual([0, 0]);
    second = await endOf(scenario.resume('bob', {}, progress => declaredAsNeverAccepted(progress, 'bob')));
  }
  found.push(...wrongs(scenario, one.affected, second), ...(second ? [`does not come to its end: ${second.message}`] : []));
  return found.map(text => `killed ${end.at} ${end.number}: ${text}`);
}

describe.each(CASES)('$direction of Camunda $version, region $affected', one => {
  let length: InterruptedPorts;
  beforeAll(async () => (length = await lengthOf(one)));

  test.each(FAULTS)('ends well or says what to do, whichever call meets: %s', async fault => {
    const found: string[] = [];
    for (const call of numbers(one, length.calls, FAULTS.indexOf(fault))) found.push(...(await withFault(one, fault, call)));
    expect(found).toEqual([]);
  });

  test.each(['before a call', 'after a call', 'before a write', 'after a write'] as const)(
    'is resumed by somebody else, killed at any point %s',
    async at => {
      const found: string[] = [];
      const count = at.endsWith('call') ? length.calls : length.writes;
      for (const number of numbers(one, count, at.length)) found.push(...(await killed(one, { at, number })));
      expect(found).toEqual([]);
    },
  );
});
