import { shardOrigins, type Origin } from '../../../lib/recovery/calls/search-data-calls';
import { blocked, met, open, running, unknown, type Finding } from '../../../lib/recovery/finding';
import type { Attempt } from '../../../lib/recovery/record/progress';
import { restore } from '../../../lib/recovery/steps/restore';
import type { Copy } from '../../../lib/recovery/steps/snapshot';
import { sidesOf } from '../../../lib/recovery/view/members';
import { judgeRestore, type RestoreEvidence } from '../../../lib/recovery/view/restore-judgement';
import {
  type AnsweringOptions,
  answeringView,
  ANYTHING,
  attempt,
  CONFIGURATION,
  configurationOf,
  EXPORTERS,
  exportersOf,
  TOPOLOGY,
} from '../support/answering-view';

type Answers = NonNullable<AnsweringOptions['answers']>;

describe('what shows that indices come from the snapshot', () => {
  const green = (docs: number) => ({ health: 'green', docs });
  const ours: Origin = { snapshot: 's-1' };
  const judge = (
    target: { readonly [index: string]: { readonly health: string; readonly docs?: number } },
    origins: { readonly [index: string]: readonly Origin[] },
    sent: boolean,
  ) => {
    const evidence: RestoreEvidence = {
      snapshot: 's-1',
      indices: ['a', 'b'],
      target: new Map(Object.entries(target)),
      origins: new Map(Object.entries(origins)),
      sent,
    };
    const { kind, names } = judgeRestore(evidence);
    return [kind, ...names].join(' ');
  };
  const both = { a: green(1000), b: green(5000) };

  test.each([
    ['nothing is there', {}, {}, false, 'none'],
    ['nothing of it is there, but other indices', { x: green(1), y: green(0) }, {}, false, 'foreign x y'],
    ['nothing of it is there yet, after a restore was sent', { x: green(1) }, {}, true, 'none'],
    ['an old region comes back with its volumes, and equal counts', both, { a: ['unknown'], b: ['unknown'] }, false, 'foreign a b'],
    ['an old region, of which nodes know nothing', both, {}, false, 'foreign a b'],
    ['the schema was made there', both, { a: ['made'], b: ['made'] }, false, 'foreign a b'],
    ['the schema was made there between look and restore', both, { a: ['made'], b: ['made'] }, true, 'foreign a b'],
    ['the record is lost, and nodes name the snapshot', both, { a: [ours], b: [ours, ours] }, false, 'restored a b'],
    ['the record is lost, and one shard is from somewhere else', both, { a: [ours], b: [ours, 'elsewhere'] }, false, 'foreign b'],
    ['the record is lost, and one index says nothing', both, { a: [ours], b: ['unknown'] }, false, 'foreign b'],
    ['the record is lost, and one index says half', both, { a: [ours], b: [ours, 'unknown'] }, false, 'foreign b'],
    ['nodes name another snapshot', both, { a: [{ snapshot: 's-0' }], b: [ours] }, false, 'foreign a'],
    ['nodes name another snapshot than the one that was sent', both, { a: [{ snapshot: 's-0' }], b: [ours] }, true, 'foreign a'],
    ['it was sent, and nodes have restarted since', both, { a: ['unknown'], b: ['unknown'] }, true, 'restored a b'],
    ['it was sent, and a shard has moved since', both, { a: [ours, 'unknown'], b: ['unknown'] }, true, 'restored a b'],
    ['replicas are still copied', { a: { health: 'yellow', docs: 1 }, b: green(2) }, { a: [ours], b: [ours] }, true, 'restored a b'],
    ['a primary shard is missing', { a: green(1), b: { health: 'red' } }, { a: [ours] }, true, 'waiting b'],
    ['one of two primary shards is missing', { a: green(1), b: { health: 'red', docs: 4 } }, { a: [ours], b: [ours] }, true, 'waiting b'],
    ['an index is gone again', { a: green(1) }, { a: [ours] }, true, 'waiting b'],
    ['the record is lost while it goes on', { a: green(1), b: { health: 'red' } }, { a: [ours] }, false, 'waiting b'],
    ['an old region that has not started yet', { a: green(1), b: { health: 'red' } }, { a: ['unknown'] }, false, 'foreign a b'],
  ] as const)('%s', (_, target, origins, sent, expected) => {
    expect(judge(target, origins, sent)).toBe(expected);
  });

  const dated = 'operate-event-8.3.0_2026-07-01';

  test.each([
    ['is gone again, because it was due', {}, true, 'restored'],
    ['is gone again, and the record is lost', {}, false, 'restored'],
    ['has a primary shard that is missing', { [dated]: { health: 'red' } }, true, 'waiting'],
  ] as const)('a dated index of it %s', (_, other, sent, expected) => {
    const evidence = { snapshot: 's-1', indices: ['a', dated], origins: new Map([['a', [ours]]]), sent };
    const target = new Map<string, { health: string; docs?: number }>(Object.entries({ a: green(1), ...other }));
    expect(judgeRestore({ ...evidence, target }).kind).toBe(expected);
  });

  const shard = (type: string, source: object, primary = true): object => ({ type, primary, source });
  test.each([
    [[shard('SNAPSHOT', { repository: 'camunda_failback', snapshot: 's-1' })], [{ snapshot: 's-1' }]],
    [[shard('SNAPSHOT', { repository: 'camunda_backup', snapshot: 's-1' })], ['elsewhere']],
    [[shard('SNAPSHOT', { repository: 'camunda_failback', snapshot: 's-1' }), shard('PEER', {}, false)], [{ snapshot: 's-1' }]],
    [[shard('PEER', {})], ['unknown']],
    [[shard('EXISTING_STORE', {})], ['unknown']],
    [[shard('EMPTY_STORE', {})], ['made']],
    [[shard('LOCAL_SHARDS', {})], ['elsewhere']],
  ])('_recovery with %j', (shards, expected) => {
    expect(shardOrigins({ a: { shards } })).toEqual(new Map([['a', expected]]));
  });

  test('_recovery of nothing, and what is none', () => {
    expect([shardOrigins({}), shardOrigins({ a: 1 }), shardOrigins([])]).toEqual([new Map(), new Map([['a', []]]), undefined]);
  });
});

