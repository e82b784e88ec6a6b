import { blocked, met, open, running, unknown, type Finding } from '../../../lib/recovery/finding';
import { failbackPlan } from '../../../lib/recovery/plans/failback-plan';
import type { PodFacts, RegionFacts } from '../../../lib/recovery/ports';
import type { Attempt } from '../../../lib/recovery/record/progress';
import { addBrokers, complete } from '../../../lib/recovery/steps/add-brokers';
import { awaitMembers, awaitRecreation, awaitSteadyState, deployed, searchAnswers } from '../../../lib/recovery/steps/deployments';
import { exporting, exporterOf, unlessEnabled } from '../../../lib/recovery/steps/exporting';
import { judgeRecreation } from '../../../lib/recovery/steps/judge-recreation';
import { sidesOf } from '../../../lib/recovery/view/members';
import { topologyOf } from '../stand-in/deployment';
import {
  type AnsweringOptions,
  answeringView,
  ANYTHING,
  attempt,
  CONFIGURATION,
  configurationOf,
  EXPORTERS,
  exportersOf,
  failure,
  pending,
  SEEN,
  seenOf,
  TOPOLOGY,
} from '../support/answering-view';

const SIDES = sidesOf(TOPOLOGY, 1);

type Answers = NonNullable<AnsweringOptions['answers']>;

describe('whether a failback may begin', () => {
  const over: Answers = {
    [CONFIGURATION]: configurationOf([0, 2]),
    [EXPORTERS]: exportersOf({ camundaregion0: 'ENABLED', camundaregion1: 'DISABLED' }),
  };
  const check = (change: Answers = {}): Promise<Finding> =>
    judgeRecreation(TOPOLOGY, SIDES).done.check(answeringView({ answers: { ...over, ...change } }).view, []);

  test('it may, when the failover is complete', async () => {
    expect(await check()).toEqual(met('members are 0, 2, exporters camundaregion1 are disabled'));
  });

  test.each([
    [
      { [CONFIGURATION]: configurationOf([0, 2], pending('BROKER_ADD')) },
      blocked(
        'a change is in the way: change 8 is pending since 2026 (brokers or replicas are added, moved or removed: BROKER_ADD)',
        ANYTHING,
      ),
    ],
    [
      { [CONFIGURATION]: configurationOf([1, 3]) },
      blocked('brokers 0, 2 of the surviving region are not members; members are 1, 3', ANYTHING),
    ],
    [{ [CONFIGURATION]: configurationOf([0, 2, 3]) }, blocked('brokers 3 of region 1 are members: it is not lost', ANYTHING)],
    [
      { [EXPORTERS]: exportersOf({ camundaregion1: 'ENABLED' }) },
      blocked('exporters camundaregion1 of region 1 are ENABLED, not DISABLED', ANYTHING),
    ],
    [{ [EXPORTERS]: exportersOf({}) }, blocked('exporters camundaregion1 of region 1 are unknown, not DISABLED', ANYTHING)],
    [{ [CONFIGURATION]: 504 }, unknown('/actuator/cluster answered HTTP 504')],
    [{ [EXPORTERS]: 504 }, unknown('/actuator/exporters answered HTTP 504')],
  ])('%#: not with %j', async (change, expected) => {
    expect(await check(change)).toEqual(expected);
  });
});

