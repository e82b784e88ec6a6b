import { blocked, met, open, running, unknown, type Finding } from '../../../lib/recovery/finding';
import { failbackPlan } from '../../../lib/recovery/plans/failback-plan';
import { failoverPlan } from '../../../lib/recovery/plans/failover-plan';
import type { RegionFacts } from '../../../lib/recovery/ports';
import type { Attempt } from '../../../lib/recovery/record/progress';
import { disableExporter, enableExporter, exporterIs } from '../../../lib/recovery/steps/exporters';
import { nothingTaken } from '../../../lib/recovery/steps/loss/rehearse-removal';
import { noRollout } from '../../../lib/recovery/steps/loss-conditions';
import { brokersRemoved, removeBrokers } from '../../../lib/recovery/steps/remove-brokers';
import { failedOver, verifyFailover } from '../../../lib/recovery/steps/verify/verify-failover';
import { sidesOf } from '../../../lib/recovery/view/members';
import {
  type AnsweringOptions,
  answeringView,
  ANYTHING,
  attempt,
  CONFIGURATION,
  configurationOf,
  EXPORTERS,
  exportersOf,
  pending,
  SEEN,
  seenOf,
  TOPOLOGY,
} from '../support/answering-view';

const LOST_0 = sidesOf(TOPOLOGY, 0);
const LOST_1 = sidesOf(TOPOLOGY, 1);

test('8: a rollout of the survivors is in the way, one of the lost region is not', async () => {
  const check = (regions: (RegionFacts | undefined)[]): Promise<Finding> => noRollout(LOST_1).check(answeringView({ regions }).view, []);
  expect(await check([{ rolloutOpen: '1 of 2' }, {}])).toEqual(blocked('the surviving brokers are being replaced: 1 of 2', ANYTHING));
  expect(await check([{}, { rolloutOpen: '1 of 2' }])).toEqual(met('no rollout is going on'));
  expect(await check([undefined, undefined])).toEqual(met('no rollout is going on'));
});

test('8: a rollout that begins while the removal is carried out is told, and stops nothing', async () => {
  const check = (attempts: readonly Attempt[], rolloutOpen?: string, change: object = pending('FORCE_REMOVE')): Promise<Finding> =>
    removeBrokers(TOPOLOGY, LOST_1).done.check(
      answeringView({ answers: { [CONFIGURATION]: configurationOf([0, 2], change) }, regions: [{ ...(rolloutOpen && { rolloutOpen }) }] })
        .view,
      attempts,
    );
  const sent = [attempt('accepted', { changeId: 8 })];
  const quiet = await check(sent);
  expect(quiet.state).toBe('running');
  const disturbed = await check(sent, '1 of 2');
  expect(disturbed.state).toBe('running');
  expect(disturbed.why).toMatch(/; meanwhile the surviving brokers are being replaced: 1 of 2\. Stop that/);
  expect(disturbed.why.startsWith(quiet.why)).toBe(true);
  const completed = { lastChange: { id: 8, status: 'COMPLETED' } };
  expect((await check(sent, '1 of 2', completed)).state).toBe('met');
  expect(await check([], '1 of 2')).toEqual(await check([]));
});

