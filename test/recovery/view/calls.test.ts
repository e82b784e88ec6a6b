import { describeCall, isHttpCall, pathOf, targetText, type HttpCall } from '../../../lib/recovery/calls/call';
import { additionOfBrokers } from '../../../lib/recovery/calls/management-calls';
import { shellLine, shellPreparation } from '../../../lib/recovery/calls/rendered-calls';
import { readIndices } from '../../../lib/recovery/calls/search-calls';
import { failbackPlan } from '../../../lib/recovery/plans/failback-plan';
import { failoverPlan } from '../../../lib/recovery/plans/failover-plan';
import type { Plan } from '../../../lib/recovery/run/step';
import { brokerPodsLook, phaseLook, rolloutLook } from '../../../lib/recovery/steps/kubernetes-looks';
import { sidesOf } from '../../../lib/recovery/view/members';
import { topologyOf } from '../stand-in/deployment';

const REPOSITORY = { type: 's3', settings: { bucket: 'b' } };
const CONTENT = '{"indices":"*,-.*","include_global_state":true,"feature_states":["none"]}';

/** What a plan sends, in its order, and what it only waits for. */
function sentBy({ steps }: Plan): string[] {
  return steps.map(({ id, action }) => (action ? `${id}: ${describeCall(action.call)} (${action.repeat})` : id));
}

const copying = (from: number, to: number): string[] => [
  'pause-exporting: POST :9600/actuator/exporting/pause (safe)',
  'await-rest',
  `register-source: PUT elasticsearch of region ${from} :9200/_snapshot/camunda_failback {"type":"s3","settings":{"bucket":"b"}} (safe)`,
  `take-snapshot: PUT elasticsearch of region ${from} :9200/_snapshot/camunda_failback/s-1 ${CONTENT} (by-name)`,
  `register-target: PUT elasticsearch of region ${to} :9200/_snapshot/camunda_failback {"type":"s3","settings":{"bucket":"b","readonly":"true"}} (safe)`,
  `restore: POST elasticsearch of region ${to} :9200/_snapshot/camunda_failback/s-1/_restore ${CONTENT} (by-name)`,
];

test.each([
  ['8.7', 0, 'POST :9600/actuator/cluster/brokers?force=true [1,3]', 'elasticsearchregion0'],
  ['8.7', 1, 'POST :9600/actuator/cluster/brokers?force=true [0,2]', 'elasticsearchregion1'],
  ['8.9', 0, 'PATCH :9600/actuator/cluster?force=true {"brokers":{"remove":[0,2]}}', 'camundaregion0'],
  ['8.9', 1, 'PATCH :9600/actuator/cluster?force=true {"brokers":{"remove":[1,3]}}', 'camundaregion1'],
])('a failover of %s with region %i lost sends a forced removal, then disables the exporter', (version, lost, removal, exporter) => {
  expect(sentBy(failoverPlan(topologyOf(version, 4), lost))).toEqual([
    'judge-loss',
    `remove-brokers: ${removal} (conclusive)`,
    `disable-${exporter}: POST :9600/actuator/exporters/${exporter}/disable (safe)`,
    'resume-exporting: POST :9600/actuator/exporting/resume (safe)',
    'verify',
  ]);
});

test('a failback of 8.7 brings Operate and Tasklist back before exporters', () => {
  const from = 'elasticsearchregion1';
  expect(sentBy(failbackPlan(topologyOf('8.7', 4), 0, { snapshotName: 's-1', repository: REPOSITORY }))).toEqual([
    'judge-recreation',
    'await-recreation',
    'await-brokers',
    ...copying(1, 0),
    'await-steady-state',
    `enable-elasticsearchregion0: POST :9600/actuator/exporters/elasticsearchregion0/enable {"initializeFrom":"${from}"} (conclusive)`,
    'resume-exporting: POST :9600/actuator/exporting/resume (safe)',
    'add-brokers: POST :9600/actuator/cluster/brokers?replicationFactor=4 [0,1,2,3] (conclusive)',
    'await-health',
    'verify',
  ]);
});

test('a failback of 8.9 brings them back at the end', () => {
  expect(sentBy(failbackPlan(topologyOf('8.9', 4), 1, { snapshotName: 's-1', repository: REPOSITORY }))).toEqual([
    'judge-recreation',
    'await-recreation',
    'await-brokers',
    ...copying(0, 1),
    'enable-camundaregion1: POST :9600/actuator/exporters/camundaregion1/enable {"initializeFrom":"camundaregion0"} (conclusive)',
    'resume-exporting: POST :9600/actuator/exporting/resume (safe)',
    'add-brokers: PATCH :9600/actuator/cluster {"brokers":{"add":[1,3]},"partitions":{"replicationFactor":4}} (conclusive)',
    'await-health',
    'await-steady-state',
    'await-health-again',
    'verify',
  ]);
});