describe('whether what is deployed is what has to be', () => {
  const pods = (count: number, state: Partial<PodFacts> = {}): PodFacts[] =>
    Array.from({ length: count }, (_, i) => ({ name: `pod-${i}`, running: true, ready: true, ...state }));
  const check = (regions: (RegionFacts | undefined)[], recreated: number | undefined): Promise<Finding> =>
    deployed(TOPOLOGY, SIDES, recreated).check(answeringView({ regions }).view, []);
  const steady: RegionFacts = { brokerPods: pods(2) };
  const recreated: RegionFacts = { brokerPods: pods(2), recreatedRegion: 1, applicationPods: [] };

  test.each([
    [[steady, steady], undefined, met('2 brokers are ready in region 0; 2 brokers run in region 1')],
    [[recreated, recreated], 1, met('2 brokers are ready in region 0; 2 brokers run in region 1')],
    [[steady, recreated], 1, open('what is deployed in region 0 declares no recreated region')],
    [[recreated, steady], undefined, open('what is deployed in region 0 declares region 1 as recreated')],
    [[undefined, steady], undefined, unknown('the Kubernetes API of region 0 does not answer')],
    [[steady, { ...steady, rolloutOpen: '1 of 2' }], undefined, running('region 1: 1 of 2')],
    [[{ ...recreated, applicationPods: ['operate-1'] }, recreated], 1, running('in region 0, operate-1 still run')],
    [[{ ...steady, applicationPods: ['operate-1'] }, steady], undefined, met('2 brokers are ready in region 0; 2 brokers run in region 1')],
    [[{ recreatedRegion: 1, brokerPods: pods(2) }, recreated], 1, met('2 brokers are ready in region 0; 2 brokers run in region 1')],
    [[{ brokerPods: pods(1) }, steady], undefined, running('1 of 2 brokers are ready in region 0')],
    [[{ brokerPods: pods(2, { ready: false }) }, steady], undefined, running('0 of 2 brokers are ready in region 0')],
    [[steady, { brokerPods: pods(2, { ready: false }) }], undefined, met('2 brokers are ready in region 0; 2 brokers run in region 1')],
    [[steady, { brokerPods: pods(2, { running: false }) }], undefined, running('0 of 2 brokers run in region 1')],
    [[steady, { brokerPods: pods(3) }], undefined, met('2 brokers are ready in region 0; 3 brokers run in region 1')],
  ] as const)('%#', async (regions, phase, expected) => {
    expect(await check([...regions], phase)).toMatchObject({ ...expected });
  });

  test('pods that cannot be seen are a warning', async () => {
    expect(await check([steady, {}], undefined)).toEqual(
      met('2 brokers are ready in region 0; region 1 is declared as it should be', [
        'pods of region 1 cannot be seen from here: check them by hand',
      ]),
    );
  });

  test('what waits for it says which phase is meant, and gives people a day', () => {
    const steps = [awaitRecreation(TOPOLOGY, SIDES), awaitSteadyState(TOPOLOGY, SIDES)];
    expect(steps.map(({ done }) => done.description)).toEqual([
      'both regions are deployed with region 1 as the recreated one, and no rollout is going on',
      'both regions are deployed without a recreated region, and no rollout is going on',
    ]);
    expect(steps.map(({ timeoutMs }) => timeoutMs)).toEqual([86_400_000, 86_400_000]);
    expect(steps.map(({ done }) => done.calls.length)).toEqual([6, 6]);
  });
});