describe('1, 2 and 5: whether brokers are removed', () => {
  const check = (answers: AnsweringOptions['answers'], attempts: readonly Attempt[] = [], sides = LOST_1): Promise<Finding> =>
    brokersRemoved(sides).check(answeringView({ answers }).view, attempts);

  test.each([
    [configurationOf([0, 2]), met('members are 0, 2')],
    [configurationOf([0, 2, 3]), open('brokers 3 are still members')],
    [configurationOf([0, 1, 2, 3]), open('brokers 1, 3 are still members')],
    [configurationOf([0, 1, 3]), blocked('brokers 2, which are to stay, are not members: members are 0, 1, 3', ANYTHING)],
    [
      configurationOf([0, 1, 2, 3], pending('BROKER_REMOVE')),
      running('change 8 is pending since 2026 (brokers or replicas are added, moved or removed: BROKER_REMOVE)'),
    ],
  ])('%#', async (configuration, expected) => {
    expect(await check({ [CONFIGURATION]: configuration })).toEqual(expected.state === 'open' ? { ...expected, lastChange: 0 } : expected);
  });

  test('5: they are not while our change does not show, although the members are right', async () => {
    const attempts = [attempt('accepted', { changeId: 9 })];
    const before = configurationOf([0, 2], { lastChange: { id: 8, status: 'COMPLETED' } });
    expect((await check({ [CONFIGURATION]: before }, attempts)).state).toBe('running');
    const after = configurationOf([0, 2], { lastChange: { id: 9, status: 'COMPLETED' } });
    expect((await check({ [CONFIGURATION]: after }, attempts)).state).toBe('met');
  });

  test.each([502, 504])('1: with region 0 lost, HTTP %i after the request means "not yet"', async status => {
    const answers = { [CONFIGURATION]: status, [SEEN]: seenOf([1, 3], { clusterSize: 4 }) };
    const now = answeringView({}).clock.now();
    expect(await check(answers, [attempt('unknown', { at: now - 59_999 })], LOST_0)).toEqual(
      unknown(`not yet: /actuator/cluster answered HTTP ${status}`),
    );
    expect((await check(answers, [attempt('intended', { at: now })], LOST_0)).state).toBe('unknown');
    expect((await check(answers, [attempt('intended', { at: now - 60_000 })], LOST_0)).state).toBe('open');
  });

  test('1: before it, the view of the gateways tells whether it is still to be sent', async () => {
    const full = seenOf([1, 3], { clusterSize: 4 });
    expect(await check({ [CONFIGURATION]: 504, [SEEN]: full }, [], LOST_0)).toEqual(
      open('the coordinator is lost (/actuator/cluster answered HTTP 504), and gateways still count 4 brokers'),
    );
    expect((await check({ [CONFIGURATION]: 504, [SEEN]: full }, [attempt('refused')], LOST_0)).state).toBe('open');
    expect(await check({ [CONFIGURATION]: 504, [SEEN]: seenOf([1, 3]) }, [], LOST_0)).toEqual(
      unknown('/actuator/cluster answered HTTP 504, while gateways count 2 brokers'),
    );
    expect(await check({ [CONFIGURATION]: 504 }, [], LOST_0)).toEqual(unknown('/v2/topology answered HTTP 404'));
  });

  test('1: with region 1 lost, a configuration that cannot be read is just that', async () => {
    const answers = { [CONFIGURATION]: 504, [SEEN]: seenOf([0, 2], { clusterSize: 4 }) };
    expect(await check(answers)).toEqual(unknown('not yet: /actuator/cluster answered HTTP 504'));
  });

  test('1: the runbook looks at the gateways where the coordinator is lost', () => {
    expect([LOST_0, LOST_1].map(sides => brokersRemoved(sides).calls.length)).toEqual([2, 1]);
  });
});

describe('1: with region 0 lost, the dry run of the removal tells the members', () => {
  const DRY_RUN = 'PATCH management/actuator/cluster?force=true&dryRun=true';
  const check = (members: readonly number[]): Promise<Finding> => {
    const answer = { changeId: 4, currentTopology: configurationOf(members).brokers, plannedChanges: [], expectedTopology: [] };
    return nothingTaken(TOPOLOGY, LOST_0).check(answeringView({ answers: { [DRY_RUN]: answer } }).view, []);
  };

  test('who are held against the description, all of them', async () => {
    expect(await check([0, 1, 2, 3])).toEqual({ ...met('members are 0, 1, 2, 3, and no change is pending'), lastChange: 3 });
    // A part of the region may be gone.
    expect((await check([1, 2, 3])).state).toBe('met');
    const strange = await check([0, 1, 2, 3, 4, 5]);
    expect([strange.state, strange.why]).toEqual([
      'blocked',
      expect.stringContaining('the description does not know brokers 4, 5; members are 0, 1'),
    ]);
    const smaller = await check([0, 1, 2]);
    expect([smaller.state, smaller.why]).toEqual([
      'blocked',
      expect.stringContaining('brokers 3, which are to stay, are no members; members are 0, 1, 2'),
    ]);
    expect(smaller.advice).toContain('nothing was sent');
  });

  test('who are none of the lost region once the removal is done', async () => {
    expect((await check([1, 3])).state).toBe('running');
  });
});