test.each([
  ['8.7', 'POST :9600/actuator/cluster/brokers?replicationFactor=4&dryRun=true [0,1,2,3]'],
  ['8.9', 'PATCH :9600/actuator/cluster?dryRun=true {"brokers":{"add":[1,3]},"partitions":{"replicationFactor":4}}'],
])('an addition to %s is rehearsed with the same call, as a dry run', (version, expected) => {
  const topology = topologyOf(version, 4);
  expect(describeCall(additionOfBrokers(topology, sidesOf(topology, 1), true))).toBe(expected);
});

describe('what has to hold before something is sent', () => {
  const conditionsOf = (plan: Plan, stepId: string): string[] =>
    plan.steps.find(({ id }) => id === stepId)!.requires.map(({ description, calls }) => `${description} [${calls.length}]`);
  const IDENTIFIED = "both Elasticsearch answer, each is that of its region, and the one of region 0 holds Camunda's data [6]";
  const UNSEEN = [
    'gateways see no broker of region 1, for 15 s without a break [1]',
    'what has shown that region 1 is lost is still so [3]',
    'no rollout of the surviving brokers is going on [1]',
  ];
  const STILL = ['exporting is paused in every partition of the surviving region [2]', 'no exporter has gone on since all was at rest [2]'];
  const LAST_CHANGE = 'the id of the last change is known, and written down [1]';
  const over = failoverPlan(topologyOf('8.9', 4), 1);
  const back = failbackPlan(topologyOf('8.9', 4), 1, { snapshotName: 's-1', repository: REPOSITORY });

  test.each([
    [over, 'remove-brokers', [...UNSEEN, LAST_CHANGE]],
    [
      failoverPlan(topologyOf('8.9', 4), 0),
      'remove-brokers',
      [
        ...UNSEEN.map(text => text.replace('region 1', 'region 0')),
        'a dry run finds brokers 0, 2 among the members, and no change pending [1]',
      ],
    ],
    [over, 'disable-camundaregion1', ['the members are 0, 2, and no change is pending [1]', LAST_CHANGE]],
    [back, 'pause-exporting', []],
    [back, 'take-snapshot', [IDENTIFIED, 'region 0 has the repository [1]', ...STILL]],
    [back, 'register-target', ['snapshot s-1 is a SUCCESS without failed shards [1]']],
    [back, 'restore', [IDENTIFIED, 'snapshot s-1 is a SUCCESS without failed shards [1]', ...STILL]],
    [back, 'enable-camundaregion1', [...STILL, 'exporter camundaregion0 is ENABLED, and no change is pending [2]', LAST_CHANGE]],
    [back, 'resume-exporting', ['exporter camundaregion1 is ENABLED, and no change is pending [2]']],
    [
      back,
      'add-brokers',
      [
        'exporter camundaregion1 is ENABLED, and no change is pending [2]',
        'exporting is not paused in every partition of the surviving region [2]',
        'a dry run ends with two replicas of each partition in each region [1]',
      ],
    ],
  ] as const)('%#: %s', (plan, stepId, expected) => {
    expect(conditionsOf(plan, stepId)).toEqual(expected);
  });

  test('only the first step of a plan judges whether it may begin', () => {
    for (const { steps } of [over, back]) expect(steps.map(({ isPrecheck }) => isPrecheck === true)).toEqual(steps.map((_, i) => i === 0));
  });

  test('every step says what it is for and what to do when it fails, and knows how long it may take', () => {
    for (const { steps } of [over, back]) {
      for (const { title, purpose, advice, timeoutMs, done } of steps) {
        for (const text of [title, purpose, advice, done.description]) expect(text.length).toBeGreaterThan(12);
        expect(timeoutMs).toBeGreaterThanOrEqual(60_000);
      }
    }
  });
});

describe('a call', () => {
  const call: HttpCall = { target: { kind: 'management' }, method: 'GET', path: '/a' };

  test('has its query in its path, where it has one', () => {
    expect([pathOf(call), pathOf({ ...call, query: { b: 'c d', e: 'f' } })]).toEqual(['/a', '/a?b=c+d&e=f']);
  });

  test('is told on one line, with its body', () => {
    expect(describeCall(call)).toBe('GET :9600/a');
    expect(describeCall({ ...call, method: 'POST', body: [1] })).toBe('POST :9600/a [1]');
  });

  test('names its target', () => {
    expect(
      ([{ kind: 'management' }, { kind: 'rest' }, { kind: 'broker', brokerId: '3' }, { kind: 'elasticsearch', regionId: 1 }] as const).map(
        targetText,
      ),
    ).toEqual([':9600', ':8080', 'broker 3 :9600', 'elasticsearch of region 1 :9200']);
  });

  test('is told from a look at Kubernetes', () => {
    expect([call, { regionId: 0, kubectl: [] }].map(isHttpCall)).toEqual([true, false]);
  });

  test('lists all indices, with what is needed of them', () => {
    expect(pathOf(readIndices(0))).toBe('/_cat/indices?format=json&h=index%2Chealth%2Cdocs.count&expand_wildcards=all');
  });
});

