import { PAUSE_EXPORTING, readChangeAnswer, readExportingAnswer } from '../../../lib/recovery/calls/management-calls';
import { errorText, idOf, isJson, mappings, parsed, textOf } from '../../../lib/recovery/calls/readings';
import { indexStates, repositoryState, searchHealth, snapshotState } from '../../../lib/recovery/calls/search-calls';
import { meaningOf, outcomeOf, outcomeOfError } from '../../../lib/recovery/run/attempt-outcome';
import type { Action } from '../../../lib/recovery/run/step';
import { clusterConfiguration } from '../../../lib/recovery/view/cluster-configuration';
import { clusterTopology } from '../../../lib/recovery/view/cluster-topology';
import { failure } from '../support/answering-view';

const ACTION: Action = { description: 'act', call: PAUSE_EXPORTING, repeat: 'safe' };

describe('single values', () => {
  test.each([
    [{}, true],
    [[], false],
    [null, false],
    ['x', false],
    [undefined, false],
  ])('%j is a mapping: %p', (value, is) => {
    expect(isJson(value)).toBe(is);
  });

  test.each([
    ['x', 'x'],
    [1, '1'],
    [false, 'false'],
    [null, ''],
    [{}, ''],
    [undefined, ''],
  ])('%j reads as %j', (value, text) => {
    expect(textOf(value)).toBe(text);
  });

  test('an id is a number or a string with one', () => {
    expect([7, '7', 0, '', null, 'x'].map(idOf)).toEqual([7, 7, 0, NaN, NaN, NaN]);
  });

  test('what is no JSON is undefined, and entries that are no mappings are left out', () => {
    expect([parsed('{"a":1}'), parsed('{')]).toEqual([{ a: 1 }, undefined]);
    expect([mappings([{ a: 1 }, 2, [], null]), mappings({ a: 1 })]).toEqual([[{ a: 1 }], []]);
  });
});

test.each([
  [{ status: 500, text: '' }, 'HTTP 500'],
  [{ status: 500, text: '  ' }, 'HTTP 500'],
  [{ status: 502, text: ' bad gateway ' }, 'HTTP 502: bad gateway'],
  [
    { status: 503, text: '<html>\n<head><style>a{b}</style></head>\n<body><h1>503</h1>\n<p>No server is available.</p></body></html>' },
    'HTTP 503: 503 No server is available.',
  ],
  [{ status: 400, text: '{"message":"no"}' }, 'HTTP 400: no'],
  [{ status: 400, text: '{"error":"no"}' }, 'HTTP 400: no'],
  [{ status: 400, text: '{"error":{"type":"a","reason":"b"}}' }, 'HTTP 400: a: b'],
  [{ status: 400, text: '{"error":{"type":"a","root_cause":[{"type":"c","reason":"d"}]}}' }, 'HTTP 400: c: d'],
  [{ status: 400, text: '{"error":{"reason":"b"}}' }, 'HTTP 400: b'],
  [{ status: 400, text: '{}' }, 'HTTP 400'],
  [{ status: 500, text: 'x'.repeat(600) }, `HTTP 500: ${'x'.repeat(500)}`],
  [
    {
      status: 500,
      text: JSON.stringify({
        error: {
          root_cause: [{ type: 'repository_verification_exception', reason: '[r] path is not accessible on master node' }],
          type: 'repository_verification_exception',
          reason: '[r] path is not accessible on master node',
          caused_by: { type: 'i_o_exception', reason: 'Unable to upload', caused_by: { type: 's3_exception', reason: 'Access Denied' } },
        },
        status: 500,
      }),
    },
    'HTTP 500: repository_verification_exception: [r] path is not accessible on master node, because of s3_exception: Access Denied',
  ],
])('an error %j is told as %j', (response, text) => {
  expect(errorText(response)).toBe(text);
});