describe('3: whether an exporter may be switched', () => {
  const check = (
    status: string | undefined,
    wanted: 'ENABLED' | 'DISABLED',
    more = {},
    attempts: readonly Attempt[] = [],
  ): Promise<Finding> =>
    exporterIs('x', wanted).check(
      answeringView({
        answers: { [EXPORTERS]: exportersOf(status === undefined ? {} : { x: status }), [CONFIGURATION]: configurationOf([0, 2], more) },
      }).view,
      attempts,
    );

  test.each([
    ['ENABLED', 'ENABLED', 'met'],
    ['DISABLED', 'ENABLED', 'open'],
    ['ENABLED', 'DISABLED', 'open'],
    ['DISABLED', 'DISABLED', 'met'],
    ['ENABLING', 'ENABLED', 'running'],
    ['DISABLING', 'DISABLED', 'running'],
    ['UNKNOWN', 'ENABLED', 'unknown'],
    ['NOT_FOUND', 'ENABLED', 'blocked'],
    [undefined, 'ENABLED', 'blocked'],
  ] as const)('one that is %s and has to be %s: %s', async (status, wanted, state) => {
    const finding = await check(status, wanted);
    expect(finding.state).toBe(state);
    expect(finding.why).toContain(`exporter x is ${status ?? 'not in the list of exporters'}`);
  });

  test.each([
    ['ENABLED', 'PARTITION_ENABLE_EXPORTER', 'running'],
    ['ENABLED', 'PARTITION_DISABLE_EXPORTER', 'blocked'],
    ['DISABLED', 'PARTITION_DISABLE_EXPORTER', 'running'],
    ['DISABLED', 'PARTITION_ENABLE_EXPORTER', 'blocked'],
  ] as const)('to be %s with a pending %s: %s', async (wanted, operation, state) => {
    expect((await check(wanted, wanted, pending(operation))).state).toBe(state);
  });

  test('what cannot be read is unknown', async () => {
    const without = (line: string): Promise<Finding> =>
      exporterIs('x', 'ENABLED').check(
        answeringView({ answers: { [EXPORTERS]: exportersOf({ x: 'ENABLED' }), [CONFIGURATION]: configurationOf([0]), [line]: 504 } }).view,
        [],
      );
    expect(await without(EXPORTERS)).toEqual(unknown('/actuator/exporters answered HTTP 504'));
    expect(await without(CONFIGURATION)).toEqual(unknown('/actuator/cluster answered HTTP 504'));
  });

  test('it is disabled only after the brokers are gone, and enabled only from one that is enabled', () => {
    const removed = brokersRemoved(LOST_1);
    const known = { description: 'the id of the last change is known, and written down' };
    expect(disableExporter('x', removed)).toMatchObject({ id: 'disable-x', requires: [removed, known] });
    const step = enableExporter('x', 'y', [removed]);
    expect(step).toMatchObject({
      id: 'enable-x',
      requires: [removed, { description: 'exporter y is ENABLED, and no change is pending' }, known],
    });
    expect(step.done.description).toBe('exporter x is ENABLED, and no change is pending');
  });
});

test('8: exporters of the lost region stay as they are until the members show that its brokers are gone', async () => {
  const [removed] = failoverPlan(TOPOLOGY, 1).steps.find(({ id }) => id === 'disable-camundaregion1')!.requires;
  const at = async (configuration: object): Promise<string> =>
    (await removed.check(answeringView({ answers: { [CONFIGURATION]: configuration } }).view, [])).state;
  expect([await at(configurationOf([0, 1, 2, 3])), await at(configurationOf([0, 2], pending('BROKER_REMOVE')))]).toEqual([
    'open',
    'running',
  ]);
  expect(await at(configurationOf([0, 2]))).toBe('met');
});

test('8: a broker of the survivor that is down while the removal waits is named, with what to do', async () => {
  const check = (seen: readonly number[]): Promise<Finding> =>
    removeBrokers(TOPOLOGY, LOST_1).done.check(
      answeringView({ answers: { [CONFIGURATION]: configurationOf([0, 2], pending('BROKER_FORCE_REMOVE')), [SEEN]: seenOf(seen) } }).view,
      [attempt('accepted', { changeId: 8 })],
    );
  const waiting = await check([0]);
  expect([waiting.state, waiting.why]).toEqual(['running', expect.stringContaining('; brokers 2 of the surviving region are not seen')]);
  expect(waiting.advice).toContain('bring brokers 2 of the surviving region back');
  // Whoever sees nobody knows nothing of one.
  for (const seen of [[0, 2], []]) expect((await check(seen)).advice).toBeUndefined();
});

