import { blocked, met, open, running, unknown, type Finding } from '../../../lib/recovery/finding';
import type { Attempt } from '../../../lib/recovery/record/progress';
import type { Condition, Step } from '../../../lib/recovery/run/step';
import { restore, total } from '../../../lib/recovery/steps/restore';
import { registerSource, registerTarget, snapshotTaken, takeTheSnapshot, type Copy } from '../../../lib/recovery/steps/snapshot';
import { sidesOf } from '../../../lib/recovery/view/members';
import {
  type AnsweringOptions,
  answeringView,
  ANYTHING,
  CONFIGURATION,
  configurationOf,
  EXPORTERS,
  exportersOf,
  TOPOLOGY,
} from '../support/answering-view';

const identified = (finding: Finding): Condition => ({ description: 'each is its own', calls: [], check: () => Promise.resolve(finding) });
const COPY: Copy = {
  identified: identified(met('each is its own')),
  sides: sidesOf(TOPOLOGY, 1),
  from: 0,
  to: 1,
  snapshot: 's-1',
  repository: { type: 's3', settings: { bucket: 'b', base_path: 'p' } },
  exporterId: 'camundaregion1',
};
const SOURCE = 'GET elasticsearch0/_snapshot/camunda_failback';
const TARGET = 'GET elasticsearch1/_snapshot/camunda_failback';
const SNAPSHOT = `${SOURCE}/s-1`;
type Answers = NonNullable<AnsweringOptions['answers']>;

/** The exporter is off, so that the copy is still to be made. */
const OFF: Answers = { [EXPORTERS]: exportersOf({ camundaregion1: 'DISABLED' }), [CONFIGURATION]: configurationOf([0, 2]) };
const ON: Answers = { ...OFF, [EXPORTERS]: exportersOf({ camundaregion1: 'ENABLED' }) };

const check = ({ done }: Step, answers: Answers, attempts: readonly Attempt[] = []): Promise<Finding> =>
  done.check(answeringView({ answers: { ...OFF, ...answers } }).view, attempts);
const repository = (settings: object, type = 's3'): object => ({ camunda_failback: { type, settings } });
const snapshot = (state: string, indices: string[] = ['a', 'b'], failed = 0): object => ({
  snapshots: [{ state, indices, shards: { failed } }],
});

test.each([registerSource, registerTarget, takeTheSnapshot, restore])('%p is done once the exporter is enabled', async stepOf => {
  expect(await check(stepOf(COPY), ON)).toEqual(met('exporter camundaregion1 is enabled already'));
});

describe('a repository', () => {
  test.each([
    [repository({ base_path: 'p', bucket: 'b' }), met('region 0 has the repository')],
    [repository({ bucket: 'b', base_path: 'q' }), open('the repository of region 0 has other settings')],
    [repository({ bucket: 'b', base_path: 'p', readonly: 'true' }), open('the repository of region 0 has other settings')],
    [repository({ bucket: 'b', base_path: 'p' }, 'gcs'), open('the repository of region 0 has other settings')],
    [404, open('region 0 has no such repository')],
    [503, unknown('/_snapshot/camunda_failback answered HTTP 503')],
  ])('of the source: %j', async (answer, expected) => {
    expect(await check(registerSource(COPY), { [SOURCE]: answer })).toEqual(expected);
  });

  test.each([
    [repository({ bucket: 'b', base_path: 'p', readonly: 'true' }), 'met'],
    [repository({ bucket: 'b', base_path: 'p' }), 'open'],
    [404, 'open'],
  ])('of the target must be read-only: %j', async (answer, state) => {
    expect((await check(registerTarget(COPY), { [TARGET]: answer, [`${TARGET}/s-1`]: snapshot('SUCCESS') })).state).toBe(state);
  });

  test.each([
    [404, open('region 1 does not see snapshot s-1 in its repository')],
    [503, unknown('/_snapshot/camunda_failback/s-1 answered HTTP 503')],
  ])('of the target is registered anew where it does not see the snapshot: %j', async (answer, expected) => {
    const registered = repository({ bucket: 'b', base_path: 'p', readonly: 'true' });
    expect(await check(registerTarget(COPY), { [TARGET]: registered, [`${TARGET}/s-1`]: answer })).toEqual(expected);
  });

  test('says so in the runbook', () => {
    expect([registerSource, registerTarget].map(stepOf => stepOf(COPY).done.description)).toEqual([
      'region 0 has the repository',
      'region 1 has the repository, read-only, and sees snapshot s-1 in it',
    ]);
    expect([registerSource, registerTarget].map(stepOf => stepOf(COPY).done.calls.length)).toEqual([1, 2]);
  });
});

describe('a snapshot', () => {
  test.each([
    [404, open('there is no snapshot s-1')],
    [500, unknown('/_snapshot/camunda_failback/s-1 answered HTTP 500')],
    [snapshot('IN_PROGRESS'), running('snapshot s-1 is being taken')],
    [snapshot('SUCCESS'), met('snapshot s-1 has 2 indices')],
    [snapshot('SUCCESS', ['a'], 1), blocked('snapshot s-1 ended as SUCCESS with 1 failed shards', ANYTHING)],
    [snapshot('PARTIAL', ['a'], 0), blocked('snapshot s-1 ended as PARTIAL with 0 failed shards', ANYTHING)],
    [snapshot('FAILED', ['a'], 2), blocked('snapshot s-1 ended as FAILED with 2 failed shards', ANYTHING)],
  ])('%#: %j', async (answer, expected) => {
    expect(await check(takeTheSnapshot(COPY), { [SNAPSHOT]: answer })).toEqual(expected);
    expect(snapshotTaken(COPY).calls).toHaveLength(1);
  });

  test.each([
    [
      400,
      'snapshot with the same name already exists',
      { outcome: 'unknown', detail: 'HTTP 400: snapshot with the same name already exists' },
    ],
    [400, 'invalid_snapshot_name: in use', { outcome: 'unknown', detail: 'HTTP 400: invalid_snapshot_name: in use' }],
    [400, 'something else', undefined],
    [500, 'already exists', undefined],
  ])('HTTP %i with %j to a request for one', (status, text, expected) => {
    expect(takeTheSnapshot(COPY).action!.read!({ status, text })).toEqual(expected);
  });
});

test('documents are counted where they are', () => {
  expect(
    total(
      new Map([
        ['a', { health: 'green', docs: 2 }],
        ['b', { health: 'red' }],
        ['c', { health: 'green', docs: 3 }],
      ]),
    ),
  ).toBe(5);
});
