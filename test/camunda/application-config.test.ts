import { parse } from 'yaml';
import { planOf } from '../../constructs/topology/plan-of';
import { Topology } from '../../constructs/topology/topology';
import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import { at, find, leaves, objectsOf, type Container, type KubernetesObject } from '../support/manifests';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { ofVersion, VERSIONS } from '../support/settings/versions';

const TOPOLOGY = Topology.of(DEFAULT_SETTINGS);
const VERSION = CAMUNDA_VERSIONS['8.9'];

function textOf(objects: readonly KubernetesObject[]): string {
  return at<string>(find(objects, 'ConfigMap', 'camunda-zeebe-configuration'), 'data', 'application.yaml');
}

function brokerConfig(version: string): string {
  const { configMapSuffix } = CAMUNDA_VERSIONS[version].orchestration;
  const map = find(objectsOf(0, ofVersion(version)), 'ConfigMap', `camunda-zeebe-configuration${configMapSuffix}`);
  return at<string>(map, 'data', 'application.yaml');
}

function configOf(...args: Parameters<typeof objectsOf>): unknown {
  return parse(textOf(objectsOf(...args)));
}

const CONFIG = configOf(0);

test('is the same text in both regions', () => {
  expect(textOf(objectsOf(0))).toBe(textOf(objectsOf(1)));
});

test('writes to both regions from every broker, with the same user', () => {
  const connect = (namespace: string) => ({
    'class-name': 'io.camunda.exporter.CamundaExporter',
    args: {
      connect: {
        url: `https://elasticsearch-es-masters.${namespace}.svc.cluster.local:9200`,
        username: 'camunda',
        password: '${VALUES_ELASTICSEARCH_PASSWORD}',
      },
      index: { numberOfReplicas: 1 },
    },
  });
  expect(Object.keys(at<object>(CONFIG, 'camunda', 'data', 'exporters'))).toEqual(['camundaregion0', 'camundaregion1']);
  expect(at(CONFIG, 'camunda', 'data', 'exporters')).toMatchObject({
    camundaregion0: connect('camunda-london'),
    camundaregion1: connect('camunda-paris'),
  });
  expect(at(CONFIG, 'camunda', 'data', 'secondary-storage', 'autoconfigure-camunda-exporter')).toBe(false);
});

test("reads from the own region's Elasticsearch", () => {
  expect(at(CONFIG, 'camunda', 'data', 'secondary-storage', 'elasticsearch')).toEqual({
    url: 'https://elasticsearch-es-http:9200',
    'cluster-name': 'elasticsearch',
    username: 'camunda',
    password: '${VALUES_ELASTICSEARCH_PASSWORD}',
    'number-of-replicas': 1,
    backup: { 'repository-name': 'camunda_backup' },
    history: { 'policy-name': 'camunda-history-retention-policy' },
  });
});

test('makes one cluster of both regions', () => {
  const config = configOf(0, { camunda: { clusterSize: 6, partitionCount: 7 } });
  expect(at(config, 'camunda', 'cluster')).toMatchObject({
    name: 'camunda-zeebe',
    size: 6,
    'partition-count': 7,
    'replication-factor': 4,
    'node-id': '${VALUES_ORCHESTRATION_NODE_ID}',
    'initial-contact-points': TOPOLOGY.contactPoints,
  });
});

test('advertises exactly the names that the topology knows the brokers by', () => {
  const advertised = at<string>(CONFIG, 'camunda', 'cluster', 'network', 'advertised-host');
  for (const { regionId } of TOPOLOGY.regions) {
    const statefulSet = find(objectsOf(regionId), 'StatefulSet', 'camunda-zeebe');
    const container = at<Container>(statefulSet, 'spec', 'template', 'spec', 'containers', 0);
    for (const broker of TOPOLOGY.regions[regionId].brokers) {
      const fields = { 'metadata.name': broker.podName, 'metadata.namespace': statefulSet.metadata.namespace };
      const values = new Map(
        container.env!.map(({ name, value, valueFrom }) => [
          name,
          value ?? fields[at<keyof typeof fields>(valueFrom, 'fieldRef', 'fieldPath')],
        ]),
      );
      expect(advertised.replace(/\$\{(\w+)\}/g, (_, name: string) => values.get(name) ?? '?')).toBe(broker.hostName);
    }
  }
});