test('8: so is one that is down while the exporter is disabled: nobody is told to restart the other one', async () => {
  const step = failoverPlan(TOPOLOGY, 1).steps.find(({ id }) => id === 'disable-camundaregion1')!;
  const change = pending('PARTITION_DISABLE_EXPORTER');
  const answers = {
    [CONFIGURATION]: configurationOf([0, 2], change),
    [EXPORTERS]: exportersOf({ camundaregion1: 'DISABLING' }),
    [SEEN]: seenOf([0]),
  };
  const finding = await step.done.check(answeringView({ answers }).view, [attempt('accepted', { changeId: 8 })]);
  expect([finding.state, finding.advice]).toEqual(['running', expect.stringContaining('bring brokers 2 of the surviving region back')]);
});

const everyPartition = (state: object): object => Object.fromEntries(TOPOLOGY.partitions.map(({ partitionId }) => [partitionId, state]));

describe('whether a failover is complete', () => {
  const complete = {
    [CONFIGURATION]: configurationOf([0, 2]),
    [SEEN]: seenOf([0, 2]),
    [EXPORTERS]: exportersOf({ camundaregion0: 'ENABLED', camundaregion1: 'DISABLED' }),
    'GET broker0/actuator/partitions': everyPartition({ role: 'LEADER', exporterPhase: 'EXPORTING' }),
    'GET broker2/actuator/partitions': everyPartition({ role: 'FOLLOWER', exporterPhase: 'CLOSED' }),
  };
  const check = (answers: AnsweringOptions['answers'], topology = TOPOLOGY): Promise<Finding> =>
    failedOver(topology, LOST_1).check(answeringView({ answers, topology }).view, []);

  test('it is not while a partition does not export, and says so where that cannot be seen', async () => {
    const paused = { 'GET broker2/actuator/partitions': { 1: { exporterPhase: 'PAUSED' } } };
    expect(await check({ ...complete, ...paused })).toEqual(open('partition 1 on broker 2 says PAUSED'));
    const { view } = answeringView({ answers: complete, withoutBrokers: true });
    const unseen = await failedOver(TOPOLOGY, LOST_1).check(view, []);
    expect([unseen.state, unseen.warnings]).toEqual(['met', expect.arrayContaining([expect.stringContaining('cannot be seen')])]);
  });

  test('it is, with leaders, members and exporters as they must be', async () => {
    const finding = await check(complete);
    expect(finding.state).toBe('met');
    expect(finding.why).toMatch(
      /^members are 0, 2; no broker of region 1 is seen; 4 partitions have leaders, gateways count 2 brokers; exporter camundaregion0 is ENABLED;/,
    );
    expect(finding.warnings).toEqual([expect.stringContaining('each partition has 2 replicas left and needs both')]);
    expect(verifyFailover(TOPOLOGY, LOST_1).done.calls).toHaveLength(5);
  });

  test('it is not while an exporter of the user still waits for its server in the lost region', async () => {
    const topology = {
      ...TOPOLOGY,
      furtherExporters: [{ exporterId: 'kafka', regionId: 1 }, { exporterId: 'audit', regionId: 0 }, { exporterId: 'other' }],
    };
    const steps = (regionId: number): string[] => failoverPlan(topology, regionId).steps.map(({ id }) => id);
    expect([0, 1].map(regionId => steps(regionId).filter(id => id.startsWith('disable-')))).toEqual([
      ['disable-camundaregion0', 'disable-audit'],
      ['disable-camundaregion1', 'disable-kafka'],
    ]);
    const exporters = (kafka: string) => ({
      [EXPORTERS]: exportersOf({ camundaregion0: 'ENABLED', camundaregion1: 'DISABLED', kafka, audit: 'ENABLED', other: 'ENABLED' }),
    });
    expect((await check({ ...complete, ...exporters('ENABLED') }, topology)).state).not.toBe('met');
    expect((await check({ ...complete, ...exporters('DISABLED') }, topology)).state).toBe('met');
    const { afterwards } = failbackPlan(topology, 1, { snapshotName: 'x', repository: { type: 's3', settings: {} } });
    expect(afterwards.filter(text => text.includes('/enable'))).toEqual([
      expect.stringContaining('POST :9600/actuator/exporters/kafka/enable'),
    ]);
  });

  test('an exporter of the user that no broker has is not in its way, one of ours is', async () => {
    const topology = { ...TOPOLOGY, furtherExporters: [{ exporterId: 'kafka', regionId: 1 }] };
    expect((await check(complete, topology)).state).toBe('met');
    const disable = failoverPlan(topology, 1).steps.find(({ id }) => id === 'disable-kafka')!;
    const { view } = answeringView({ answers: complete, topology });
    expect(await disable.done.check(view, [])).toEqual(met('brokers have no exporter kafka'));
    expect((await check({ ...complete, [EXPORTERS]: exportersOf({ camundaregion0: 'ENABLED' }) }, topology)).state).not.toBe('met');
  });

  test.each([
    [
      'leader',
      {
        [SEEN]: {
          ...seenOf([0, 2]),
          brokers: [
            { nodeId: 0, partitions: [{ partitionId: 1, role: 'leader' }] },
            { nodeId: 2, partitions: [] },
          ],
        },
      },
      'running',
      'partitions 2, 3, 4 have no leader yet',
    ],
    [
      'leader, with followers alone',
      {
        [SEEN]: {
          ...seenOf([0, 2]),
          brokers: [
            { nodeId: 0, partitions: TOPOLOGY.partitions.map(({ partitionId }) => ({ partitionId, role: 'follower' })) },
            { nodeId: 2, partitions: [] },
          ],
        },
      },
      'running',
      'partitions 1, 2, 3, 4 have no leader yet',
    ],
    ['removal', { [CONFIGURATION]: configurationOf([0, 1, 2, 3]) }, 'open', 'brokers 1, 3 are still members'],
    [
      'cut',
      { [SEEN]: seenOf([0, 2, 3]) },
      'blocked',
      'region 1 has come back with its old data: gateways see brokers 3 of region 1: they are alive, and they were removed',
    ],
    ['view', { [SEEN]: 503 }, 'unknown', '/v2/topology answered HTTP 503'],
    [
      'exporter of the survivor',
      { [EXPORTERS]: exportersOf({ camundaregion0: 'DISABLED', camundaregion1: 'DISABLED' }) },
      'open',
      'exporter camundaregion0 is DISABLED',
    ],
    [
      'exporter that is off',
      { [EXPORTERS]: exportersOf({ camundaregion0: 'ENABLED', camundaregion1: 'ENABLED' }) },
      'open',
      'exporter camundaregion1 is ENABLED',
    ],
  ])('it is not without its %s', async (_, change, state, why) => {
    expect(await check({ ...complete, ...change })).toMatchObject({ state, why });
  });

  test('8: warns of brokers of the survivor that are missing', async () => {
    const all = TOPOLOGY.partitions.map(({ partitionId }) => ({ partitionId, role: 'leader', health: 'healthy' }));
    const finding = await check({
      ...complete,
      [SEEN]: { clusterSize: 2, replicationFactor: 2, brokers: [{ nodeId: 0, partitions: all }] },
    });
    expect([finding.state, finding.warnings]).toEqual(['met', [expect.stringContaining('brokers 2 of the surviving region are not seen')]]);
  });

  test('8: names the broker of the survivor without which partitions have no leader, and what to do', async () => {
    const finding = await check({ ...complete, [SEEN]: { ...seenOf([0]), brokers: [{ nodeId: 0, partitions: [] }] } });
    expect(finding.why).toContain('have no leader yet; brokers 2 of the surviving region are not seen');
    expect(finding.advice).toContain('bring brokers 2 of the surviving region back');
  });

  test('during a migration, the older exporters of the survivor may be off, and those of the lost region must', async () => {
    const topology = {
      ...TOPOLOGY,
      exporters: [...TOPOLOGY.exporters, ...[0, 1].map(regionId => ({ exporterId: `old${regionId}`, regionId, kind: 'old' }))],
    };
    const statuses = { camundaregion0: 'ENABLED', camundaregion1: 'DISABLED', old0: 'DISABLED' };
    expect((await check({ ...complete, [EXPORTERS]: exportersOf({ ...statuses, old1: 'DISABLED' }) }, topology)).state).toBe('met');
    expect(await check({ ...complete, [EXPORTERS]: exportersOf({ ...statuses, old1: 'ENABLED' }) }, topology)).toMatchObject({
      state: 'open',
      why: 'exporter old1 is ENABLED',
    });
  });
});
