import { parse } from 'yaml';
import { FIXED_NAMES } from '../../constructs/topology/plan/names';
import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import { at, find, objectsOf, type PodTemplate } from '../support/manifests';

const ELASTICSEARCH = find(objectsOf(0), 'Elasticsearch', 'elasticsearch');
const POD = at<PodTemplate>(ELASTICSEARCH, 'spec', 'nodeSets', 0, 'podTemplate');
const CLUSTER = { matchLabels: { 'elasticsearch.k8s.elastic.co/cluster-name': 'elasticsearch' } };

test('runs the version of the table, with the image named rather than left to the operator', () => {
  const { tag } = CAMUNDA_VERSIONS['8.9'].images.elasticsearch;
  expect(ELASTICSEARCH.apiVersion).toBe('elasticsearch.k8s.elastic.co/v1');
  expect(at(ELASTICSEARCH, 'spec', 'version')).toBe(tag);
  expect(at(ELASTICSEARCH, 'spec', 'image')).toBe(`docker.elastic.co/elasticsearch/elasticsearch:${tag}`);
});

test('gets the Services from the operator that the topology names', () => {
  const nodeSet = at<string>(ELASTICSEARCH, 'spec', 'nodeSets', 0, 'name');
  expect(FIXED_NAMES.elasticsearchNodes).toBe(`${ELASTICSEARCH.metadata.name}-es-${nodeSet}`);
  expect(FIXED_NAMES.elasticsearchHttp).toBe(`${ELASTICSEARCH.metadata.name}-es-http`);
});

test('spreads nodes over hosts and zones', () => {
  expect(POD.spec.affinity).toEqual({
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: CLUSTER, topologyKey: 'kubernetes.io/hostname' }],
    },
  });
  expect(POD.spec.topologySpreadConstraints).toEqual([
    { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: CLUSTER },
  ]);
});

test('tells Elasticsearch its zone, so that copies of a shard are in different ones', () => {
  expect(ELASTICSEARCH.metadata.annotations).toEqual({ 'eck.k8s.elastic.co/downward-node-labels': 'topology.kubernetes.io/zone' });
  expect(POD.spec.containers[0].env).toContainEqual({
    name: 'ZONE',
    valueFrom: { fieldRef: { fieldPath: "metadata.annotations['topology.kubernetes.io/zone']" } },
  });
  expect(at(ELASTICSEARCH, 'spec', 'nodeSets', 0, 'config')).toMatchObject({
    'node.store.allow_mmap': false,
    'logger.org.elasticsearch.deprecation': 'OFF',
    'node.attr.zone': '${ZONE}',
    'cluster.routing.allocation.awareness.attributes': 'k8s_node_name,zone',
  });
});

test('keeps its data when it is deleted, and loses at most one node at a time', () => {
  expect(at(ELASTICSEARCH, 'spec')).toMatchObject({
    volumeClaimDeletePolicy: 'DeleteOnScaledownOnly',
    updateStrategy: { changeBudget: { maxUnavailable: 1 } },
    podDisruptionBudget: { spec: { minAvailable: 2, selector: CLUSTER } },
  });
  expect(at(ELASTICSEARCH, 'spec', 'nodeSets', 0, 'volumeClaimTemplates')).toEqual([
    {
      metadata: { name: 'elasticsearch-data' },
      spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'ebs-sc', resources: { requests: { storage: '64Gi' } } },
    },
  ]);
});

describe("Camunda's user", () => {
  const roleWith = (
    settings: Parameters<typeof objectsOf>[1] = {},
  ): { cluster: string[]; indices: { names: string[]; privileges: string[] }[] } => {
    const secret = find(objectsOf(0, settings), 'Secret', 'camunda-elasticsearch-roles');
    return (parse(at<string>(secret, 'stringData', 'roles.yml')) as { camunda: ReturnType<typeof roleWith> }).camunda;
  };

  test('has a role of ours in the file realm', () => {
    expect(at(ELASTICSEARCH, 'spec', 'auth')).toEqual({
      fileRealm: [{ secretName: 'camunda-elasticsearch-user' }],
      roles: [{ secretName: 'camunda-elasticsearch-roles' }],
    });
  });

  test('may do what Camunda needs, on its own indices, and no more', () => {
    expect(roleWith()).toEqual({
      cluster: [
        'monitor',
        'manage_index_templates',
        'manage_ilm',
        'create_snapshot',
        'monitor_snapshot',
        'cluster:admin/snapshot/delete',
        'manage_pipeline',
      ],
      indices: [
        {
          names: ['zeebe-record*', 'operate-*', 'tasklist-*', 'camunda-*'],
          privileges: ['create_index', 'delete_index', 'read', 'write', 'manage'],
        },
      ],
    });
  });

  test.each([...Object.keys(CAMUNDA_VERSIONS).map(version => ({ version })), { version: '8.8', migratingFrom: '8.7' }])(
    'may put pipelines in %j: a role that changes with the version comes too late',
    camunda => {
      // Brokers of both versions talk to each other in a migration.
      expect(roleWith({ camunda, tls: { betweenBrokers: false } }).cluster).toContain('manage_pipeline');
    },
  );

  test.each(Object.keys(CAMUNDA_VERSIONS))('may use every index that an older version has left to %s', version => {
    expect(roleWith({ camunda: { version } }).indices).toEqual(roleWith().indices);
  });
});

test('has no access to the Kubernetes API', () => {
  expect(POD.spec).toMatchObject({ serviceAccountName: 'elasticsearch', automountServiceAccountToken: false });
  expect(at(find(objectsOf(0), 'ServiceAccount', 'elasticsearch'), 'automountServiceAccountToken')).toBe(false);
});

test('is rendered as the operator writes it back, so that it stays as it was applied', () => {
  expect(at(ELASTICSEARCH, 'spec', 'nodeSets', 0, 'podTemplate', 'metadata')).toEqual({});
  const quantities = JSON.stringify(at(ELASTICSEARCH, 'spec', 'nodeSets', 0)).match(/"\d+(m|[KMGT]i)?"/g) ?? [];
  const [cpu, size] = [/^"\d+000m"$/, /^"(\d+)[KMG]i"$/];
  expect(quantities).toEqual(expect.arrayContaining(['"2"', '"4Gi"', '"64Gi"']));
  expect(quantities.filter(text => cpu.test(text) || Number(size.exec(text)?.[1] ?? 1) % 1024 === 0)).toEqual([]);
});

test('follows the settings', () => {
  const objects = objectsOf(0, {
    elasticsearch: { nodesPerRegion: 5, resources: { cpuMillis: 600, cpuLimitMillis: 900, memoryMiB: 3072 }, volumeGiB: 200 },
    images: { registry: 'registry.example.com' },
  });
  const elasticsearch = find(objects, 'Elasticsearch', 'elasticsearch');
  expect(at(elasticsearch, 'spec', 'image')).toMatch(/^registry\.example\.com\/elasticsearch\/elasticsearch:/);
  expect(at(elasticsearch, 'spec', 'podDisruptionBudget', 'spec', 'minAvailable')).toBe(4);
  expect(at(elasticsearch, 'spec', 'nodeSets', 0)).toMatchObject({
    count: 5,
    podTemplate: {
      spec: { containers: [{ resources: { requests: { cpu: '600m', memory: '3Gi' }, limits: { cpu: '900m', memory: '3Gi' } } }] },
    },
    volumeClaimTemplates: [{ spec: { resources: { requests: { storage: '200Gi' } } } }],
  });
});
