import type { HttpCall, Target } from '../../../lib/recovery/calls/call';
import { NoAnswerError, UndeliveredError } from '../../../lib/recovery/calls/http';
import { isTransportError, ClusterView } from '../../../lib/recovery/view/cluster-view';
import { answeringView, configurationOf, CONFIGURATION, EXPORTERS, failure, SEEN, seenOf } from '../support/answering-view';

const call = (target: Target): HttpCall => ({ target, method: 'GET', path: '/a', query: { b: 'c' } });

test.each([
  [{ kind: 'management' }, 'GET management/a?b=c', 15_000],
  [{ kind: 'rest' }, 'GET rest/a?b=c', 10_000],
  [{ kind: 'elasticsearch', regionId: 1 }, 'GET elasticsearch1/a?b=c', 30_000],
  [{ kind: 'broker', brokerId: '3' }, 'GET broker3/a?b=c', 10_000],
] as const)('%j is called, and has its time to answer', async (target, line, timeoutMs) => {
  const { view, requests, sent } = answeringView({ answers: { [line]: 'x' } });
  expect(await view.send(call(target))).toEqual({ status: 200, text: 'x' });
  expect([requests, sent]).toEqual([[line], [{ method: 'GET', path: '/a?b=c', body: undefined, timeoutMs }]]);
});

test('the management port has longer than a gateway waits for the coordinator', async () => {
  const { view, sent } = answeringView({});
  await view.send(call({ kind: 'management' }));
  expect(sent[0].timeoutMs).toBeGreaterThan(10_000);
});

test('fails where there is no way to a broker', async () => {
  await expect(answeringView({ withoutBrokers: true }).view.send(call({ kind: 'broker', brokerId: '3' }))).rejects.toThrow(
    'no way to broker 3',
  );
});

test('tells every call with its status, also of one that got no answer', async () => {
  const { view } = answeringView({ answers: { 'GET rest/a?b=c': 503, 'GET management/a?b=c': failure('NoAnswerError') } });
  const told: (number | undefined)[] = [];
  const telling = new ClusterView(view.topology, view.ports, (_, status) => void told.push(status));
  await telling.send(call({ kind: 'rest' }));
  await expect(telling.send(call({ kind: 'management' }))).rejects.toThrow('cut off');
  expect(told).toEqual([503, undefined]);
  expect([telling.takeCallCount(), telling.takeCallCount()]).toEqual([2, 0]);
});

describe('a reading', () => {
  const rest = call({ kind: 'rest' });

  test.each([
    [{ 'GET rest/a?b=c': '1' }, { ok: true, value: 1 }],
    [{ 'GET rest/a?b=c': 'null' }, { ok: false, why: '/a answered with something else than expected' }],
    [{ 'GET rest/a?b=c': 504 }, { ok: false, why: '/a answered HTTP 504', status: 504 }],
    [{ 'GET rest/a?b=c': 202 }, { ok: false, why: '/a answered HTTP 202', status: 202 }],
    [{ 'GET rest/a?b=c': failure('NoAnswerError') }, { ok: false, why: '/a gave no answer: cut off', silent: true }],
    [{ 'GET rest/a?b=c': failure('UndeliveredError') }, { ok: false, why: '/a gave no answer: cut off', silent: true }],
  ])('of %j is %j', async (answers, expected) => {
    expect(await answeringView({ answers }).view.read(rest, value => (value === null ? undefined : value))).toEqual(expected);
  });

  test('fails where the program itself is wrong', async () => {
    await expect(answeringView({ answers: { 'GET rest/a?b=c': new TypeError('bug') } }).view.read(rest, () => 1)).rejects.toThrow('bug');
  });
});

test('reads configuration, view of the gateways, exporters and Kubernetes', async () => {
  const { view } = answeringView({
    answers: {
      [CONFIGURATION]: configurationOf([0]),
      [SEEN]: seenOf([0]),
      [EXPORTERS]: [{ exporterId: 'a', status: 'ENABLED' }],
    },
    regions: [undefined, { rolloutOpen: 'r' }],
  });
  expect(await view.configuration()).toMatchObject({ ok: true, value: { members: [{ brokerId: '0' }] } });
  expect(await view.seenTopology()).toMatchObject({ ok: true, value: { brokers: [{ brokerId: '0' }] } });
  expect(await view.exporters()).toEqual({ ok: true, value: new Map([['a', 'ENABLED']]) });
  expect([await view.kubernetes(0), await view.kubernetes(1)]).toEqual([undefined, { rolloutOpen: 'r' }]);
  expect(await answeringView({ answers: { [EXPORTERS]: '{}' } }).view.exporters()).toMatchObject({ ok: false });
});

test.each([
  [new UndeliveredError('x'), true],
  [new NoAnswerError('x'), true],
  [new Error('x'), false],
  [{ name: 'NoAnswerError' }, false],
])('%p is a matter of the line: %p', (error, expected) => {
  expect(isTransportError(error)).toBe(expected);
});
