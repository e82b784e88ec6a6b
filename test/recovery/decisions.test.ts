import { allOf, blocked, met, open, running, unknown } from '../../lib/recovery/finding';
import { declaredAsNeverAccepted, fingerprintOf, freshProgress, planOf, snapshotNameFor } from '../../lib/recovery/plans/recovery-request';
import { mayHaveActed, type Attempt, type RecoveryRequest } from '../../lib/recovery/record/progress';
import { changeFinding, OPERATIONS } from '../../lib/recovery/run/changes';
import { pauseBeforeLook } from '../../lib/recovery/run/pace';
import { changeSince, hasSettled, mayBeSent } from '../../lib/recovery/run/resend';
import type { Action } from '../../lib/recovery/run/step';
import type { ClusterConfiguration } from '../../lib/recovery/view/cluster-configuration';
import { coordinatorIsIn, listText, sameIds, sidesOf, sorted } from '../../lib/recovery/view/members';
import { attempt, TOPOLOGY } from './support/answering-view';

describe('2: whether something may be sent again', () => {
  const call = { target: { kind: 'management' }, method: 'POST', path: '/a' } as const;
  const safe: Action = { description: 'a', call, repeat: 'safe' };
  const conclusive: Action = { ...safe, repeat: 'conclusive' };
  const byName: Action = { ...safe, repeat: 'by-name' };
  const times = (count: number, one: Attempt): Attempt[] => Array.from({ length: count }, () => one);

  test.each([
    ['safe', safe, 'accepted', 29_999, 'wait'],
    ['safe', safe, 'accepted', 30_000, 'send'],
    ['safe', safe, 'unknown', 3_999, 'wait'],
    ['safe', safe, 'unknown', 4_000, 'send'],
    ['safe', safe, 'intended', 4_000, 'send'],
    ['safe', safe, 'undelivered', 1_999, 'wait'],
    ['safe', safe, 'undelivered', 2_000, 'send'],
    ['conclusive', conclusive, 'undelivered', 1_999, 'wait'],
    ['conclusive', conclusive, 'undelivered', 2_000, 'send'],
    ['conclusive', conclusive, 'accepted', 86_400_000, 'wait'],
    ['conclusive', conclusive, 'unknown', 59_999, 'wait'],
    ['conclusive', conclusive, 'unknown', 60_000, 'send'],
    ['conclusive', conclusive, 'intended', 59_999, 'wait'],
    ['conclusive', conclusive, 'intended', 60_000, 'send'],
    ['by-name', byName, 'unknown', 19_999, 'wait'],
    ['by-name', byName, 'unknown', 20_000, 'send'],
  ] as const)('%s, %#: %s', (_, action, outcome, age, expected) => {
    expect(mayBeSent(action, [attempt('unknown', { at: -50_000 }), attempt(outcome, { at: 5_000 })], 5_000 + age)).toBe(expected);
  });

  test.each([
    [1, 1_999, 'wait'],
    [1, 2_000, 'send'],
    [3, 5_999, 'wait'],
    [3, 6_000, 'send'],
    [4, 86_400_000, { no: 'another change is in the way: HTTP 409: busy' }],
  ] as const)('after %i conflicts, the last one %i ms ago: %j', (count, now, expected) => {
    expect(mayBeSent(conclusive, times(count, attempt('refused', { status: 409, detail: 'HTTP 409: busy' })), now)).toEqual(expected);
  });

  test('conflicts count although something else has come between them', () => {
    const conflict = attempt('refused', { status: 409 });
    expect(mayBeSent(safe, [...times(3, conflict), attempt('unknown'), conflict], 86_400_000)).toEqual({
      no: 'another change is in the way: HTTP 409',
    });
  });

  test('only conflicts count as such', () => {
    const conflict = attempt('refused', { status: 409 });
    expect(mayBeSent(safe, [...times(3, attempt('unknown', { status: 504 })), conflict], 2_000)).toBe('send');
  });

  test.each([
    [['unknown'], 59_999, 'wait'],
    [['unknown'], 60_000, 'send'],
    [['intended'], 59_999, 'wait'],
    [['accepted'], 59_999, 'wait'],
    [['undelivered'], 59_999, 'send'],
    [[], 2_000, 'send'],
  ] as const)('a conflict after %j, %i ms ago, may be with our own change: %s', (before, age, expected) => {
    const attempts = [...before.map(outcome => attempt(outcome)), attempt('refused', { status: 409 })];
    expect(mayBeSent(conclusive, attempts, age)).toBe(expected);
  });

  test('conflicts with our own change never end it', () => {
    const attempts = [attempt('unknown'), ...times(6, attempt('refused', { status: 409 }))];
    expect(mayBeSent(conclusive, attempts, 60_000)).toBe('send');
  });

  test('what is refused for another reason is not sent again', () => {
    expect(mayBeSent(safe, [attempt('refused', { status: 400, detail: 'bad' })], 86_400_000)).toEqual({ no: 'the server refused it: bad' });
    expect(mayBeSent(safe, [attempt('refused', { status: 404 })], 86_400_000)).toEqual({ no: 'the server refused it: HTTP 404' });
  });

  test.each([
    [1, 2_000],
    [2, 4_000],
    [10, 20_000],
    [100, 20_000],
  ])('what is safe and was sent %i times waits %i ms: longer each time, and for as long as its step lasts', (count, pause) => {
    expect(mayBeSent(safe, times(count, attempt('unknown')), pause - 1)).toBe('wait');
    expect(mayBeSent(safe, times(count, attempt('unknown')), pause)).toBe('send');
  });

  test('nothing that is not safe is sent more than twelve times', () => {
    expect(mayBeSent(conclusive, times(11, attempt('unknown')), 86_400_000)).toBe('send');
    expect(mayBeSent(conclusive, times(12, attempt('unknown', { detail: 'no answer' })), 86_400_000)).toEqual({
      no: 'it was sent 12 times, at last with: no answer',
    });
    expect(mayBeSent(conclusive, times(12, attempt('undelivered')), 86_400_000)).toEqual({
      no: 'it was sent 12 times, at last with: undelivered',
    });
  });

  test.each([
    [[], 7, undefined],
    [[attempt('unknown', { lastChange: 7 })], 7, undefined],
    [[attempt('unknown', { lastChange: 7 })], 8, 8],
    [[attempt('intended', { lastChange: 0 })], 1, 1],
    [[attempt('accepted', { lastChange: 7 })], 9, 9],
    [[attempt('undelivered', { lastChange: 7 })], 8, undefined],
    [[attempt('refused', { lastChange: 7 })], 8, undefined],
    [[attempt('unknown')], 8, undefined],
    [[attempt('unknown', { lastChange: 7 }), attempt('refused', { lastChange: 8 })], 8, 8],
  ])('after %j, with %i as the last change, the cluster has had this one since: %j', (attempts, lastChange, expected) => {
    expect(changeSince(attempts, lastChange)).toBe(expected);
  });

  test('has settled once everything that was sent is a minute old', () => {
    expect(hasSettled([], 0)).toBe(true);
    expect(hasSettled([attempt('unknown')], 59_999)).toBe(false);
    expect(hasSettled([attempt('unknown')], 60_000)).toBe(true);
    expect(hasSettled([attempt('unknown'), attempt('refused', { at: 10 })], 60_000)).toBe(false);
  });

  test.each([
    [[], false],
    [['refused'], false],
    [['undelivered'], false],
    [['undelivered', 'intended', 'refused'], true],
    [['accepted'], true],
    [['unknown'], true],
  ] as const)('%j may have had an effect: %p', (outcomes, expected) => {
    expect(mayHaveActed(outcomes.map(outcome => attempt(outcome)))).toBe(expected);
  });
});