describe('whether all brokers and both Elasticsearch are there', () => {
  const there: Answers = {
    [SEEN]: seenOf([0, 1, 2, 3]),
    'GET elasticsearch0/_cluster/health': { status: 'green', initializing_shards: 0 },
    'GET elasticsearch1/_cluster/health': { status: 'yellow', initializing_shards: 0 },
  };
  const check = (change: Answers = {}): Promise<Finding> =>
    awaitMembers(TOPOLOGY, SIDES).done.check(answeringView({ answers: { ...there, ...change } }).view, []);
  const ill = (id: number): object => ({
    ...seenOf([0, 1, 2, 3]),
    brokers: [0, 1, 2, 3].map(nodeId => ({
      nodeId,
      partitions: [
        { partitionId: 1, role: 'follower', health: 'healthy' },
        { partitionId: 2, role: 'follower', health: nodeId === id ? 'dead' : 'healthy' },
      ],
    })),
  });

  test.each([
    [{}, met('gateways see brokers 0, 1, 2, 3; Elasticsearch of region 0 is green; Elasticsearch of region 1 is yellow')],
    [{ [SEEN]: seenOf([0, 2, 3]) }, running('gateways do not see brokers 1')],
    [{ [SEEN]: ill(2) }, running('partitions on brokers 2 are not healthy')],
    [{ [SEEN]: 503 }, unknown('/v2/topology answered HTTP 503')],
    [{ 'GET elasticsearch1/_cluster/health': { status: 'red' } }, running('Elasticsearch of region 1 is red')],
    [{ 'GET elasticsearch0/_cluster/health': 503 }, unknown('Elasticsearch of region 0: /_cluster/health answered HTTP 503')],
  ])('%#', async (change, expected) => {
    expect(await check(change)).toEqual(expected);
  });

  test('partitions of brokers that have just come do not count', async () => {
    expect((await check({ [SEEN]: ill(3) })).state).toBe('met');
  });

  test('Elasticsearch answers for itself', async () => {
    const { view } = answeringView({ answers: there });
    expect(await searchAnswers(view, 1)).toEqual(met('Elasticsearch of region 1 is yellow'));
    expect(awaitMembers(TOPOLOGY, SIDES).done.calls).toHaveLength(3);
  });
});