test('gives the members time for the distance, and compresses what they send', () => {
  expect(at(CONFIG, 'camunda', 'cluster')).toMatchObject({
    membership: { 'probe-timeout': '1000ms', 'probe-interval': '2s', 'failure-timeout': '10000ms' },
    raft: { 'snapshot-request-timeout': '10s' },
    'compression-algorithm': 'GZIP',
  });
});

test('creates the administrator, the user of Connectors and, without a role, that of a recovery, and nobody else', () => {
  expect(at(CONFIG, 'camunda', 'security', 'initialization')).toEqual({
    users: [
      { username: 'connectors', password: '${VALUES_CONNECTORS_PASSWORD}', name: 'Connectors', email: 'connectors@example.com' },
      { username: 'admin', password: '${VALUES_ADMIN_PASSWORD}', name: 'Administrator', email: 'admin@example.com' },
      { username: 'recovery', password: '${VALUES_RECOVERY_PASSWORD}', name: 'Recovery', email: 'recovery@example.com' },
    ],
    'default-roles': { admin: { users: ['admin'] }, connectors: { users: ['connectors'] } },
  });
  expect(at(CONFIG, 'camunda', 'security', 'authentication')).toEqual({ method: 'basic', 'unprotected-api': false });
  expect(at(CONFIG, 'camunda', 'security', 'authorizations', 'enabled')).toBe(true);
});

test('has the profiles of the version', () => {
  expect(at(CONFIG, 'spring', 'profiles', 'active')).toBe('admin,broker,operate,tasklist,consolidated-auth');
});

test.each([
  ['8.7', /^zeebe\.broker\.|^camunda\.database\./],
  ['8.8', /^zeebe\.broker\.(gateway|cluster|network|experimental|exporters)\.|^(?!zeebe\.)/],
  ['8.9', /^zeebe\.broker\.gateway\.enable$|^(?!zeebe\.)/],
  ['8.10', /^zeebe\.broker\.gateway\.enable$|^(?!zeebe\.)/],
])('names every setting as %s does: of older names only those that have no successor', (version, allowed) => {
  const config = parse(brokerConfig(version)) as unknown;
  const foreign = leaves(config).filter(({ path }) => !allowed.test(path));
  expect(foreign.map(({ path }) => path)).toEqual([]);
  const { exporters, exporterClass, exporterJar, ...paths } = CAMUNDA_VERSIONS[version].settingNames;
  for (const path of Object.values<readonly string[]>(paths).flat()) expect(at(config, ...path.split('.'))).toBeDefined();
  expect(exporterJar).toBe(exporterClass === 'className' ? 'jarPath' : 'jar-path');
  const [{ exporterId }] = Topology.of({ ...DEFAULT_SETTINGS, ...ofVersion(version) }).exporters;
  expect(at(config, ...exporters.split('.'), exporterId, exporterClass)).toBe(CAMUNDA_VERSIONS[version].exporter.className);
});

describe('the memory of RocksDB', () => {
  const strategyIn = (version: string, pod = {}): unknown => {
    const objects = objectsOf(0, { ...ofVersion(version), orchestration: { pod } });
    const map = find(objects, 'ConfigMap', `camunda-zeebe-configuration${CAMUNDA_VERSIONS[version].orchestration.configMapSuffix}`);
    const config = parse(at<string>(map, 'data', 'application.yaml')) as unknown;
    return leaves(config)
      .filter(({ path }) => /memory-?allocation/i.test(path))
      .map(({ path, value }) => `${path}: ${String(value)}`);
  };

  test.each([
    ['8.7', []],
    ['8.8', []],
    ['8.9', []],
    ['8.10', ['camunda.data.primary-storage.rocks-db.memory-allocation-strategy: PARTITION']],
  ])('has a limit for each partition in %s, said where it is not the default', (version, expected) => {
    expect(strategyIn(version)).toEqual(expected);
  });

  test.each(['camunda.data.primary-storage.rocks-db', 'camunda.data.primary-storage.rocksdb'])('is what the user says below %s', parent => {
    const path = `${parent}.memory-allocation-strategy`;
    expect(strategyIn('8.10', { configuration: { [path]: 'BROKER' } })).toEqual([`${path}: BROKER`]);
  });

  test.each(['CAMUNDA_DATA_PRIMARYSTORAGE_ROCKSDB_MEMORYALLOCATIONSTRATEGY', 'ZEEBE_BROKER_EXPERIMENTAL_ROCKSDB_MEMORYALLOCATIONSTRATEGY'])(
    'is left to %s, if that is given',
    name => expect(strategyIn('8.10', { environment: [{ name, value: 'FRACTION' }] })).toEqual([]),
  );
});