describe('5 and 6: what changes of the cluster say', () => {
  const pending = (...operations: string[]): ClusterConfiguration => ({
    members: [],
    pendingChange: { id: 8, startedAt: '2026', operations },
  });
  const last = (id: number, status: string): ClusterConfiguration => ({ members: [], lastChange: { id, status } });
  const accepted = attempt('accepted', { changeId: 4 });
  const finding = (configuration: ClusterConfiguration, attempts: readonly Attempt[] = []) =>
    changeFinding(configuration, attempts, OPERATIONS.removal);

  test('one that consists of what this step does is its own, whoever has asked for it', () => {
    expect(finding(pending('PARTITION_FORCE_RECONFIGURE', 'BROKER_REMOVE'))).toEqual(
      running('change 8 is pending since 2026 (brokers are removed by force: PARTITION_FORCE_RECONFIGURE, BROKER_REMOVE)'),
    );
  });

  test.each([[['BROKER_REMOVE', 'BROKER_ADD']], [['BROKER_ADD']], [[]]])('one with %j is not, and a person has to decide', operations => {
    const found = finding(pending(...operations));
    expect(found?.state).toBe('blocked');
    expect(found?.why).toMatch(/^another change is in the way: change 8 is pending since 2026/);
    expect(found?.advice).toMatch(/if it is moving, wait.*actuator\/cluster\/changes\/8'.*coordinator/s);
  });

  test('any one may be ours once something was sent, unless it was refused', () => {
    expect(finding(pending('BROKER_ADD'), [attempt('unknown')])?.state).toBe('running');
    expect(finding(pending('BROKER_ADD'), [attempt('refused')])?.state).toBe('blocked');
  });

  test.each([
    [{ members: [] }, 'running'],
    [last(3, 'COMPLETED'), 'running'],
    [last(4, 'COMPLETED'), undefined],
    [last(4, 'FAILED'), 'blocked'],
    [last(5, 'FAILED'), undefined],
  ])('%j after change 4 was accepted: %s', (configuration, state) => {
    expect(finding(configuration, [accepted])?.state).toBe(state);
  });

  test('the last accepted one counts, and only if its id is known', () => {
    const later = [accepted, attempt('accepted', { changeId: 6 }), attempt('accepted'), attempt('unknown', { changeId: 9 })];
    expect(finding(last(5, 'COMPLETED'), later)).toEqual(running('change 6 was accepted and does not show yet'));
    expect(finding(last(6, 'CANCELLED'), later)?.why).toBe('change 6 ended as CANCELLED');
    expect(finding(last(1, 'COMPLETED'), [attempt('accepted')])).toBeUndefined();
    expect(finding(last(1, 'COMPLETED'))).toBeUndefined();
  });
});

test('of several findings, what needs a person comes first, and what is on its way last', () => {
  const findings = [met('h'), running('r'), unknown('u'), open('o'), blocked('b', 'a')];
  const request = [4, 3, 2, 1].map(count => allOf(findings.slice(0, count + 1)).state);
  expect(request).toEqual(['blocked', 'open', 'unknown', 'running']);
  expect(allOf([met('a', ['w']), { state: 'met', why: 'b' }, met('c', ['x'])])).toEqual(met('a; b; c', ['w', 'x']));
  expect(allOf([open('1'), open('2')])).toEqual(open('1'));
});

test.each([
  [0, 80],
  [3_600, 80],
  [3_620, 81],
  [10_000, 400],
  [102_000, 5_000],
  [102_020, 5_000],
])('9: %i ms after an action the next look is %i ms away', (elapsed, pause) => {
  expect(pauseBeforeLook(elapsed)).toBe(pause);
});

describe('both sides of a recovery', () => {
  test('have their ids in order', () => {
    const sides = sidesOf(TOPOLOGY, 1);
    expect([sides.affected.regionId, sides.others.map(({ regionId }) => regionId)]).toEqual([1, [0]]);
    expect([sides.affectedIds, sides.otherIds, sides.allIds]).toEqual([
      ['1', '3'],
      ['0', '2'],
      ['0', '1', '2', '3'],
    ]);
  });

  test('1: the coordinator is the member with the lowest id, so it is in region 0', () => {
    expect([0, 1].map(regionId => coordinatorIsIn(sidesOf(TOPOLOGY, regionId)))).toEqual([true, false]);
  });

  test('ids are compared as numbers, in whatever order', () => {
    const ids = ['10', '9', '1'];
    expect([sorted(ids), ids]).toEqual([
      ['1', '9', '10'],
      ['10', '9', '1'],
    ]);
    expect([sameIds(['2', '1'], ['1', '2']), sameIds(['1'], ['1', '2']), sameIds(['1', '3'], ['1', '2'])]).toEqual([true, false, false]);
    expect([listText([]), listText([1, 'a'])]).toEqual(['none', '1, a']);
  });
});

describe('an order', () => {
  const repository = { type: 's3', settings: {} };
  const failback: RecoveryRequest = { direction: 'failback', regionId: 1, snapshotName: 's-1', repository };

  test('makes the same plan for everybody', () => {
    expect(planOf(TOPOLOGY, { direction: 'failover', regionId: 1 }).title).toBe('Failover: region 1 (eu-west-3) is lost');
    expect(planOf(TOPOLOGY, failback).title).toBe('Failback: region 1 (eu-west-3) is recreated');
    expect(planOf(TOPOLOGY, { direction: 'failover', regionId: 1, fenced: true }).steps[0].done.description).toContain('cut off');
    expect(planOf(TOPOLOGY, { direction: 'failover', regionId: 1 }).steps[0].done.description).not.toContain('cut off');
  });

  test.each([{ snapshotName: undefined }, { repository: undefined }])('fails for a failback with %j', without => {
    expect(() => planOf(TOPOLOGY, { ...failback, ...without })).toThrow('a failback needs a snapshot name and a repository');
  });

  test('is bound to what must not change, and not to the phase', () => {
    const own = fingerprintOf(TOPOLOGY);
    expect(fingerprintOf({ ...TOPOLOGY, recreatedRegion: 1, ports: { ...TOPOLOGY.ports, rest: 1 } })).toBe(own);
    const [first, ...others] = TOPOLOGY.regions;
    const changed = [
      { ...TOPOLOGY, name: 'x' },
      { ...TOPOLOGY, camundaVersion: 'x' },
      { ...TOPOLOGY, replicationFactor: 2 },
      { ...TOPOLOGY, regions: [{ ...first, namespace: 'x' }, ...others] },
      { ...TOPOLOGY, regions: [{ ...first, regionId: 7 }, ...others] },
      { ...TOPOLOGY, regions: [{ ...first, brokers: [...first.brokers].reverse() }, ...others] },
      { ...TOPOLOGY, partitions: TOPOLOGY.partitions.slice(1) },
      { ...TOPOLOGY, partitions: TOPOLOGY.partitions.map(partition => ({ ...partition, replicas: ['9'] })) },
      { ...TOPOLOGY, exporters: TOPOLOGY.exporters.slice(1) },
      { ...TOPOLOGY, exporters: TOPOLOGY.exporters.map(exporter => ({ ...exporter, regionId: 9 })) },
    ].map(fingerprintOf);
    expect(new Set([own, ...changed]).size).toBe(changed.length + 1);
  });

  test('names a snapshot by region and time, in small letters', () => {
    expect(snapshotNameFor(1, Date.UTC(2026, 0, 2, 3, 4, 5))).toBe('failback-region1-20260102t030405');
  });
});

test('2: who knows that a request was never accepted lets it be sent again, and only what was left open', () => {
  const progress = {
    ...freshProgress({ direction: 'failover', regionId: 1 }, TOPOLOGY, 'ada', 0),
    steps: {
      done: { startedAt: 0, finishedAt: 1, calls: 0, attempts: [attempt('unknown')] },
      open: {
        startedAt: 0,
        calls: 0,
        attempts: (['intended', 'unknown', 'accepted', 'refused'] as const).map(outcome => attempt(outcome, { detail: 'd' })),
      },
    },
  };
  const changed = declaredAsNeverAccepted(progress, 'bob');
  expect(changed.steps.done).toEqual(progress.steps.done);
  expect(changed.steps.open.attempts.map(({ outcome, detail }) => `${outcome} ${detail}`)).toEqual([
    'undelivered declared as never accepted by bob',
    'undelivered declared as never accepted by bob',
    'undelivered declared as never accepted by bob',
    'refused d',
  ]);
  expect(changed.startedBy).toBe('ada');
});
