import { met, open, running, unknown, type Finding } from '../../../lib/recovery/finding';
import { awaitHealth } from '../../../lib/recovery/steps/health';
import { whole } from '../../../lib/recovery/steps/verify/verify-failback';
import { sidesOf } from '../../../lib/recovery/view/members';
import { topologyOf } from '../stand-in/deployment';
import {
  answeringView,
  configurationOf,
  CONFIGURATION,
  EXPORTERS,
  exportersOf,
  SEEN,
  seenOf,
  TOPOLOGY,
  type AnsweringOptions,
} from '../support/answering-view';

const SIDES = sidesOf(TOPOLOGY, 1);
type Answers = NonNullable<AnsweringOptions['answers']>;

const COUNT = '/*,-.*/_search?size=0&allow_partial_search_results=false';
const INDICES = '/_cat/indices?format=json&h=index%2Chealth%2Cdocs.count&expand_wildcards=all';
const PARTITIONS = (nodeId: number): string => `GET broker${nodeId}/actuator/partitions`;
const counted = (docs: { readonly [index: string]: number }): object => ({
  aggregations: { indices: { buckets: Object.entries(docs).map(([key, doc_count]) => ({ key, doc_count })) } },
});
const listed = (...indices: readonly string[]): object[] => indices.map(index => ({ index, health: 'green', 'docs.count': '0' }));
/** A partition that a broker leads, with what was processed and what is exported. */
const leads = (processedPosition: number, exportedPosition: number, exporterPhase = 'EXPORTING'): object => ({
  role: 'LEADER',
  exporterPhase,
  processedPosition,
  exportedPosition,
});