test.each(VERSIONS)('makes one cluster of both regions in %s, with contact points of the whole cluster', version => {
  const topology = Topology.of({ ...DEFAULT_SETTINGS, ...ofVersion(version) });
  const { settingNames } = planOf(topology).version;
  const config = parse(brokerConfig(version)) as unknown;
  const valueOf = (names: readonly string[]) => new Set(names.map(name => JSON.stringify(at(config, ...name.split('.')))));
  expect(valueOf(settingNames.contactPoints)).toEqual(new Set([JSON.stringify(topology.contactPoints)]));
  expect(valueOf(settingNames.clusterName)).toEqual(new Set(['"camunda-zeebe"']));
  expect(valueOf(settingNames.clusterSize)).toEqual(new Set(['8']));
  expect(valueOf(settingNames.replicationFactor)).toEqual(new Set(['4']));
  expect(valueOf(settingNames.compression)).toEqual(new Set(['"GZIP"']));
});

test.each([
  [
    '8.7',
    { url: 'URL', authentication: { username: 'camunda', password: '${VALUES_ELASTICSEARCH_PASSWORD}' }, index: { numberOfReplicas: 1 } },
  ],
  ['8.8', { connect: { url: 'URL', username: 'camunda', password: '${VALUES_ELASTICSEARCH_PASSWORD}' }, index: { numberOfReplicas: 1 } }],
])('tells exporters of %s where to write in their own words', (version, args) => {
  const config = parse(brokerConfig(version)) as unknown;
  const url = 'https://elasticsearch-es-masters.camunda-paris.svc.cluster.local:9200';
  const { idPrefix } = CAMUNDA_VERSIONS[version].exporter;
  const expected = JSON.parse(JSON.stringify(args).replace('URL', url)) as unknown;
  expect(at(config, 'zeebe', 'broker', 'exporters', `${idPrefix}1`, 'args')).toMatchObject(expected as object);
});

test('has no gateway, users or applications in the brokers of 8.7', () => {
  const config = parse(brokerConfig('8.7')) as unknown;
  expect(at(config, 'zeebe', 'broker', 'gateway')).toEqual({ enable: false });
  expect(Object.keys(config as object)).toEqual(['zeebe', 'camunda']);
  expect(Object.keys(at<object>(config, 'camunda'))).toEqual(['database']);
});

test('takes each setting from one place: no variable of the pod overrides a path of the file', () => {
  const variableOf = (path: string) => path.replace(/-/g, '').replace(/\./g, '_').toUpperCase();
  const fromFile = new Set(leaves(CONFIG).map(({ path }) => variableOf(path)));
  const container = at<Container>(find(objectsOf(0), 'StatefulSet', 'camunda-zeebe'), 'spec', 'template', 'spec', 'containers', 0);
  const names = container.env!.map(({ name }) => name);
  expect(names.filter(name => fromFile.has(name) || /^(ZEEBE|CAMUNDA|SPRING)_/.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

test('has a value for every placeholder, and none for a license that nobody gave', () => {
  const container = at<Container>(find(objectsOf(0), 'StatefulSet', 'camunda-zeebe'), 'spec', 'template', 'spec', 'containers', 0);
  const known = [...container.env!.map(({ name }) => name), VERSION.orchestration.nodeIdVariable];
  const used = [...textOf(objectsOf(0)).matchAll(/\$\{([^}]+)\}/g)].map(match => match[1]);
  expect(used.filter(name => !known.includes(name))).toEqual([]);
  expect(textOf(objectsOf(0))).not.toMatch(/license/i);
});
