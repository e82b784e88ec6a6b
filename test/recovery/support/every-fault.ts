import { isPlanned } from '../../../lib/recovery/record/progress';
import { FAULTS, FaultPlan, LATE_FAULTS, type Fault } from '../stand-in/faults';
import { StandInServer } from '../stand-in/server';
import { atTheStart, casesOf, requestOf, type Case } from './cases';
import { InterruptedPorts, type EndOfProcess } from './interrupted-ports';
import { wrongs } from './outcome';
import { endOf, type ScenarioOptions } from './scenario';
import { Tally, type Mode } from './tally';

const ALL_FAULTS: readonly Fault[] = [...FAULTS, ...LATE_FAULTS];
/** What differs from another fault by its effect only. A call that only reads has none. */
const OF_CHANGES: ReadonlySet<Fault> = new Set([...FAULTS.filter(fault => fault.endsWith('after acting')), ...LATE_FAULTS]);
const server = new StandInServer('over HTTP');
let url: string;
let tally: Tally;

/** The calls and writes of a run without faults. */
async function lengthOf(one: Case): Promise<InterruptedPorts> {
  const scenario = atTheStart(server, url, one);
  const ports = new InterruptedPorts(scenario.ports());
  await scenario.begin(requestOf(one), 'ada', ports.all);
  return ports;
}

/** Versions of one dialect share points: what is sent and read is the same. */
const DIALECTS = [['8.7'], ['8.8', '8.9', '8.10'], ['8.10-zones', '8.10-zones-reversed']] as const;
/** Which of them send the same, so that they share the faults at changes. */
const ALIKE: readonly (readonly string[])[] = [
  ['8.9', '8.10'],
  ['8.10-zones', '8.10-zones-reversed'],
];

/**
 * The points at which a case is disturbed. Both regions of the versions of a dialect share them, so that each point meets each fault in one
 * case. A failback of 8.7 has twice as many as two cases can take: each point meets half of the faults.
 */
function shareOf(one: Case, all: readonly number[], turn: number): readonly number[] {
  // Short, and of one dialect.
  if (isPlanned(one.direction)) return all;
  const versions: readonly string[] = DIALECTS.find(dialect => dialect.some(version => version === one.version)) ?? [one.version];
  const share = 2 * versions.indexOf(one.version) + one.affected;
  const shares = Math.max(one.direction === 'failback' ? 4 : 2, 2 * versions.length);
  return all.filter((_, i) => (i + turn) % shares === share);
}

/** Each change meets each fault in each case, but for versions that send the same and share them. */
function changesOf(one: Case, all: readonly number[], turn: number): readonly number[] {
  if (isPlanned(one.direction)) return all;
  const { version } = one;
  const share = ALIKE.find(versions => versions.includes(version))?.indexOf(version);
  return share === undefined ? all : all.filter((_, i) => (i + turn) % 2 === share);
}

/** In half of all scenarios, life goes on meanwhile: in every other one of those in which a case meets a fault. */
const modeOf = (turn: number): Mode => (turn % 2 === 0 ? 'static' : 'living');
const lifeOf = (mode: Mode): ScenarioOptions => (mode === 'living' ? { life: {} } : {});

/** Runs with a fault; then once more without, as an operator would. Returns what is wrong afterwards. */
async function withFault(one: Case, fault: Fault, call: number, mode: Mode): Promise<string[]> {
  const scenario = atTheStart(server, url, one, lifeOf(mode));
  scenario.use(new FaultPlan(n => (n === call ? fault : undefined)));
  let end = await endOf(scenario.begin(requestOf(one)));
  const found = wrongs(scenario, one.affected, end);
  if (end !== undefined) {
    scenario.use(new FaultPlan());
    scenario.clock.pass(60_000);
    end = await endOf(scenario.store.text === undefined ? scenario.begin(requestOf(one)) : scenario.resume('bob'));
    found.push(...wrongs(scenario, one.affected, end));
  }
  return tally.add(`${one.direction}: ${fault}`, mode, end, found).map(text => `${fault} at call ${call}: ${text}`);
}

async function killed(one: Case, end: EndOfProcess, mode: Mode): Promise<string[]> {
  const scenario = atTheStart(server, url, one, lifeOf(mode));
  const ports = new InterruptedPorts(scenario.ports(), end);
  const first = await endOf(scenario.begin(requestOf(one), 'ada', ports.all));
  const found = wrongs(scenario, one.affected, first);
  scenario.clock.pass(31_000);
  const begun = scenario.store.text !== undefined && scenario.progress().request.direction === one.direction;
  const second = await endOf(begun ? scenario.resume('bob') : scenario.begin(requestOf(one), 'bob'));
  found.push(...wrongs(scenario, one.affected, second), ...(second ? [`does not come to its end: ${second.message}`] : []));
  return tally.add(`${one.direction}: killed ${end.at}`, mode, second, found).map(text => `killed ${end.at} ${end.number}: ${text}`);
}

/** Every fault at every call, and the end of the process at every point, for both directions. */
// eslint-disable-next-line jest/no-export -- each version and region has a file of its own, so that they share processors evenly
export function everyFault(version: string, region: number, directions?: readonly Case['direction'][]): void {
  // Each test runs some hundred scenarios.
  jest.setTimeout(180_000);
  tally = new Tally(`every-fault-${version}-${region}-${directions?.join() ?? ''}`);
  beforeAll(async () => (url = await server.start()));
  afterAll(async () => {
    await server.stop();
    tally.write();
  });

  describe.each(casesOf([version], directions).filter(({ affected }) => affected === region))(
    '$direction of Camunda $version, region $affected',
    one => {
      let length: InterruptedPorts;
      beforeAll(async () => (length = await lengthOf(one)));

      test.each(ALL_FAULTS)('ends well or says what to do, whichever call meets: %s', async fault => {
        const found: string[] = [];
        const turn = ALL_FAULTS.indexOf(fault);
        const calls = OF_CHANGES.has(fault) ? changesOf(one, length.changes, turn) : shareOf(one, length.points, turn);
        for (const [i, call] of calls.entries()) found.push(...(await withFault(one, fault, call, modeOf(i + turn))));
        expect(found).toEqual([]);
      });

      test.each(['before a call', 'after a call', 'before a write', 'after a write'] as const)(
        'is resumed by somebody else, killed at any point %s',
        async at => {
          const found: string[] = [];
          const points = at.endsWith('call') ? length.points : Array.from({ length: length.writes }, (_, number) => number);
          for (const [i, number] of shareOf(one, points, at.length).entries())
            found.push(...(await killed(one, { at, number }, modeOf(i))));
          expect(found).toEqual([]);
        },
      );
    },
  );
}
