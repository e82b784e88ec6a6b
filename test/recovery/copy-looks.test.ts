import { blocked, holds, open, running, unknown, type Finding } from '../../lib/recovery/finding';
import { sidesOf } from '../../lib/recovery/members';
import type { Attempt } from '../../lib/recovery/progress';
import type { Step } from '../../lib/recovery/step';
import { restore, total } from '../../lib/recovery/steps/restore';
import { registerSource, registerTarget, snapshotTaken, takeTheSnapshot, type Copy } from '../../lib/recovery/steps/snapshot';
import {
  answeringWorld,
  attempt,
  configurationOf,
  CONFIGURATION,
  EXPORTERS,
  exportersOf,
  TOPOLOGY,
  type AnsweringOptions,
} from './support/answering-world';

const COPY: Copy = {
  sides: sidesOf(TOPOLOGY, 1),
  from: 0,
  to: 1,
  snapshot: 's-1',
  repository: { type: 's3', settings: { bucket: 'b', base_path: 'p' } },
  exporterId: 'camundaregion1',
};
const ANYTHING: string = expect.stringMatching(/\w/) as string;
const SOURCE = 'GET elasticsearch0/_snapshot/camunda_failback';
const TARGET = 'GET elasticsearch1/_snapshot/camunda_failback';
const SNAPSHOT = `${SOURCE}/s-1`;
const INDICES = '/_cat/indices?format=json&h=index%2Chealth%2Cdocs.count&expand_wildcards=all';
const [FROM, TO] = [0, 1].map(regionId => `GET elasticsearch${regionId}${INDICES}`);
const HEALTH = 'GET elasticsearch1/_cluster/health';

type Answers = NonNullable<AnsweringOptions['answers']>;

/** The exporter is off, so that the copy is still to be made. */
const OFF: Answers = { [EXPORTERS]: exportersOf({ camundaregion1: 'DISABLED' }), [CONFIGURATION]: configurationOf([0, 2]) };
const ON: Answers = { ...OFF, [EXPORTERS]: exportersOf({ camundaregion1: 'ENABLED' }) };

const look = ({ done }: Step, answers: Answers, attempts: readonly Attempt[] = []): Promise<Finding> =>
  done.look(answeringWorld({ answers: { ...OFF, ...answers } }).world, attempts);
const repository = (settings: object, type = 's3'): object => ({ camunda_failback: { type, settings } });
const snapshot = (state: string, indices: string[] = ['a', 'b'], failed = 0): object => ({
  snapshots: [{ state, indices, shards: { failed } }],
});
const catalogue = (docs: { readonly [index: string]: number | null }): object[] =>
  Object.entries(docs).map(([index, count]) => ({ index, health: 'green', 'docs.count': count === null ? null : String(count) }));

test.each([registerSource, registerTarget, takeTheSnapshot, restore])('%p is done once the exporter is enabled', async stepOf => {
  expect(await look(stepOf(COPY), ON)).toEqual(holds('exporter camundaregion1 is enabled already'));
});

describe('a repository', () => {
  test.each([
    [repository({ base_path: 'p', bucket: 'b' }), holds('region 0 has the repository')],
    [repository({ bucket: 'b', base_path: 'q' }), open('the repository of region 0 has other settings')],
    [repository({ bucket: 'b', base_path: 'p', readonly: 'true' }), open('the repository of region 0 has other settings')],
    [repository({ bucket: 'b', base_path: 'p' }, 'gcs'), open('the repository of region 0 has other settings')],
    [404, open('region 0 has no such repository')],
    [503, unknown('/_snapshot/camunda_failback answered HTTP 503')],
  ])('of the source: %j', async (answer, expected) => {
    expect(await look(registerSource(COPY), { [SOURCE]: answer })).toEqual(expected);
  });

  test.each([
    [repository({ bucket: 'b', base_path: 'p', readonly: 'true' }), 'holds'],
    [repository({ bucket: 'b', base_path: 'p' }), 'open'],
    [404, 'open'],
  ])('of the target must be read-only: %j', async (answer, state) => {
    expect((await look(registerTarget(COPY), { [TARGET]: answer })).state).toBe(state);
  });

  test('says so in the runbook', () => {
    expect([registerSource, registerTarget].map(stepOf => stepOf(COPY).done.says)).toEqual([
      'region 0 has the repository',
      'region 1 has the repository, read-only',
    ]);
    expect([registerSource, registerTarget].map(stepOf => stepOf(COPY).done.calls.length)).toEqual([1, 1]);
  });
});