describe('3 and 4: whether brokers export', () => {
  /** What a broker says of the topology's partitions: their phases, in their order. It leads those that are named. */
  const partitions = (leads: readonly number[], ...phases: unknown[]): object =>
    Object.fromEntries(
      phases.map((exporterPhase, i) => [String(i + 1), { role: leads.includes(i + 1) ? 'LEADER' : 'FOLLOWER', exporterPhase }]),
    );
  const four = (phase: string): string[] => [phase, phase, phase, phase];
  const check = (
    answers: Answers,
    wanted: 'PAUSED' | 'EXPORTING',
    more: { readonly attempts?: readonly Attempt[]; readonly earlier?: boolean; readonly withoutBrokers?: boolean } = {},
  ): Promise<Finding> =>
    exporting(SIDES, wanted, more.earlier).check(
      answeringView({ answers, withoutBrokers: more.withoutBrokers ?? false }).view,
      more.attempts ?? [],
    );
  const both = (first: object, second: object): Answers => ({
    'GET broker0/actuator/partitions': first,
    'GET broker2/actuator/partitions': second,
  });

  const PAUSED = met('the leader of every partition says PAUSED');

  test.each([
    ['followers may be closed', both(partitions([1, 2, 3, 4], ...four('PAUSED')), partitions([], ...four('CLOSED'))), 'PAUSED', PAUSED],
    ['brokers without partitions', both(partitions([1, 2, 3, 4], ...four('PAUSED')), {}), 'PAUSED', PAUSED],
    [
      'both lead',
      both(partitions([1, 2], ...four('EXPORTING')), partitions([3, 4], ...four('EXPORTING'))),
      'EXPORTING',
      met('the leader of every partition says EXPORTING'),
    ],
    [
      'a follower that exports',
      both(partitions([1, 2, 3, 4], ...four('PAUSED')), partitions([], 'PAUSED', 'EXPORTING')),
      'PAUSED',
      open('partition 2 on broker 2 says EXPORTING'),
    ],
    [
      'the soft form of a pause',
      both(partitions([1, 2, 3, 4], ...four('PAUSED')), partitions([], 'SOFT_PAUSED')),
      'PAUSED',
      open('partition 1 on broker 2 says SOFT_PAUSED'),
    ],
    ['one that is paused', both(partitions([1], 'PAUSED'), {}), 'EXPORTING', open('partition 1 on broker 0 says PAUSED')],
    [
      'a leader that is not ready',
      both(partitions([1, 2, 3, 4], 'PAUSED', 'CLOSED', 'PAUSED', 'PAUSED'), {}),
      'PAUSED',
      open('broker 0, which leads partition 2, does not say yet whether it exports'),
    ],
    [
      'a leader that says nothing',
      both(partitions([1], undefined), {}),
      'PAUSED',
      open('broker 0, which leads partition 1, does not say yet whether it exports'),
    ],
    ['brokers that have just started', both({}, {}), 'EXPORTING', unknown('no broker says that it leads partition 1, 2, 3, 4')],
    [
      'followers alone',
      both(partitions([], ...four('PAUSED')), {}),
      'PAUSED',
      unknown('no broker says that it leads partition 1, 2, 3, 4'),
    ],
    ['something else', both({ 1: 'x' }, {}), 'PAUSED', unknown('no broker says that it leads partition 1, 2, 3, 4')],
    [
      'one that does not answer',
      { 'GET broker0/actuator/partitions': partitions([1, 2, 3, 4], ...four('PAUSED')) },
      'PAUSED',
      unknown('broker 2: /actuator/partitions answered HTTP 404'),
    ],
    [
      'one that answers anything',
      both(partitions([1, 2, 3, 4], ...four('PAUSED')), [] as object),
      'PAUSED',
      unknown('broker 2: /actuator/partitions answered with something else than expected'),
    ],
  ] as const)('%s', async (_, answers, wanted, expected) => {
    expect(await check(answers, wanted)).toEqual(expected);
  });

  test.each([
    [partitions([4], ...four('PAUSED')), PAUSED],
    [partitions([4], ...four('EXPORTING')), open('broker 1, which leads partition 4, says EXPORTING')],
    [partitions([], ...four('EXPORTING')), unknown('no broker says that it leads partition 4')],
  ])('brokers of the other region may lead once they are members: %#', async (other, expected) => {
    const answers = { ...both(partitions([1, 2, 3], ...four('PAUSED')), {}), 'GET broker1/actuator/partitions': other };
    expect(await check(answers, 'PAUSED')).toEqual(expected);
  });

  test('where they cannot be asked, the last accepted request has to do', async () => {
    const withoutBrokers = true;
    expect((await check({}, 'PAUSED', { withoutBrokers })).state).toBe('open');
    expect((await check({}, 'PAUSED', { withoutBrokers, attempts: [attempt('accepted')] })).state).toBe('met');
    expect((await check({}, 'PAUSED', { withoutBrokers, attempts: [attempt('accepted'), attempt('unknown')] })).state).toBe('open');
    expect((await check({}, 'PAUSED', { withoutBrokers, earlier: true })).state).toBe('met');
    expect((await check({}, 'PAUSED', { earlier: true })).state).toBe('unknown');
  });

  test('only those of the surviving region are asked', () => {
    expect(exporting(SIDES, 'PAUSED').calls.map(call => ('target' in call ? call.target : undefined))).toEqual([
      { kind: 'broker', brokerId: '0' },
      { kind: 'broker', brokerId: '2' },
    ]);
  });

  test('what only prepares an exporter is done once that one is enabled', async () => {
    const condition = unlessEnabled('x', { description: 's', calls: [], check: () => Promise.resolve(open('o')) });
    const at = (status: string): Promise<Finding> =>
      condition.check(
        answeringView({ answers: { [EXPORTERS]: exportersOf({ x: status }), [CONFIGURATION]: configurationOf([0]) } }).view,
        [],
      );
    expect([await at('ENABLED'), await at('DISABLED')]).toEqual([met('exporter x is enabled already'), open('o')]);
  });

  test('the exporter of a region is that of the newest kind', () => {
    const exporters = [...TOPOLOGY.exporters, ...[0, 1].map(regionId => ({ exporterId: `old${regionId}`, regionId, kind: 'old' }))];
    expect([0, 1].map(regionId => exporterOf({ ...TOPOLOGY, exporters }, sidesOf(TOPOLOGY, regionId)))).toEqual([
      'camundaregion0',
      'camundaregion1',
    ]);
  });
});

