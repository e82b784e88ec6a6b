import { parse } from 'yaml';
import { conflictingSetting, ownerOfVariable } from '../../constructs/topology/plan/owned-names';
import { SNAPSHOT_NAMES } from '../../constructs/topology/plan/owned-settings';
import { ProblemSeverity } from '../../constructs/topology/rules/judging/problem';
import { problemsOf } from '../../constructs/topology/rules/rules';
import { type PodSettings, WORKLOADS, type WorkloadName } from '../../constructs/topology/settings/pod';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import { at, containers, find, leaves, objectsOf, podTemplates, type Labels, type PodTemplate } from '../support/manifests';
import { DEFAULT_SETTINGS } from '../support/settings/settings';

const OWNERS: Readonly<Record<WorkloadName, string>> = {
  orchestration: 'StatefulSet/camunda-zeebe',
  gateway: 'Deployment/camunda-zeebe-gateway',
  operate: 'Deployment/camunda-operate',
  tasklist: 'Deployment/camunda-tasklist',
  connectors: 'Deployment/camunda-connectors',
  elasticsearch: 'Elasticsearch/elasticsearch',
};

/** A version in which the workload has pods of its own. */
const versionOf = (workload: WorkloadName): string => (['gateway', 'operate', 'tasklist'].includes(workload) ? '8.7' : '8.9');
const podOf = (workload: WorkloadName, settings: Partial<DualRegionSettings> = {}): PodTemplate =>
  podTemplates(objectsOf(1, { camunda: { version: versionOf(workload) }, ...settings })).find(({ owner }) => owner === OWNERS[workload])!
    .template;
const withPod = (workload: WorkloadName, pod: PodSettings): Partial<DualRegionSettings> => ({ [workload]: { pod } });

describe.each(WORKLOADS)('the pods of %s', workload => {
  const plain = podOf(workload);
  const given = (pod: PodSettings): PodTemplate => podOf(workload, withPod(workload, pod));

  test('get variables beside their own, from values and from Secrets, in the main container alone', () => {
    const { spec } = given({
      environment: [
        { name: 'HTTP_PROXY_HOST', value: 'proxy.example.com' },
        { name: 'MAIL_PASSWORD', secretName: 'mail', secretKey: 'password' },
      ],
    });
    expect(spec.containers[0].env).toEqual([
      ...plain.spec.containers[0].env!,
      { name: 'HTTP_PROXY_HOST', value: 'proxy.example.com' },
      { name: 'MAIL_PASSWORD', valueFrom: { secretKeyRef: { name: 'mail', key: 'password' } } },
    ]);
    expect(spec.initContainers).toEqual(plain.spec.initContainers);
  });

  test('go to nodes with a label, and put up with taints', () => {
    const { spec } = given({
      nodeSelector: { 'example.com/pool': 'processes' },
      tolerations: [{ key: 'dedicated', value: 'camunda', effect: 'NoSchedule' }],
    });
    expect(spec.nodeSelector).toEqual({ 'example.com/pool': 'processes' });
    expect(spec.tolerations).toEqual([{ key: 'dedicated', value: 'camunda', effect: 'NoSchedule' }]);
    expect(spec.topologySpreadConstraints).toEqual(plain.spec.topologySpreadConstraints);
  });

  test('get annotations and labels beside their own', () => {
    const { metadata } = given({ annotations: { 'example.com/scrape': 'true' }, labels: { 'example.com/team': 'processes' } });
    expect(metadata).toEqual({
      ...plain.metadata,
      annotations: { ...plain.metadata?.annotations, 'example.com/scrape': 'true' },
      labels: { ...plain.metadata?.labels, 'example.com/team': 'processes' },
    });
  });

  test('get the credentials of a registry', () => {
    expect(given({ imagePullSecrets: ['registry-credentials'] }).spec.imagePullSecrets).toEqual([{ name: 'registry-credentials' }]);
  });

  test('are what they were if nothing is given', () => {
    expect(given({})).toEqual(plain);
  });

  test('take nothing that is given to others', () => {
    const others = WORKLOADS.filter(other => other !== workload);
    const pod: PodSettings = { environment: [{ name: 'A', value: 'b' }], labels: { a: 'b' }, nodeSelector: { a: 'b' } };
    expect(podOf(workload, Object.assign({}, ...others.map(other => withPod(other, pod))) as Partial<DualRegionSettings>)).toEqual(plain);
  });
});