describe('a snapshot', () => {
  test.each([
    [404, open('there is no snapshot s-1')],
    [500, unknown('/_snapshot/camunda_failback/s-1 answered HTTP 500')],
    [snapshot('IN_PROGRESS'), running('snapshot s-1 is being taken')],
    [snapshot('SUCCESS'), holds('snapshot s-1 has 2 indices')],
    [snapshot('SUCCESS', ['a'], 1), blocked('snapshot s-1 ended as SUCCESS with 1 failed shards', ANYTHING)],
    [snapshot('PARTIAL', ['a'], 0), blocked('snapshot s-1 ended as PARTIAL with 0 failed shards', ANYTHING)],
    [snapshot('FAILED', ['a'], 2), blocked('snapshot s-1 ended as FAILED with 2 failed shards', ANYTHING)],
  ])('%#: %j', async (answer, expected) => {
    expect(await look(takeTheSnapshot(COPY), { [SNAPSHOT]: answer })).toEqual(expected);
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

describe('a restore', () => {
  const before: Answers = {
    [SNAPSHOT]: snapshot('SUCCESS'),
    [FROM]: catalogue({ a: 5, b: 7 }),
    [TO]: catalogue({}),
    [HEALTH]: { status: 'green', initializing_shards: 0 },
  };
  const sent = [attempt('accepted', { at: Date.UTC(2026, 0, 1) - 20_000 })];
  const at = (change: Answers, attempts: readonly Attempt[] = []): Promise<Finding> =>
    look(restore(COPY), { ...before, ...change }, attempts);
  const inTheWay = (names: string): Finding =>
    blocked(`Elasticsearch of region 1 has indices that do not come from this snapshot: ${names}`, ANYTHING);

  test('is open where there is nothing yet', async () => {
    expect(await at({})).toEqual(open('region 1 has no index of the snapshot'));
    expect(await at({ [TO]: catalogue({ '.own': 1 }) })).toEqual(open('region 1 has no index of the snapshot'));
  });

  test('is refused where indices are that do not come from it', async () => {
    expect(await at({ [TO]: catalogue({ x: 0, y: 0 }) })).toEqual(inTheWay('x, y'));
    expect(await at({ [TO]: catalogue({ x: 0 }) }, sent)).toEqual(open('region 1 has no index of the snapshot'));
    expect(await at({ [TO]: catalogue({ a: 5, b: 6 }) })).toEqual(inTheWay('b'));
    expect(await at({ [TO]: catalogue({ a: 5, b: null }) })).toEqual(inTheWay('a, b'));
    expect((await at({ [TO]: catalogue({ a: 5, b: 6 }) })).advice).toContain('exactly these');
  });

  test('is done when every index has the documents of the source', async () => {
    expect(await at({ [TO]: catalogue({ a: 5, b: 7 }) })).toEqual(holds('2 indices with 12 documents are restored'));
  });

  test('goes on while shards come, and while documents are missing', async () => {
    const busy = { [HEALTH]: { status: 'red', initializing_shards: 1 } };
    expect(await at({ ...busy, [TO]: catalogue({ a: 5, b: null }) })).toEqual(running('1 of 2 indices are restored'));
    expect(await at({ ...busy, [TO]: catalogue({ a: 5, b: null }) }, sent)).toEqual(running('1 of 2 indices are restored'));
    expect(await at({ [TO]: catalogue({ a: 5, b: 6 }) }, sent)).toEqual(running('documents of b differ between the regions'));
    // The source has lost documents since: what is there is what the snapshot had.
    expect(await at({ [TO]: catalogue({ a: 5, b: 8 }) }, sent)).toEqual(holds('2 indices are restored'));
    expect((await at({ [TO]: catalogue({ a: 6, b: 6 }) }, sent)).state).toBe('running');
  });

  test('has half a minute to begin, then its shards have failed', async () => {
    const stuck = { [TO]: catalogue({ a: 5, b: null }) };
    const now = Date.UTC(2026, 0, 1);
    expect(await at(stuck, [attempt('accepted', { at: now - 29_999 })])).toEqual(running('shards of b are not restored'));
    const end = await at(stuck, [attempt('accepted', { at: now - 30_000 })]);
    expect(end).toEqual(blocked('shards of b are not restored', ANYTHING));
    expect(end.advice).toContain('by name: a, b.');
    expect((await at(stuck, [attempt('accepted'), attempt('unknown', { at: now })])).state).toBe('running');
  });

  test.each([
    [{ [SNAPSHOT]: 503 }, '/_snapshot/camunda_failback/s-1 answered HTTP 503'],
    [{ [TO]: 503 }, '/_cat/indices answered HTTP 503'],
    [{ [TO]: catalogue({ a: 1 }), [FROM]: 502 }, '/_cat/indices answered HTTP 502'],
    [{ [TO]: catalogue({ a: 1 }), [HEALTH]: 503 }, '/_cluster/health answered HTTP 503'],
  ])('is unknown with %j', async (change, why) => {
    expect(await at(change)).toEqual(unknown(why));
  });

  test('looks into both regions', () => {
    expect(restore(COPY).done.calls).toHaveLength(4);
    expect(restore(COPY).timeoutMs).toBe(6 * 3_600_000);
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