describe('whether both regions are whole', () => {
  const fine: Answers = {
    [CONFIGURATION]: configurationOf([0, 1, 2, 3]),
    [SEEN]: seenOf([0, 1, 2, 3]),
    [EXPORTERS]: exportersOf({ camundaregion0: 'ENABLED', camundaregion1: 'ENABLED' }),
    ...Object.fromEntries(
      [0, 1].flatMap((id): [string, object][] => [
        [`GET elasticsearch${id}${COUNT}`, counted({ a: 5 })],
        [`GET elasticsearch${id}${INDICES}`, listed('a', '.own', `b_2026-01-0${id + 1}`)],
      ]),
    ),
    ...Object.fromEntries(
      [0, 1, 2, 3].map(id => [PARTITIONS(id), { [id + 1]: leads(100, 104), 9: { role: 'FOLLOWER', processedPosition: 900 } }]),
    ),
  };
  const check = (change: Answers = {}, topology = TOPOLOGY): Promise<Finding> =>
    whole(topology, SIDES).check(answeringView({ answers: { ...fine, ...change }, topology }).view, []);

  test('they are', async () => {
    const finding = await check();
    expect(finding.state).toBe('met');
    expect(finding.why).toMatch(/4 brokers are healthy; .*; documents: 5 in region 0, 5 in region 1$/);
    expect(whole(TOPOLOGY, SIDES).calls).toHaveLength(3 + 4 + 4);
    expect(finding.warnings).toEqual([]);
  });

  test.each([
    [{ [CONFIGURATION]: configurationOf([0, 1, 2]) }, open('brokers 3 are not active members')],
    [{ [EXPORTERS]: exportersOf({ camundaregion0: 'ENABLED', camundaregion1: 'DISABLED' }) }, open('exporter camundaregion1 is DISABLED')],
    [{ [SEEN]: seenOf([0, 1, 2]) }, running('brokers 3 are not healthy')],
    [
      { [SEEN]: { ...seenOf([0, 1, 2]), brokers: [...seenOf([0, 1, 2]).brokers, { nodeId: 3, partitions: [] }] } },
      running('brokers 3 are not healthy'),
    ],
    [
      {
        [SEEN]: {
          ...seenOf([0, 1, 2]),
          brokers: [
            ...seenOf([0, 1, 2]).brokers,
            { nodeId: 3, partitions: ['healthy', 'unhealthy'].map((health, i) => ({ partitionId: i + 1, role: 'follower', health })) },
          ],
        },
      },
      running('brokers 3 are not healthy'),
    ],
    [{ [SEEN]: 503 }, unknown('/v2/topology answered HTTP 503')],
    [
      { [`GET elasticsearch1${COUNT}`]: counted({ a: 4 }) },
      running('documents differ between the regions by more than what is being exported: a (5 and 4)'),
    ],
    [
      { [`GET elasticsearch1${COUNT}`]: counted({ a: 5, c: 1 }) },
      running('documents differ between the regions by more than what is being exported: c (0 and 1)'),
    ],
    [{ [`GET elasticsearch1${INDICES}`]: listed('a', 'c') }, running('indices are missing: c in region 0')],
    [{ [`GET elasticsearch1${INDICES}`]: listed('.own') }, running('indices are missing: a in region 1')],
    [{ [`GET elasticsearch1${INDICES}`]: 503 }, unknown('Elasticsearch of region 1: /_cat/indices answered HTTP 503')],
    [{ [`GET elasticsearch1${COUNT}`]: 503 }, unknown('Elasticsearch of region 1: /*,-.*/_search answered HTTP 503')],
    [{ [PARTITIONS(2)]: { 7: leads(100, 100, 'PAUSED') } }, open('exporting is paused: partition 7 on broker 2')],
    [{ [PARTITIONS(2)]: { 7: { role: 'FOLLOWER', exporterPhase: 'SOFT_PAUSED' } } }, open('exporting is paused: partition 7 on broker 2')],
    [{ [PARTITIONS(2)]: { 7: leads(100, 70) } }, running('exporters of partitions 7 have written nothing for 15 s, with 30 records to go')],
  ])('%#: not so', async (change, expected) => {
    expect(await check(change)).toMatchObject(expected);
  });

  test('old exporters of a migration do not count', async () => {
    const topology = { ...TOPOLOGY, exporters: [...TOPOLOGY.exporters, { exporterId: 'old', regionId: 0, kind: 'old' }] };
    expect((await check({}, topology)).state).toBe('met');
  });

  test('sessions of one region may be more, and what is archived may be in another index', async () => {
    const change = {
      [`GET elasticsearch0${COUNT}`]: counted({
        'operate-list-view-8.3.0_': 900,
        'operate-list-view-8.3.0_2026-01-01': 5100,
        'camunda-web-session-8.8.0_': 103,
      }),
      [`GET elasticsearch1${COUNT}`]: counted({
        'operate-list-view-8.3.0_': 1000,
        'operate-list-view-8.3.0_2026-01-02': 5000,
        'camunda-web-session-8.8.0_': 100,
      }),
    };
    expect((await check(change)).state).toBe('met');
  });

  test('a broker that could say whether it exports, and does not, leaves it open; where none can be asked, that is a warning', async () => {
    expect(await check({ [PARTITIONS(2)]: 404 })).toEqual(
      unknown('brokers 2 do not say whether they export: GET :9600/actuator/partitions of each'),
    );
    const { view } = answeringView({ answers: fine, withoutBrokers: true });
    expect((await whole(TOPOLOGY, SIDES).check(view, [])).warnings).toEqual([
      'whether brokers 0, 1, 2, 3 export cannot be seen from here: GET :9600/actuator/partitions of each',
    ]);
  });

  test.each([
    ['moves', [leads(100, 70), leads(140, 120)], counted({ a: 30 }), 'met', 5_000],
    ['has caught up', [leads(100, 70), leads(100, 104)], counted({ a: 5 }), 'met', 5_000],
    ['writes every eight seconds', [leads(100, 70), leads(140, 70), leads(160, 130)], counted({ a: 30 }), 'met', 10_000],
    ['has less to go than is missing', [leads(100, 70), leads(140, 120)], counted({ a: 36 }), 'running', 15_000],
    ['stands still', [leads(100, 70), leads(140, 70)], counted({ a: 5 }), 'running', 15_000],
  ] as const)('an exporter that has something to write %s', async (_, phases, there, state, lasts) => {
    const answers = { ...fine, [`GET elasticsearch1${COUNT}`]: there };
    const { view, clock } = answeringView({ answers });
    const begun = clock.now();
    const read = view.read.bind(view);
    jest.spyOn(view, 'read').mockImplementation((call, as) => {
      const asked = call.target.kind === 'broker' && call.target.brokerId === '0';
      return asked
        ? Promise.resolve({ ok: true, value: as({ 1: phases[Math.min((clock.now() - begun) / 5_000, phases.length - 1)] })! })
        : read(call, as);
    });
    expect((await whole(TOPOLOGY, SIDES).check(view, [])).state).toBe(state);
    expect(clock.now() - begun).toBe(lasts);
  });

  test('what an archiver has copied and not deleted yet is no difference', async () => {
    const { view, clock } = answeringView({ answers: fine });
    const begun = clock.now();
    const read = view.read.bind(view);
    jest.spyOn(view, 'read').mockImplementation((call, as) => {
      const twice =
        call.target.kind === 'elasticsearch' && call.target.regionId === 1 && call.path.includes('_search') && clock.now() - begun < 10_000;
      return twice ? Promise.resolve({ ok: true, value: as(counted({ a: 37, 'a_2026-11-24': 2 }))! }) : read(call, as);
    });
    expect((await whole(TOPOLOGY, SIDES).check(view, [])).state).toBe('met');
    expect(clock.now() - begun).toBe(10_000);
  });

  test('what is equal at once needs no second look', async () => {
    const { view, clock } = answeringView({ answers: fine });
    const begun = clock.now();
    await whole(TOPOLOGY, SIDES).check(view, []);
    expect(clock.now()).toBe(begun);
  });

  test('health is waited for with the same look', async () => {
    const { view } = answeringView({ answers: fine });
    expect(await awaitHealth(SIDES).done.check(view, [])).toEqual(met('4 brokers are healthy'));
  });

  test.each([
    [
      'without the partition that it is to have',
      [{ partitionId: 2, role: 'follower', health: 'healthy' }],
      running('brokers 3 are not healthy'),
    ],
    ['not seen', undefined, running('brokers 3 are not healthy')],
  ])('a broker is not well: %s', async (_, partitions, expected) => {
    const seen = seenOf([0, 1, 2, 3]);
    const brokers = seen.brokers.flatMap(one => (one.nodeId !== 3 ? [one] : partitions ? [{ ...one, partitions }] : []));
    const { view } = answeringView({ answers: { ...fine, [SEEN]: { ...seen, brokers } } });
    expect(await awaitHealth(SIDES).done.check(view, [])).toEqual(expected);
  });

  test.each([
    [12, 8, 11],
    [6, 1, 4],
    [8, 2, 5],
  ])('of %i brokers and %i partitions, one without a partition is well when it is seen', async (clusterSize, partitionCount, idle) => {
    const topology = topologyOf('8.9', clusterSize, partitionCount);
    const sides = sidesOf(topology, 1);
    const held = configurationOf(sides.allIds.map(Number), {}, topology);
    const at = (ids: readonly string[]): Promise<Finding> =>
      awaitHealth(sides).done.check(
        answeringView({ topology, answers: { [CONFIGURATION]: held, [SEEN]: seenOf(ids.map(Number), {}, topology) } }).view,
        [],
      );
    expect(seenOf(sides.allIds.map(Number), {}, topology).brokers.find(({ nodeId }) => nodeId === idle)?.partitions).toEqual([]);
    expect(await at(sides.allIds)).toEqual(met(`${clusterSize} brokers are healthy`));
    expect(await at(sides.allIds.filter(id => id !== String(idle)))).toEqual(running(`brokers ${idle} are not healthy`));
  });
});