describe('a restore', () => {
  const identified = { description: 'each is its own', calls: [], check: () => Promise.resolve(met('each is its own')) };
  const COPY = {
    identified,
    sides: sidesOf(TOPOLOGY, 1),
    from: 0,
    to: 1,
    snapshot: 's-1',
    exporterId: 'camundaregion1',
  } as unknown as Copy;
  const SNAPSHOT = 'GET elasticsearch0/_snapshot/camunda_failback/s-1';
  const TO = 'GET elasticsearch1/_cat/indices?format=json&h=index%2Chealth%2Cdocs.count&expand_wildcards=all';
  const ORIGINS = 'GET elasticsearch1/*,-.*/_recovery';
  const HEALTH = 'GET elasticsearch1/_cluster/health';
  const catalogue = (docs: { readonly [index: string]: number | null }): object[] =>
    Object.entries(docs).map(([index, count]) => ({
      index,
      health: count === null ? 'red' : 'green',
      'docs.count': count && String(count),
    }));
  const before: Answers = {
    [EXPORTERS]: exportersOf({ camundaregion1: 'DISABLED' }),
    [CONFIGURATION]: configurationOf([0, 2]),
    [SNAPSHOT]: { snapshots: [{ state: 'SUCCESS', indices: ['a', 'b'], shards: { failed: 0 } }] },
    [TO]: catalogue({}),
    [ORIGINS]: {},
    [HEALTH]: { status: 'green', initializing_shards: 0 },
  };
  const NOW = Date.UTC(2026, 0, 1);
  const sent = [attempt('accepted', { at: NOW - 20_000 })];
  const at = (change: Answers, attempts: readonly Attempt[] = []): Promise<Finding> =>
    restore(COPY).done.check(answeringView({ answers: { ...before, ...change } }).view, attempts);
  const inTheWay = (names: string): Finding =>
    blocked(`Elasticsearch of region 1 has indices that do not come from this snapshot: ${names}`, ANYTHING);

  test('is open where there is nothing yet', async () => {
    expect(await at({})).toEqual(open('region 1 has no index of the snapshot'));
    expect(await at({ [TO]: catalogue({ '.own': 1 }) })).toEqual(open('region 1 has no index of the snapshot'));
    expect(await at({ [TO]: catalogue({ x: 1 }) }, sent)).toEqual(open('region 1 has no index of the snapshot'));
  });

  test('is refused where indices are that do not come from it, with equal counts too', async () => {
    expect(await at({ [TO]: catalogue({ x: 1, y: 1 }) })).toEqual(inTheWay('x, y'));
    const end = await at({ [TO]: catalogue({ a: 1000, b: 5000 }) });
    expect(end).toEqual(inTheWay('a, b'));
    expect(end.advice).toContain('exactly these');
  });

  test('is done although documents move on in the source', async () => {
    // The snapshot had 1000 and 5000; the source, which nobody asks, may have 900 and 5100 now.
    expect(await at({ [TO]: catalogue({ a: 1000, b: 5000 }) }, sent)).toEqual(met('2 indices with 6000 documents are restored'));
    expect(restore(COPY).done.calls.map(call => 'path' in call && call.path)).toEqual([
      '/_snapshot/camunda_failback/s-1',
      '/_cat/indices',
      '/*,-.*/_recovery',
      '/_cluster/health',
    ]);
  });

  test('goes on while shards come', async () => {
    const busy = { [HEALTH]: { status: 'red', initializing_shards: 1 }, [TO]: catalogue({ a: 5, b: null }) };
    expect(await at(busy, sent)).toEqual(running('1 of 2 indices are restored'));
  });

  test('has half a minute to begin, then its shards have failed', async () => {
    const stuck = { [TO]: catalogue({ a: 5, b: null }) };
    expect(await at(stuck, [attempt('accepted', { at: NOW - 29_999 })])).toEqual(running('shards of b are not restored'));
    const end = await at(stuck, [attempt('accepted', { at: NOW - 30_000 })]);
    expect(end).toEqual(blocked('shards of b are not restored', ANYTHING));
    expect(end.advice).toContain('by name: a, b.');
    expect((await at(stuck, [attempt('accepted'), attempt('unknown', { at: NOW })])).state).toBe('running');
  });

  test.each([
    [{ [SNAPSHOT]: 503 }, '/_snapshot/camunda_failback/s-1 answered HTTP 503'],
    [{ [TO]: 503 }, '/_cat/indices answered HTTP 503'],
    [{ [ORIGINS]: 502 }, '/*,-.*/_recovery answered HTTP 502'],
    [{ [TO]: catalogue({ a: 1 }), [HEALTH]: 503 }, '/_cluster/health answered HTTP 503'],
  ])('is unknown with %j', async (change, why) => {
    expect(await at(change, sent)).toEqual(unknown(why));
  });

  test('has six hours', () => expect(restore(COPY).timeoutMs).toBe(6 * 3_600_000));
});
