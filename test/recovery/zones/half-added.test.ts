import { withCancelling } from '../../../bin/recover/request/with-cancelling';
import { freshProgress } from '../../../lib/recovery/plans/recovery-request';
import { inherited } from '../../../lib/recovery/record/inheritance';
import type { RecoveryRequest } from '../../../lib/recovery/record/progress';
import type { RecoveryStop } from '../../../lib/recovery/stop';
import { ClusterView } from '../../../lib/recovery/view/cluster-view';
import { StandInServer } from '../stand-in/server';
import { atTheStart, requestOf } from '../support/cases';
import { wrongs } from '../support/outcome';
import { endOf, peopleDeploy, type Scenario } from '../support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

const OPERATION_MS = 1_000;

/** A failback whose region is lost again once so many operations of the addition are done. */
async function lostAfter(operations: number, version: string, affected: number): Promise<Scenario> {
  const scenario = atTheStart(
    server,
    url,
    { direction: 'failback', version, affected },
    { durations: { operation: OPERATION_MS, gossip: 2_000, snapshot: 100 } },
  );
  const people = scenario.onEvent;
  scenario.onEvent = event => {
    people(event);
    if (event.kind === 'sent' && event.step.id === 'add-brokers')
      scenario.clock.after((operations + 0.5) * OPERATION_MS, () => scenario.deployment.lose(affected));
  };
  const end = (await endOf(scenario.begin(requestOf({ direction: 'failback', affected })))) as RecoveryStop;
  expect(end.message).toContain(`region ${affected} is lost again`);
  scenario.onEvent = () => undefined;
  scenario.deployment.engine.forced = 0;
  await scenario.leaseOf().release('ada');
  return scenario;
}

/** Begins anew as the program does with --abandon. */
async function abandonFor(scenario: Scenario, request: RecoveryRequest): Promise<RecoveryStop | undefined> {
  const view = new ClusterView(scenario.topology, scenario.ports());
  const inheritance = inherited(request, scenario.progress());
  const { request: next } = await withCancelling(scenario.topology, inheritance, {}, view, () => undefined, { requested: false });
  const fresh = freshProgress(next, scenario.topology, 'bob', scenario.clock.now());
  return (await endOf(scenario.resume('bob', {}, () => fresh))) as RecoveryStop | undefined;
}

/** Two brokers join, the layout is written, and eight replicas come: in all of them but the last one something is missing. */
const OPERATIONS = Array.from({ length: 11 }, (_, done) => done);

// Where the coordinator is lost too, it has to come back: as with numbered brokers.
describe.each([
  ['8.10-zones', 1],
  ['8.10-zones-reversed', 0],
] as const)('%s: region %i lost again', (version, affected) => {
  test.each(OPERATIONS)('after %i operations of its addition: works alone, and comes back once more', async done => {
    const scenario = await lostAfter(done, version, affected);
    const { engine } = scenario.deployment;
    expect(await abandonFor(scenario, { direction: 'failover', regionId: affected })).toBeUndefined();
    const { warnings } = scenario.progress();
    const left = [...engine.members].filter(id => scenario.topology.regions[affected].brokers.some(({ brokerId }) => brokerId === id));
    // No call takes out members whose zone the layout does not have. Once all have joined, the coordinator writes it.
    expect(left).toHaveLength(done === 1 ? 1 : 0);
    expect(warnings.filter(text => text.includes('left by an addition that was cancelled'))).toHaveLength(left.length === 0 ? 0 : 1);
    expect(engine.layout).toHaveLength(1);
    expect(engine.violations).toEqual([]);
    scenario.onEvent = peopleDeploy(scenario, affected);
    scenario.deployment.declared.fill(undefined);
    const again = { ...requestOf({ direction: 'failback', affected }), snapshotName: 'failback-2' };
    expect(await endOf(scenario.begin(again))).toBeUndefined();
    expect(wrongs(scenario, affected, undefined)).toEqual([]);
  });
});