describe('whether brokers are added', () => {
  const check = (configuration: object | number, attempts: readonly Attempt[] = []): Promise<Finding> =>
    complete(TOPOLOGY, SIDES).check(answeringView({ answers: { [CONFIGURATION]: configuration } }).view, attempts);
  const all = configurationOf([0, 1, 2, 3]);
  const members = all.brokers as { readonly id: number; readonly state: string; readonly partitions: { id: number; state: string }[] }[];

  test.each([
    [all, met('4 members, 4 partitions complete')],
    [configurationOf([0, 1, 2]), open('brokers 3 are not active members')],
    [{ brokers: members.map(one => (one.id === 3 ? { ...one, state: 'JOINING' } : one)) }, open('brokers 3 are not active members')],
    [
      { brokers: members.map(one => (one.id === 3 ? { ...one, partitions: one.partitions.slice(2) } : one)) },
      open('partition 1 is on brokers 0, 1, 2; partition 2 is on brokers 0, 1, 2'),
    ],
    [
      {
        brokers: members.map(one =>
          one.id === 3 ? { ...one, partitions: [{ id: 1, state: 'JOINING' }, ...one.partitions.slice(1)] } : one,
        ),
      },
      open('partition 1 is on brokers 0, 1, 2'),
    ],
    [
      { ...all, ...pending('PARTITION_JOIN') },
      running('change 8 is pending since 2026 (brokers or replicas are added, moved or removed: PARTITION_JOIN)'),
    ],
    [504, unknown('/actuator/cluster answered HTTP 504')],
  ])('%#', async (configuration, expected) => {
    expect(await check(configuration)).toEqual(expected.state === 'open' ? { ...expected, lastChange: 0 } : expected);
  });

  test('5: they are not before our change shows', async () => {
    expect((await check(all, [attempt('accepted', { changeId: 3 })])).state).toBe('running');
  });

  const DRY = 'PATCH management/actuator/cluster?dryRun=true';
  const rehearse = (answer: object | number | string | Error): Promise<Finding> =>
    addBrokers(TOPOLOGY, SIDES, []).requires[0].check(answeringView({ answers: { [DRY]: answer } }).view, []);
  const expected = { status: 202, text: JSON.stringify({ expectedTopology: members }) };

  test.each([
    [expected, 'met'],
    [{ ...expected, status: 200 }, 'met'],
    [{ ...expected, status: 201 }, 'unknown'],
    [{ status: 202, text: '{}' }, 'unknown'],
    [{ status: 202, text: '[]' }, 'unknown'],
    [409, 'running'],
    [400, 'blocked'],
    [504, 'unknown'],
    [failure('NoAnswerError'), 'unknown'],
  ] as const)('a dry run that answers %j is %s', async (answer, state) => {
    expect((await rehearse(answer)).state).toBe(state);
  });

  test('a dry run that would leave partitions short is refused, whatever state the replicas pass through', async () => {
    const short = members.map(one => (one.id === 3 ? { ...one, partitions: one.partitions.slice(1) } : one));
    expect(await rehearse({ status: 202, text: JSON.stringify({ expectedTopology: short }) })).toEqual(
      blocked('the dry run would leave partitions without two replicas in each region: partition 1 is on brokers 0, 1, 2', ANYTHING),
    );
    const joining = members.map(one => ({ ...one, partitions: one.partitions.map(({ id }) => ({ id, state: 'JOINING' })) }));
    expect((await rehearse({ status: 202, text: JSON.stringify({ expectedTopology: joining }) })).state).toBe('met');
    await expect(rehearse(new TypeError('bug'))).rejects.toThrow('bug');
    expect((await rehearse(409)).why).toBe('dry run: HTTP 409');
  });
});

test('a failback says what people have to do afterwards', () => {
  const plan = failbackPlan(topologyOf('8.9', 4), 1, { snapshotName: 's-1', repository: { type: 's3', settings: {} } });
  expect(plan.title).toBe('Failback: region 1 (eu-west-3) is recreated');
  expect(plan.afterwards.join()).toMatch(/region 1.*snapshot s-1/s);
});
