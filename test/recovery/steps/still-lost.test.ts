import type { Finding } from '../../../lib/recovery/finding';
import { failoverPlan } from '../../../lib/recovery/plans/failover-plan';
import type { RecoveryEvent } from '../../../lib/recovery/run/events';
import { lossHolds } from '../../../lib/recovery/steps/still-lost';
import type { RecoveryStop } from '../../../lib/recovery/stop';
import { sidesOf } from '../../../lib/recovery/view/members';
import { StandInServer } from '../stand-in/server';
import { answeringView, failure, SEARCH_1, SEEN, seenOf, TOPOLOGY, type AnsweringOptions } from '../support/answering-view';
import { wrongs } from '../support/outcome';
import { endOf, Scenario } from '../support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

const HOURS_MS = 4 * 3_600_000;

/** A failover that is interrupted after the region was judged to be lost. Hours later its servers answer, its brokers run, and gossip does not see them. */
async function interruptedAfterJudgement(lost: number, fenced: boolean): Promise<Scenario> {
  const scenario = new Scenario(server, url, { clusterSize: 4 });
  scenario.lose(lost);
  const interruption = { requested: false };
  scenario.interruption = interruption;
  scenario.onEvent = (event: RecoveryEvent) => {
    if (event.kind === 'done' && event.step.id === 'judge-loss') interruption.requested = true;
  };
  const end = (await endOf(scenario.begin({ direction: 'failover', regionId: lost, fenced }))) as RecoveryStop;
  expect([end.kind, end.stepId]).toEqual(['interrupted', 'remove-brokers']);
  interruption.requested = false;
  scenario.clock.pass(HOURS_MS);
  const { deployment } = scenario;
  deployment.reachable.add(lost);
  deployment.search[lost].reachable = true;
  scenario.topology.regions[lost].brokers.forEach(({ brokerId }) => deployment.cutOff.add(brokerId));
  return scenario;
}

describe.each([0, 1])('region %i was judged to be lost, and lives when somebody goes on', lost => {
  test('nothing is removed, and the stop says what is seen and how to give it up', async () => {
    const scenario = await interruptedAfterJudgement(lost, false);
    const end = (await endOf(scenario.resume('bob'))) as RecoveryStop;
    expect([end.kind, end.message]).toEqual(['stopped', expect.stringContaining(`brokers of region ${lost} are running`)]);
    expect(end.advice).toContain(`'recover failover --lost region${lost} --fenced --abandon'`);
    expect(scenario.deployment.engine.forced).toBe(0);
  });

  test('it is removed where the order says that it is cut off', async () => {
    const scenario = await interruptedAfterJudgement(lost, true);
    expect(await endOf(scenario.resume('bob'))).toBeUndefined();
    expect(wrongs(scenario, lost, undefined)).toEqual([]);
  });
});

test.each([0, 1])(
  'an operator whose way to region %i is cut, with kubeconfigs alone, removes it only where that is confirmed',
  async lost => {
    const scenario = new Scenario(server, url, { clusterSize: 4, searchThroughKubernetes: true });
    // Cut off from the other region, and alive for all anybody knows.
    scenario.lose(lost);
    const end = (await endOf(scenario.begin({ direction: 'failover', regionId: lost }))) as RecoveryStop;
    expect([end.kind, end.message]).toEqual(['refused', expect.stringContaining(`nothing shows that region ${lost} is gone`)]);
    expect(scenario.deployment.engine.forced).toBe(0);
    expect(await endOf(scenario.begin({ direction: 'failover', regionId: lost, fenced: true }))).toBeUndefined();
    expect(wrongs(scenario, lost, undefined)).toEqual([]);
  },
);

test('neither a change is cancelled nor brokers are removed for a region that lives', () => {
  const requirementsOf = (fenced: boolean): (string | undefined)[][] =>
    failoverPlan(TOPOLOGY, 1, { cancels: 7, fenced })
      .steps.filter(({ id }) => /^(cancel-change-\d+|remove-brokers)$/.test(id))
      .map(({ requires }) => requires.map(({ description }) => description));
  const [unseen, lost] = lossHolds(sidesOf(TOPOLOGY, 1), false).map(({ description }) => description);
  for (const requires of requirementsOf(false)) expect(requires.slice(0, 2)).toEqual([unseen, lost]);
  for (const requires of requirementsOf(true)) {
    expect(requires[0]).toBe(unseen);
    expect(requires).not.toContain(lost);
  }
});

describe('whether it is still lost', () => {
  const answers = { [SEEN]: seenOf([0, 2]), [SEARCH_1]: failure('NoAnswerError') };
  const check = (options: AnsweringOptions): Promise<Finding> =>
    lossHolds(sidesOf(TOPOLOGY, 1), false)[1].check(answeringView(options).view, []);
  const pods = (running: boolean): AnsweringOptions['regions'] => [{}, { brokerPods: [{ name: 'pod-0', running, ready: running }] }];

  test.each([
    ['is, where no pod runs', { answers, regions: pods(false) }, 'met'],
    ['is, where all are silent', { answers }, 'met'],
    ['is not, where a pod runs', { answers, regions: pods(true) }, 'blocked'],
    ['is not, where Elasticsearch answers', { answers: { ...answers, [SEARCH_1]: {} } }, 'blocked'],
    [
      'cannot be told where its API server does not let itself be read',
      { answers, regions: [{}, { refused: 'it answers 503' }] },
      'unknown',
    ],
    ['is not, where gateways see its brokers', { answers: { ...answers, [SEEN]: seenOf([0, 1, 2]) }, regions: pods(false) }, 'running'],
  ] as const)('it %s', async (_, options, state) => {
    expect((await check(options)).state).toBe(state);
  });

  test('members are not asked: they may be dead or alive', async () => {
    const { view, requests } = answeringView({ answers, regions: pods(false) });
    await lossHolds(sidesOf(TOPOLOGY, 1), false)[1].check(view, []);
    expect(requests).toEqual([SEEN]);
  });
});