describe('settings by path', () => {
  const configurationOf = (version: string, pod: PodSettings = {}) => {
    const objects = objectsOf(0, { camunda: { version }, ...withPod('orchestration', pod) });
    return { pod: podTemplates(objects).find(({ owner }) => owner === OWNERS.orchestration)!.template, ...brokerFile(objects) };
  };

  test.each(Object.keys(CAMUNDA_VERSIONS))(
    'get into application.yaml of brokers of %s, beside their own, and replace the pods',
    version => {
      const plain = configurationOf(version);
      const more = configurationOf(version, {
        configuration: { 'camunda.cluster.raft.heartbeat-interval': '500ms', 'my.list[0].name': 'a', 'my.list[1].name': 'b' },
      });
      expect(at(more.file, 'camunda', 'cluster', 'raft', 'heartbeat-interval')).toBe('500ms');
      expect(at(more.file, 'my')).toEqual({ 'list[0]': { name: 'a' }, 'list[1]': { name: 'b' } });
      const kept = leaves(more.file).filter(({ path }) => !/^my\.|heartbeat-interval$/.test(path));
      expect(kept).toEqual(leaves(plain.file));
      expect(more.pod.metadata?.annotations).not.toEqual(plain.pod.metadata?.annotations);
      expect(more.pod.spec.containers[0].env).toEqual(plain.pod.spec.containers[0].env);
    },
  );

  test('become variables of Connectors, by the names that Spring knows', () => {
    const configuration = { 'camunda.connector.polling.interval': '5s', 'my.client-list[1].id': 'x' };
    expect(podOf('connectors', withPod('connectors', { configuration })).spec.containers[0].env).toEqual(
      expect.arrayContaining([
        { name: 'CAMUNDA_CONNECTOR_POLLING_INTERVAL', value: '5s' },
        { name: 'MY_CLIENTLIST_1_ID', value: 'x' },
      ]),
    );
  });

  test('get into elasticsearch.yml', () => {
    const configuration = { 'indices.query.bool.max_clause_count': '2048' };
    const nodeSet = (settings: Partial<DualRegionSettings>) =>
      at<Labels>(find(objectsOf(0, settings), 'Elasticsearch', 'elasticsearch'), 'spec', 'nodeSets', 0, 'config');
    expect(nodeSet(withPod('elasticsearch', { configuration }))).toEqual({ ...nodeSet({}), ...configuration });
  });
});

describe('what this library sets itself', () => {
  const objects = objectsOf(0);
  const variables = (workload: WorkloadName, from = objects): string[] =>
    containers(from)
      .filter(({ owner, container }) => owner === OWNERS[workload] && container.name !== 'dns-gate')
      .flatMap(({ container }) => (container.env ?? []).map(({ name }) => name));

  test.each(WORKLOADS)('is refused at the latest when it is rendered: every variable of %s', workload => {
    const version = { camunda: { version: versionOf(workload) } };
    const names = variables(workload, objectsOf(0, version));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const environment = [{ name, secretName: 'mine', secretKey: 'key' }];
      expect(() => objectsOf(0, { ...version, ...withPod(workload, { environment }) })).toThrow('[pod-owned]');
    }
  });

  test.each(WORKLOADS.filter(workload => versionOf(workload) === '8.9'))('is refused before that: every variable of %s', workload => {
    expect(variables(workload).length).toBeGreaterThan(0);
    const also = workload === 'elasticsearch' ? SNAPSHOT_NAMES.variables : [];
    expect(variables(workload).filter(name => ownerOfVariable(name, also) === undefined)).toEqual([]);
  });

  test('is refused before that: every path of application.yaml, as a path and as a variable', () => {
    const paths = leaves(brokerFile(objects).file).map(({ path }) => path.replace(/\.\d+(\.|$)/g, '$1'));
    expect(paths.length).toBeGreaterThan(40);
    const isAllowed = (pod: PodSettings): boolean =>
      problemsOf({ ...DEFAULT_SETTINGS, ...withPod('orchestration', pod) }).every(({ severity }) => severity !== ProblemSeverity.ERROR);
    expect(paths.filter(path => isAllowed({ configuration: { [path]: 'x' } }))).toEqual([]);
    const names = paths.map(path => path.replaceAll('-', '').replaceAll('.', '_').toUpperCase());
    expect(names.filter(name => isAllowed({ environment: [{ name, value: '${X}' }] }))).toEqual([]);
  });

  test('is refused before that: every setting of Elasticsearch', () => {
    const config = at<Labels>(find(objects, 'Elasticsearch', 'elasticsearch'), 'spec', 'nodeSets', 0, 'config');
    expect(Object.keys(config).filter(path => !conflictingSetting(path, 'elasticsearch', SNAPSHOT_NAMES.settings))).toEqual([]);
  });

  test('is no more than that: without snapshots of ours, Elasticsearch may have credentials and clients of yours', () => {
    const environment = [{ name: 'AWS_ROLE_ARN', value: 'arn:aws:iam::123456789012:role/Mine' }];
    const settings = withPod('elasticsearch', { environment, configuration: { 's3.client.default.region': 'eu-west-1' } });
    const pod = podOf('elasticsearch', { ...settings, backup: { enabled: false } });
    expect(pod.spec.containers[0].env).toContainEqual(environment[0]);
  });

  test.each([
    ['CAMUNDA_CLUSTER_RAFT_HEARTBEATINTERVAL', 'camunda.cluster.raft.heartbeat-interval'],
    ['CAMUNDA_CLUSTER_SIZES', 'camunda.cluster.sizes'],
    ['CAMUNDA_DATA_PRIMARYSTORAGE_ROCKSDB_MEMORYLIMIT', 'camunda.data.primary-storage.rocks-db.memory-limit'],
  ])('leaves others alone: %s', (name, path) => {
    expect([ownerOfVariable(name), conflictingSetting(path, 'orchestration'), conflictingSetting(path, 'connectors')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

/** The settings of brokers as they stand in their ConfigMap. */
function brokerFile(objects: ReturnType<typeof objectsOf>): { readonly file: unknown } {
  const [map] = objects.filter(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata.labels?.['app.kubernetes.io/component'] === 'zeebe-broker',
  );
  return { file: parse((map.data as Labels)['application.yaml']) };
}
