import { documentCounts, writeTotals } from '../../../lib/recovery/calls/search-data-calls';
import { differentFamilies, missingIndices } from '../../../lib/recovery/view/document-comparison';
import { familyOf, isDated, isOfOneRegion } from '../../../lib/recovery/view/index-families';

type Docs = Readonly<Record<string, number>>;

const compare = (here: readonly Docs[], there: Docs, lag = 0, camundaVersion = '8.9'): string[] =>
  differentFamilies({
    camundaVersion,
    here: here.map(docs => new Map(Object.entries(docs))),
    there: new Map(Object.entries(there)),
    lag,
  });

test.each([
  ['operate-list-view-8.3.0_', 'operate-list-view', false],
  ['operate-list-view-8.3.0_2026-01-31', 'operate-list-view', true],
  ['camunda-usage-metric-8.8.0_2026-01', 'camunda-usage-metric', true],
  ['zeebe-record_process-instance_8.7.37_2026-11-29', 'zeebe-record_process-instance', true],
  ['zeebe-record_job_8.7.37-SNAPSHOT_2026-11-29', 'zeebe-record_job', true],
  ['camunda-web-session-8.8.0_', 'camunda-web-session', false],
  ['somebodys-own', 'somebodys-own', false],
  ['operate-list-view_2026-01-31', 'operate-list-view', true],
] as const)('%s is of %s, dated: %s', (index, family, dated) => {
  expect([familyOf(index), isDated(index)]).toEqual([family, dated]);
});

test.each([
  ['8.7', 'operate-web-session', true],
  ['8.7', 'operate-user', true],
  ['8.9', 'operate-user', false],
  ['8.8', 'operate-operation', true],
  ['8.8', 'operate-batch-operation', true],
  ['8.8', 'tasklist-draft-task-variable', true],
  ['8.8', 'camunda-web-session', true],
  ['8.9', 'camunda-web-session', true],
  ['8.10', 'camunda-web-session', true],
  ['8.9', 'camunda-history-deletion', true],
  ['8.9', 'operate-list-view', false],
  ['8.7', 'zeebe-record_process-instance', false],
  ['8.9', 'tasklist-task', false],
])('in %s, %s belongs to one region: %s', (version, family, expected) => {
  expect(isOfOneRegion(family, version)).toBe(expected);
});

test.each([
  ['equal', [{ a: 5 }], { a: 5 }, 0, []],
  ['less, with nothing on its way', [{ a: 5 }, { a: 5 }], { a: 4 }, 0, ['a (5 and 4)']],
  ['more, with nothing on its way', [{ a: 5 }, { a: 5 }], { a: 6 }, 0, ['a (5 and 6)']],
  ['not there', [{ a: 5 }, { a: 5 }], {}, 0, ['a (5 and 0)']],
  ['not here', [{}, {}], { a: 5 }, 0, ['a (0 and 5)']],
  ['as far away as came meanwhile', [{ a: 4 }, { a: 7 }], { a: 1 }, 0, []],
  ['further away than came meanwhile', [{ a: 4 }, { a: 7 }], { a: 0 }, 0, ['a (7 and 0)']],
  ['beyond what came meanwhile', [{ a: 7 }, { a: 4 }], { a: 10 }, 0, []],
  ['further beyond', [{ a: 7 }, { a: 4 }], { a: 11 }, 0, ['a (4 and 11)']],
  ['as far away as exporters have to go', [{ a: 40 }, { a: 40 }], { a: 30 }, 10, []],
  ['further away than exporters have to go', [{ a: 40 }, { a: 40 }], { a: 29 }, 10, ['a (40 and 29)']],
  ['between two counts', [{ a: 4 }, { a: 9 }], { a: 6 }, 0, []],
  ['archived further', [{ 'a-1.0.0_': 1000, 'a-1.0.0_2026-01-01': 5000 }], { 'a-1.0.0_': 900, 'a-1.0.0_2026-01-02': 5100 }, 0, []],
  ['archived and lost', [{ 'a-1.0.0_': 1000, 'a-1.0.0_2026-01-01': 5000 }], { 'a-1.0.0_': 1000 }, 0, ['a (6000 and 1000)']],
  ['100,003 for logins', [{ 'camunda-web-session-8.8.0_': 100_003 }], { 'camunda-web-session-8.8.0_': 100_000 }, 0, []],
] as const)('%s', (_, here, there, lag, expected) => {
  expect(compare([...here] as Docs[], there, lag)).toEqual(expected);
});

test('an index that is missing is one, but for dated ones, whose documents count', () => {
  expect(missingIndices(['b-1.0.0_', 'a', 'c-1.0.0_2026-01-01', 'd'], new Set(['d']))).toEqual(['a', 'b-1.0.0_']);
});

test.each([
  [{ hits: {}, aggregations: { indices: { buckets: [{ key: 'a', doc_count: 3 }] } } }, new Map([['a', 3]])],
  [{ hits: {} }, new Map()],
  [{ error: 'x' }, undefined],
  [[], undefined],
])('counts in %j', (value, expected) => {
  expect(documentCounts(value)).toEqual(expected);
});

test.each([
  [
    { _all: {}, indices: { a: { primaries: { indexing: { index_total: 3, delete_total: 2 } } }, b: {} } },
    new Map([
      ['a', 5],
      ['b', 0],
    ]),
  ],
  [{ _all: {} }, new Map()],
  [{}, undefined],
  ['x', undefined],
])('writes in %j', (value, expected) => {
  expect(writeTotals(value)).toEqual(expected);
});
