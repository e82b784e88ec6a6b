import type { Finding } from '../../../lib/recovery/finding';
import { withNewSnapshot } from '../../../lib/recovery/plans/recovery-request';
import type { Progress } from '../../../lib/recovery/record/progress';
import { exportersStandStill, restingPositions } from '../../../lib/recovery/steps/standstill';
import type { RecoveryStop } from '../../../lib/recovery/stop';
import { sidesOf } from '../../../lib/recovery/view/members';
import { StandInServer } from '../stand-in/server';
import { answeringView, TOPOLOGY, type AnsweringOptions } from '../support/answering-view';
import { atTheStart, requestOf } from '../support/cases';
import { record } from '../support/engine-run';
import { wrongs } from '../support/outcome';
import { endOf, type Scenario } from '../support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

function setPaused({ deployment }: Scenario, paused: boolean): void {
  for (const replicas of deployment.engine.partitions.values()) for (const replica of replicas.values()) replica.paused = paused;
}

/** A failback during which somebody else resumes exporting at the beginning of a step, and pauses it again or not. */
function resumedAt(one: { readonly version: string; readonly affected: number }, step: string, pausedAgain: boolean): Scenario {
  const scenario = atTheStart(server, url, { direction: 'failback', ...one });
  const people = scenario.onEvent;
  let done = false;
  scenario.onEvent = event => {
    people(event);
    if (done || event.kind !== 'step' || !event.step.id.startsWith(step)) return;
    done = true;
    setPaused(scenario, false);
    scenario.deployment.work(30);
    setPaused(scenario, pausedAgain);
  };
  return scenario;
}

/** What the stop asks for: another snapshot, and to delete what was restored from the first one. */
async function withAnother(scenario: Scenario, affected: number): Promise<void> {
  await scenario.leaseOf().release('ada');
  const end = (await endOf(scenario.resume('bob', {}, progress => withNewSnapshot(progress, 'failback-2')))) as RecoveryStop | undefined;
  if (end === undefined) return;
  expect(end.advice).toMatch(/delete exactly these indices there.*recover resume/s);
  const { indices } = scenario.deployment.search[affected];
  const [, named] = /from this snapshot: (.*)$/.exec(end.message)!;
  named.split(', ').forEach(name => indices.delete(name));
  expect(await endOf(scenario.resume('bob'))).toBeUndefined();
}

describe.each(['8.7', '8.9'].flatMap(version => [0, 1].map(affected => ({ version, affected }))))(
  'Camunda $version, region $affected: somebody resumes exporting while the data is copied',
  one => {
    test.each([
      ['take-snapshot', false],
      ['take-snapshot', true],
      ['restore', false],
      ['restore', true],
      ['enable', false],
      ['enable', true],
    ])('at %s (paused again: %s): stops before anything is lost, and another snapshot leads on', async (step, pausedAgain) => {
      const scenario = resumedAt(one, step, pausedAgain);
      const started = scenario.clock.now();
      const end = (await endOf(scenario.begin(requestOf({ direction: 'failback', ...one })))) as RecoveryStop;
      expect([end.kind, end.stepId?.startsWith(step)]).toEqual(['stopped', true]);
      expect(end.message).toMatch(pausedAgain ? /were exported further since all was at rest/ : /exporting is paused in every partition/);
      expect(end.advice).toContain("'recover resume --new-snapshot'");
      expect(scenario.clock.now() - started).toBeLessThan(180_000);
      await withAnother(scenario, one.affected);
      expect(wrongs(scenario, one.affected, undefined)).toEqual([]);
    });
  },
);

describe('where exporters stand', () => {
  const at = (exported: unknown, ids = TOPOLOGY.partitions.map(({ partitionId }) => partitionId)): AnsweringOptions => ({
    answers: {
      'GET broker0/actuator/partitions': Object.fromEntries(
        ids.map(id => [id, { role: 'LEADER', exporterPhase: 'PAUSED', exportedPosition: exported, processedPosition: 9 }]),
      ),
      'GET broker2/actuator/partitions': {},
    },
  });
  const LOST_1 = sidesOf(TOPOLOGY, 1);
  const [, unmoved] = exportersStandStill(LOST_1);
  const check = (options: AnsweringOptions, noted?: Readonly<Record<string, number>>): Promise<Finding> => {
    const steps: Progress['steps'] = noted === undefined ? {} : { 'await-rest': record({ noted }) };
    return unmoved.check(answeringView(options).view, [], steps);
  };

  test('is noted by partition, once each has a leader', async () => {
    expect(await restingPositions(answeringView(at(7)).view, LOST_1)).toMatchObject({
      state: 'met',
      noted: { 1: 7, 2: 7, 3: 7, 4: 7 },
    });
    expect(await restingPositions(answeringView(at(7, [1, 3])).view, LOST_1)).toEqual({
      state: 'unknown',
      why: 'no broker says that it leads partition 2, 4',
    });
    expect(await restingPositions(answeringView(at(undefined)).view, LOST_1)).toMatchObject({ state: 'met', noted: {} });
    expect((await restingPositions(answeringView({ ...at(7), withoutBrokers: true }).view, LOST_1)).noted).toBeUndefined();
  });

  test.each([
    ['where it stood', at(7), { 1: 7, 2: 7 }, 'met'],
    ['further back, after a change of its leader', at(6), { 1: 7, 2: 7 }, 'met'],
    ['further on', at(8), { 1: 8, 2: 7 }, 'blocked'],
    ['without a leader', at(7, [1]), { 1: 7, 2: 7 }, 'unknown'],
    ['where nobody has noted it', at(8), undefined, 'met'],
    ['where nobody can look', { ...at(8), withoutBrokers: true }, { 1: 7 }, 'met'],
  ] as const)('%s', async (_, options, noted, state) => {
    expect((await check(options, noted)).state).toBe(state);
  });
});