describe('what an answer means for an action', () => {
  test.each([
    [200, 'accepted'],
    [202, 'accepted'],
    [299, 'accepted'],
    [199, 'unknown'],
    [300, 'unknown'],
    [500, 'unknown'],
    [502, 'unknown'],
    [504, 'unknown'],
    [400, 'refused'],
    [401, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
    [405, 'refused'],
    [409, 'refused'],
    [415, 'refused'],
    [501, 'refused'],
  ])('HTTP %i: %s', (status, outcome) => {
    expect(outcomeOf(ACTION, { status, text: '' })).toEqual(
      outcome === 'accepted' ? { outcome, status } : { outcome, status, detail: `HTTP ${status}` },
    );
  });

  test.each([
    ['snapshot_restore_exception', 'refused'],
    ['repository_exception', 'refused'],
    ['repository_verification_exception', 'unknown'],
    ['process_cluster_event_timeout_exception', 'unknown'],
  ])('HTTP 500 of Elasticsearch with %s: %s', (type, outcome) => {
    const text = JSON.stringify({ error: { root_cause: [{ type: 'other', reason: 'no' }], type, reason: 'no' }, status: 500 });
    expect(outcomeOf(ACTION, { status: 500, text })).toEqual({ outcome, status: 500, detail: 'HTTP 500: other: no' });
  });

  test('keeps the id of the change', () => {
    expect(outcomeOf(ACTION, { status: 202, text: '{"changeId":"7"}' })).toEqual({ outcome: 'accepted', status: 202, changeId: 7 });
    expect(outcomeOf(ACTION, { status: 202, text: '["changeId"]' })).toEqual({ outcome: 'accepted', status: 202 });
  });

  test('is what the action itself makes of it, if it makes something', () => {
    expect(outcomeOf({ ...ACTION, read: () => ({ outcome: 'refused' }) }, { status: 200, text: '' })).toEqual({
      outcome: 'refused',
      status: 200,
    });
    expect(outcomeOf({ ...ACTION, read: () => undefined }, { status: 200, text: '' }).outcome).toBe('accepted');
  });

  test('without an answer it is open, unless the request never left', () => {
    expect(outcomeOfError(failure('UndeliveredError'))).toEqual({ outcome: 'undelivered', detail: 'cut off' });
    expect(outcomeOfError(failure('NoAnswerError'))).toEqual({ outcome: 'unknown', detail: 'cut off' });
  });

  test.each([
    [{ status: 204, text: 'anything' }, { outcome: 'accepted' }],
    [{ status: 200, text: ' \n' }, { outcome: 'accepted' }],
    [{ status: 200, text: '{"status":"204"}' }, { outcome: 'accepted' }],
    [
      { status: 200, text: '{"status":500,"body":{"message":"no leader"}}' },
      { outcome: 'unknown', status: 500, detail: 'HTTP 200 with status 500 in the body: no leader' },
    ],
    [
      { status: 200, text: '{"status":500,"body":null}' },
      { outcome: 'unknown', status: 500, detail: 'HTTP 200 with status 500 in the body: {"status":500,"body":null}' },
    ],
    [
      { status: 200, text: 'ok' },
      { outcome: 'unknown', status: 200, detail: 'HTTP 200 with no status in the body: ok' },
    ],
    [
      { status: 200, text: 'x'.repeat(201) },
      { outcome: 'unknown', status: 200, detail: `HTTP 200 with no status in the body: ${'x'.repeat(200)}` },
    ],
    [{ status: 202, text: '' }, undefined],
    [{ status: 500, text: '{"status":204}' }, undefined],
  ])('4: %j to a pause is %j', (response, expected) => {
    expect(readExportingAnswer(response)).toEqual(expected);
  });

  test.each([
    [{ status: 202, text: '{"changeId":7}' }, undefined],
    [{ status: 200, text: '{"changeId":"0"}' }, undefined],
    [
      { status: 202, text: '' },
      { outcome: 'unknown', detail: 'HTTP 202 that names no change: ' },
    ],
    [
      { status: 200, text: '{}' },
      { outcome: 'unknown', detail: 'HTTP 200 that names no change: {}' },
    ],
    [
      { status: 204, text: '' },
      { outcome: 'unknown', detail: 'HTTP 204 that names no change: ' },
    ],
    [
      { status: 299, text: ` ${'x'.repeat(201)}` },
      { outcome: 'unknown', detail: `HTTP 299 that names no change: ${'x'.repeat(200)}` },
    ],
    [{ status: 199, text: '' }, undefined],
    [{ status: 302, text: '' }, undefined],
  ])('%j to a request for a change is %j', (response, expected) => {
    expect(readChangeAnswer(response)).toEqual(expected);
  });
});

test.each([
  ['this will result in partitions having no replicas', 'half that holds the data'],
  [`broker '3' is not in the current cluster`, 'a broker that is to stay is not a member'],
  ['Cannot force add brokers', 'force can only remove'],
  ['the cluster configuration is not initialized', 'still starting'],
  [`partition '1' does not have the exporter 'x'`, 'no broker knows that exporter'],
  [`the exporter 'x' is disabled`, 'must be enabled'],
  ['Expected 2 members but expected 4', 'is missing'],
  ['Leader of partition 1 is not known', 'is missing'],
  ['an open index with same name already exists', 'indices are there already'],
  ['security_exception: no', 'credentials'],
  ['HTTP 401', 'credentials'],
])('%j is explained', (detail, meaning) => {
  expect(meaningOf(detail)).toContain(meaning);
});

test('what nobody has an explanation for has none', () => {
  expect(meaningOf('HTTP 504: x')).toBeUndefined();
});

describe('the configuration of the cluster', () => {
  test('is read with its changes', () => {
    expect(
      clusterConfiguration({
        brokers: [{ id: '1', state: 'ACTIVE', partitions: [{ id: 2, state: 'JOINING' }] }, 'x'],
        lastChange: { id: '3', status: 'COMPLETED' },
        pendingChange: { id: 4, startedAt: 'now', pending: [{ operation: 'BROKER_ADD' }] },
      }),
    ).toEqual({
      members: [{ brokerId: '1', state: 'ACTIVE', partitions: [{ partitionId: 2, state: 'JOINING' }] }],
      lastChange: { id: 3, status: 'COMPLETED' },
      pendingChange: { id: 4, startedAt: 'now', operations: ['BROKER_ADD'] },
    });
  });

  test.each([undefined, [], {}, { brokers: {} }])('is not read from %j', value => {
    expect(clusterConfiguration(value)).toBeUndefined();
  });

  test('may be without any change', () => {
    expect(clusterConfiguration({ brokers: [], lastChange: null, pendingChange: [] })).toEqual({ members: [] });
  });
});

test('the view of a gateway is read, or not at all', () => {
  expect(
    clusterTopology({
      clusterSize: 4,
      replicationFactor: '4',
      brokers: [{ nodeId: '2', partitions: [{ partitionId: 1, role: 'leader', health: 'healthy' }] }],
    }),
  ).toEqual({
    clusterId: '',
    clusterSize: 4,
    partitionsCount: NaN,
    replicationFactor: 4,
    gatewayVersion: '',
    brokers: [{ brokerId: '2', version: '', partitions: [{ partitionId: 1, role: 'leader', health: 'healthy' }] }],
  });
  expect([undefined, [], {}, { brokers: 1 }].map(clusterTopology)).toEqual([undefined, undefined, undefined, undefined]);
});

describe('Elasticsearch', () => {
  test('indices are read with their documents, where shards are there, and without its own', () => {
    const states = indexStates([
      { index: 'a', health: 'green', 'docs.count': '3' },
      { index: 'b', health: 'red', 'docs.count': null },
      { index: '.own', health: 'green', 'docs.count': '1' },
    ]);
    expect([...states!]).toEqual([
      ['a', { health: 'green', docs: 3 }],
      ['b', { health: 'red' }],
    ]);
    expect(indexStates({})).toBeUndefined();
  });

  test('health needs a status', () => {
    expect(searchHealth({ status: 'green', initializing_shards: 2 })).toEqual({ status: 'green', initializingShards: 2 });
    expect([searchHealth({}), searchHealth([]), searchHealth(undefined)]).toEqual([undefined, undefined, undefined]);
  });

  test('a snapshot is read without the indices that Elasticsearch keeps for itself', () => {
    expect(snapshotState({ snapshots: [{ state: 'PARTIAL', indices: ['a', '.own'], shards: { failed: '2' } }] })).toEqual({
      state: 'PARTIAL',
      indices: ['a'],
      failedShards: 2,
    });
    expect(snapshotState({ snapshots: [{ state: 'SUCCESS' }] })).toEqual({ state: 'SUCCESS', indices: [], failedShards: 0 });
    expect([snapshotState({ snapshots: [] }), snapshotState([])]).toEqual([undefined, undefined]);
  });

  test('a repository is read by its name', () => {
    expect(repositoryState({ camunda_failback: { type: 's3', settings: { bucket: 'b', readonly: true } } })).toEqual({
      type: 's3',
      settings: { bucket: 'b', readonly: 'true' },
    });
    const nothing = [{}, [], { camunda_failback: 'x' }, { camunda_failback: { type: 's3' } }].map(repositoryState);
    expect(nothing).toEqual([undefined, undefined, undefined, undefined]);
  });
});
