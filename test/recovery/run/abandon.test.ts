import { freshProgress, planOf, withNewSnapshot } from '../../../lib/recovery/plans/recovery-request';
import { carriedOver, suspected } from '../../../lib/recovery/record/abandon';
import type { Attempt, RecoveryRequest, Progress } from '../../../lib/recovery/record/progress';
import { attempt, TOPOLOGY } from '../support/answering-view';
import { REPOSITORY } from '../support/scenario';

const FAILOVER: RecoveryRequest = { direction: 'failover', regionId: 1 };
const FAILBACK: RecoveryRequest = { direction: 'failback', regionId: 1, snapshotName: 's', repository: REPOSITORY };

function record(request: RecoveryRequest, attempts: { readonly [stepId: string]: readonly Attempt[] }, finishedAt?: number): Progress {
  const steps = Object.entries(attempts).map(([id, sent]) => [
    id,
    { startedAt: 3, calls: 9, attempts: sent, ...(finishedAt ? { finishedAt } : {}) },
  ]);
  return freshProgress(request, TOPOLOGY, 'ada', 1, Object.fromEntries(steps) as Progress['steps']);
}

describe('what is kept in mind of a record that is abandoned', () => {
  test.each([
    ['intended', true],
    ['unknown', true],
    ['accepted', true],
    ['refused', false],
    ['undelivered', false],
  ] as const)('a forced removal that is %s: %s', (outcome, isKept) => {
    const sent = attempt(outcome, { lastChange: 4 });
    const kept = carriedOver(FAILOVER, record(FAILOVER, { 'judge-loss': [], 'remove-brokers': [attempt('refused'), sent] }));
    expect(kept).toEqual(isKept ? { 'remove-brokers': { startedAt: 3, calls: 0, attempts: [sent] } } : {});
  });

  test('nothing of a step that is finished, and nothing of what may come twice', () => {
    expect(carriedOver(FAILOVER, record(FAILOVER, { 'remove-brokers': [attempt('accepted')] }, 5))).toEqual({});
    expect(carriedOver(FAILOVER, record(FAILOVER, { 'disable-camundaregion1': [attempt('unknown')] }))).toEqual({});
    expect(
      carriedOver(FAILBACK, record(FAILBACK, { 'pause-exporting': [attempt('unknown')], 'take-snapshot': [attempt('unknown')] })),
    ).toEqual({});
    expect(carriedOver(FAILOVER, undefined)).toEqual({});
  });

  test('what a failback enables and adds', () => {
    const sent = { 'enable-camundaregion1': [attempt('unknown')], 'add-brokers': [attempt('intended')] };
    expect(Object.keys(carriedOver({ ...FAILBACK, snapshotName: 't' }, record(FAILBACK, sent)))).toEqual(Object.keys(sent));
    expect(carriedOver(FAILOVER, record(FAILBACK, sent))).toEqual({});
  });

  test.each([FAILBACK, { ...FAILOVER, regionId: 0 }])('a forced removal with an open outcome lets nothing else begin: %j', request => {
    expect(() => carriedOver(request, record(FAILOVER, { 'remove-brokers': [attempt('unknown')] }))).toThrow(
      expect.objectContaining({ kind: 'refused', advice: expect.stringContaining("'recover resume' finds that out") as string }) as Error,
    );
    expect(carriedOver(request, record(FAILOVER, { 'remove-brokers': [attempt('refused')] }))).toEqual({});
  });
});

describe('where a record cannot be read', () => {
  test.each([
    [FAILOVER, ['remove-brokers']],
    [FAILBACK, ['judge-recreation', 'enable-camundaregion1', 'add-brokers']],
  ])('whatever must not come twice may have been sent just now: %j', (request, ids) => {
    const steps = suspected(planOf(TOPOLOGY, request).steps, 77);
    expect(Object.keys(steps)).toEqual(ids);
    const { 'judge-recreation': judged, ...sent } = steps;
    for (const step of Object.values(sent)) expect(step).toMatchObject({ startedAt: 77, attempts: [{ at: 77, outcome: 'unknown' }] });
    expect([undefined, 77]).toContain(judged?.finishedAt);
  });
});

test('another snapshot is taken after exporting was paused once more, and nothing else is done again', () => {
  const ids = planOf(TOPOLOGY, FAILBACK).steps.map(({ id }) => id);
  const before = record(FAILBACK, Object.fromEntries(ids.map(id => [id, []])), 5);
  const after = withNewSnapshot(before, 't');
  expect(after.request).toEqual({ ...FAILBACK, snapshotName: 't' });
  expect(ids.filter(id => !(id in after.steps))).toEqual(['pause-exporting', 'await-rest', 'take-snapshot', 'register-target', 'restore']);
});