describe('a line for a shell', () => {
  const topology = topologyOf('8.9', 4);
  const [, region] = topology.regions;

  test.each([
    [{ target: { kind: 'management' }, method: 'GET', path: '/a' }, 'curl --silent --show-error "$MANAGEMENT/a"'],
    [{ target: { kind: 'rest' }, method: 'GET', path: '/a' }, 'curl --silent --show-error --user "$REST_USER" "$REST/a"'],
    [
      { target: { kind: 'elasticsearch', regionId: 1 }, method: 'PUT', path: '/a', body: { b: 1 } },
      `curl --silent --show-error --request PUT --user "$ELASTICSEARCH_USER_1" "$ELASTICSEARCH_1/a" --header 'Content-Type: application/json' --data '{"b":1}'`,
    ],
    [{ target: { kind: 'broker', brokerId: '2' }, method: 'GET', path: '/a' }, 'curl --silent --show-error "$BROKER_2/a"'],
  ] as const)('%j', (call, expected) => {
    expect(shellLine(topology, call)).toBe(expected);
  });

  test('asks for no user where the REST API asks for none', () => {
    expect(shellLine(topologyOf('8.7', 4), { target: { kind: 'rest' }, method: 'GET', path: '/a' })).toBe(
      'curl --silent --show-error "$REST/a"',
    );
  });

  test('has a token where users log in by an identity provider, and says where it is from', () => {
    const restClient = {
      clientId: 'recovery',
      tokenUri: 'https://login.example.com/token',
      audience: 'camunda',
      scope: 'a b',
      secretName: 's',
      key: 'k',
    };
    const secured = { ...topology, restUser: undefined, tls: false, restClient };
    expect(shellLine(secured, { target: { kind: 'rest' }, method: 'GET', path: '/a' })).toBe(
      'curl --silent --show-error --header "Authorization: Bearer $REST_TOKEN" "$REST/a"',
    );
    expect(shellPreparation(secured, 1).slice(4, 6)).toEqual([
      'MANAGEMENT=http://localhost:9600 REST=http://localhost:8080',
      `REST_TOKEN=...   # access_token of: command curl --data-urlencode 'grant_type=client_credentials' --data-urlencode 'client_id=recovery' --data-urlencode 'audience=camunda' --data-urlencode 'scope=a b' --data-urlencode client_secret@secret.txt https://login.example.com/token`,
    ]);
  });

  test('looks at Kubernetes', () => {
    expect([brokerPodsLook, phaseLook, rolloutLook].map(check => shellLine(topology, check(region)))).toEqual([
      'kubectl --context "$CONTEXT_1" --namespace camunda-paris get pods --selector statefulset.kubernetes.io/pod-name --output wide',
      'kubectl --context "$CONTEXT_1" --namespace camunda-paris get configmap camunda-recovery-topology --output yaml',
      'kubectl --context "$CONTEXT_1" --namespace camunda-paris rollout status statefulset/camunda-zeebe --watch=false',
    ]);
  });

  test('opens the way to the survivor, with the authority where TLS is on', () => {
    const plain = shellPreparation({ ...topology, tls: false }, 1);
    expect(plain.slice(0, 5)).toEqual([
      'CONTEXT_0=...   # kubectl context of eu-west-2',
      'CONTEXT_1=...   # kubectl context of eu-west-3',
      'kubectl --context "$CONTEXT_1" --namespace camunda-paris port-forward service/camunda-zeebe-gateway 9600:9600 &',
      'kubectl --context "$CONTEXT_1" --namespace camunda-paris port-forward service/camunda-zeebe-gateway 8080:8080 &',
      'MANAGEMENT=http://localhost:9600 REST=http://localhost:8080 REST_USER=recovery:...',
    ]);
    const trusting = shellPreparation({ ...topology, tls: true }, 1);
    expect(trusting.slice(4, 7)).toEqual([
      `kubectl --context "$CONTEXT_1" --namespace camunda-paris get secret camunda-tls --output jsonpath='{.data.ca\\.crt}' | base64 --decode > ca.crt`,
      'curl() { command curl --cacert ca.crt --connect-to ::localhost: "$@"; }',
      'MANAGEMENT=http://localhost:9600 REST=https://camunda-zeebe-gateway.camunda-paris.svc:8080 REST_USER=recovery:...',
    ]);
  });

  test('opens it to both Elasticsearch and to the surviving brokers', () => {
    expect(shellPreparation({ ...topology, tls: false }, 0).slice(5)).toEqual([
      'kubectl --context "$CONTEXT_0" --namespace camunda-london port-forward service/elasticsearch-es-http 9200:9200 &',
      'ELASTICSEARCH_0=http://localhost:9200 ELASTICSEARCH_USER_0=elastic:...',
      'kubectl --context "$CONTEXT_1" --namespace camunda-paris port-forward service/elasticsearch-es-http 9201:9200 &',
      'ELASTICSEARCH_1=http://localhost:9201 ELASTICSEARCH_USER_1=elastic:...',
      'kubectl --context "$CONTEXT_0" --namespace camunda-london port-forward pod/camunda-zeebe-0 9610:9600 &',
      'BROKER_0=http://localhost:9610',
      'kubectl --context "$CONTEXT_0" --namespace camunda-london port-forward pod/camunda-zeebe-1 9611:9600 &',
      'BROKER_2=http://localhost:9611',
    ]);
  });
});
