import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { withSettings } from '../settings/changed-settings';
import { DEFAULT_SETTINGS } from '../settings/settings';

/** What trips a rule about workloads: its id, the setting it names, the value it shows, and the settings. */
export type WorkloadRow = readonly [rule: string, setting: string, value: unknown, settings: DualRegionSettings];

/** Values of another kind, as JavaScript and files may hold them. */
const pod = (changes: unknown, section = 'orchestration'): DualRegionSettings => ({ ...DEFAULT_SETTINGS, [section]: { pod: changes } });
const patch = (changes: unknown): DualRegionSettings => ({ ...DEFAULT_SETTINGS, patches: changes }) as DualRegionSettings;
const operation = (changes: unknown): DualRegionSettings => patch([{ kind: 'Service', name: 'x', operations: [changes] }]);
const memory = (memoryMiB: number, partitionCount = 8): DualRegionSettings =>
  withSettings({ camunda: { partitionCount }, orchestration: { resources: { memoryMiB } } });
const license = (licenseSecretName: unknown): DualRegionSettings =>
  withSettings({ camunda: { licenseSecretName: licenseSecretName as string } });

const ARN = 'arn:aws:secretsmanager:eu-west-2:123456789012:secret:licence-AbCdEf';

/** Where gateways, Operate and Tasklist have pods of their own. */
const COMPONENTS = { camunda: { version: '8.7' } };

const SIZES: WorkloadRow[] = [
  ['number', 'elasticsearch.nodesPerRegion', 2, withSettings({ elasticsearch: { nodesPerRegion: 2 } })],
  ['number', 'elasticsearch.resources.memoryMiB', 1024, withSettings({ elasticsearch: { resources: { memoryMiB: 1024 } } })],
  ['number', 'elasticsearch.volumeGiB', 20000, withSettings({ elasticsearch: { volumeGiB: 20000 } })],
  ['number', 'gateway.replicas', 0, withSettings({ ...COMPONENTS, gateway: { replicas: 0 } })],
  ['number', 'gateway.resources.memoryMiB', 100, withSettings({ ...COMPONENTS, gateway: { resources: { memoryMiB: 100 } } })],
  ['number', 'operate.resources.memoryMiB', 512, withSettings({ ...COMPONENTS, operate: { resources: { memoryMiB: 512 } } })],
  ['number', 'tasklist.resources.cpuMillis', 1, withSettings({ ...COMPONENTS, tasklist: { resources: { cpuMillis: 1 } } })],
  ['broker-memory', 'orchestration.resources.memoryMiB', 4095, memory(4095)],
  ['broker-memory', 'orchestration.resources.memoryMiB', 8190, memory(8190, 16)],
  ['broker-volume', 'orchestration.volumeGiB', 8, withSettings(volume(8, 48))],
];

const PODS: WorkloadRow[] = [
  ['pod', 'orchestration.pod', 'much', pod('much')],
  ['pod', 'connectors.pod', null, pod(null, 'connectors')],
  ['pod-variable', 'orchestration.pod.environment', 'A=b', pod({ environment: 'A=b' })],
  ['pod-variable', 'orchestration.pod.environment[0]', 'A=b', pod({ environment: ['A=b'] })],
  ['pod-variable', 'orchestration.pod.environment[0].name', 'A B', pod({ environment: [{ name: 'A B', value: 'c' }] })],
  ['pod-variable', 'orchestration.pod.environment[0].value', 5, pod({ environment: [{ name: 'A', value: 5 }] })],
  ['pod-variable', 'orchestration.pod.environment[0]', { name: 'A' }, pod({ environment: [{ name: 'A' }] })],
  [
    'pod-variable',
    'connectors.pod.environment[0]',
    { name: 'A', secretName: 's' },
    pod({ environment: [{ name: 'A', secretName: 's' }] }, 'connectors'),
  ],
  [
    'pod-variable',
    'orchestration.pod.environment[0]',
    { name: 'A', value: 'b', secretName: 's', secretKey: 'k' },
    pod({ environment: [{ name: 'A', value: 'b', secretName: 's', secretKey: 'k' }] }),
  ],
  [
    'pod-variable',
    'elasticsearch.pod.environment[1].name',
    'A',
    pod(
      {
        environment: [
          { name: 'A', value: 'b' },
          { name: 'A', value: 'c' },
        ],
      },
      'elasticsearch',
    ),
  ],
  ...['CAMUNDA_CLUSTER_NODEID', 'camunda.cluster.node-id', 'K8S_NAME', 'VALUES_REGION_ID', 'JAVA_TOOL_OPTIONS', 'SERVER_PORT'].map(
    (name): WorkloadRow => ['pod-owned', 'orchestration.pod.environment[0].name', name, pod({ environment: [{ name, value: '7' }] })],
  ),
  ...[
    'CAMUNDA_DATA_EXPORTERS_MINE_CLASSNAME',
    'ZEEBE_BROKER_CLUSTER_NODEID',
    'ZEEBE_RESTORE_FROM_BACKUP_ID',
    'CAMUNDA_DATA_SECONDARYSTORAGE_ELASTICSEARCH_INDEXPREFIX',
    'CAMUNDA_OPERATE_ELASTICSEARCH_INDEXPREFIX',
    // Spring takes a hyphen for `_` as well.
    'CAMUNDA_DATA_SECONDARY_STORAGE_TYPE',
    'CAMUNDA_OPERATE_DATABASE',
    'CAMUNDA_SECURITY_TRANSPORT_LAYER_SECURITY_CLUSTER_ENABLED',
    'ZEEBE_BROKER_DATA_DISK_FREE_SPACE_PROCESSING',
  ].map((name): WorkloadRow => {
    return ['pod-owned', 'orchestration.pod.environment[0].name', name, pod({ environment: [{ name, value: '7' }] })];
  }),
  [
    'pod-owned',
    'elasticsearch.pod.environment[0].name',
    'ES_JAVA_OPTS',
    pod({ environment: [{ name: 'ES_JAVA_OPTS', value: '-Xmx8g' }] }, 'elasticsearch'),
  ],
  [
    'clear-text-secret',
    'orchestration.pod.environment[0].value',
    'a string for MAIL_PASSWORD',
    pod({ environment: [{ name: 'MAIL_PASSWORD', value: 'x' }] }),
  ],
  ...[
    'camunda.cluster.node-id',
    'camunda.cluster.nodeId',
    'camunda.cluster',
    'camunda.cluster.size.x',
    'camunda.cluster.zone',
    'camunda.cluster.partitioning.scheme',
    'zeebe.broker.experimental.partitioning.scheme',
    'camunda.physical-tenants.a.data.secondary-storage.type',
    'zeebe.broker.exporters.mine',
    'camunda.database.type',
  ].map((path): WorkloadRow => ['pod-owned', `orchestration.pod.configuration.${path}`, '7', pod({ configuration: { [path]: '7' } })]),
  [
    'pod-owned',
    'connectors.pod.configuration.camunda.client.auth.method',
    'none',
    pod({ configuration: { 'camunda.client.auth.method': 'none' } }, 'connectors'),
  ],
  ['pod-owned', 'elasticsearch.pod.configuration.node.attr.zone', 'a', pod({ configuration: { 'node.attr.zone': 'a' } }, 'elasticsearch')],
  [
    'pod-owned',
    'elasticsearch.pod.configuration.s3.client.default',
    'a',
    pod({ configuration: { 's3.client.default': 'a' } }, 'elasticsearch'),
  ],
  [
    'pod-owned',
    'elasticsearch.pod.environment[0].name',
    'AWS_ROLE_ARN',
    pod({ environment: [{ name: 'AWS_ROLE_ARN', value: 'x' }] }, 'elasticsearch'),
  ],
  [
    'clear-text-secret',
    'orchestration.pod.configuration.my.client-secret',
    'a string for my.client-secret',
    pod({ configuration: { 'my.client-secret': 'x' } }),
  ],
  // The message must not show what it is about.
  [
    'clear-text-secret',
    'orchestration.pod.configuration.camunda.data.secondary-storage.elasticsearch.password',
    'a string for camunda.data.secondary-storage.elasticsearch.password',
    pod({ configuration: { 'camunda.data.secondary-storage.elasticsearch.password': 'x' } }),
  ],
  ['pod-configuration', 'orchestration.pod.configuration', ['a'], pod({ configuration: ['a'] })],
  ['pod-configuration', 'orchestration.pod.configuration.a b', 'c', pod({ configuration: { 'a b': 'c' } })],
  ['pod-configuration', 'orchestration.pod.configuration.a.b', 5, pod({ configuration: { 'a.b': 5 } })],
  ['pod-configuration', 'orchestration.pod.configuration.a.b', 'y', pod({ configuration: { a: 'x', 'a.b': 'y' } })],
  ['pod-node-selector', 'orchestration.pod.nodeSelector', 'pool', pod({ nodeSelector: 'pool' })],
  [
    'pod-node-selector',
    'orchestration.pod.nodeSelector.topology.kubernetes.io/zone',
    'eu-west-2a',
    pod({ nodeSelector: { 'topology.kubernetes.io/zone': 'eu-west-2a' } }),
  ],
  ['pod-node-selector', 'orchestration.pod.nodeSelector.pool', 'a b', pod({ nodeSelector: { pool: 'a b' } })],
  ['pod-annotation', 'orchestration.pod.annotations.checksum/config', 'x', pod({ annotations: { 'checksum/config': 'x' } })],
  ['pod-annotation', 'connectors.pod.annotations.scrape', true, pod({ annotations: { scrape: true } }, 'connectors')],
  ['pod-label', 'orchestration.pod.labels.app.kubernetes.io/component', 'x', pod({ labels: { 'app.kubernetes.io/component': 'x' } })],
  ['pod-label', 'orchestration.pod.labels.app', 'x', pod({ labels: { app: 'x' } })],
  [
    'pod-label',
    'elasticsearch.pod.labels.elasticsearch.k8s.elastic.co/cluster-name',
    'x',
    pod({ labels: { 'elasticsearch.k8s.elastic.co/cluster-name': 'x' } }, 'elasticsearch'),
  ],
  ['pod-label', 'orchestration.pod.labels.team', 'a/b', pod({ labels: { team: 'a/b' } })],
  ['pod-toleration', 'orchestration.pod.tolerations', {}, pod({ tolerations: {} })],
  ['pod-toleration', 'orchestration.pod.tolerations[0]', 'all', pod({ tolerations: ['all'] })],
  ['pod-toleration', 'orchestration.pod.tolerations[0].key', undefined, pod({ tolerations: [{ value: 'x' }] })],
  ['pod-toleration', 'orchestration.pod.tolerations[0].operator', 'In', pod({ tolerations: [{ key: 'a', operator: 'In' }] })],
  ['pod-toleration', 'orchestration.pod.tolerations[0].effect', 'NoRun', pod({ tolerations: [{ key: 'a', effect: 'NoRun' }] })],
  ['pod-toleration', 'orchestration.pod.tolerations[0].value', 'x', pod({ tolerations: [{ key: 'a', operator: 'Exists', value: 'x' }] })],
  ['pod-toleration', 'orchestration.pod.tolerations[0].tolerationSeconds', 5, pod({ tolerations: [{ key: 'a', tolerationSeconds: 5 }] })],
  ['pod-pull-secret', 'connectors.pod.imagePullSecrets[0]', 'My Secret', pod({ imagePullSecrets: ['My Secret'] }, 'connectors')],
];

const PATCHES: WorkloadRow[] = [
  ['patch', 'patches', 'x', patch('x')],
  ['patch', 'patches[0]', 'x', patch(['x'])],
  ['patch', 'patches[0].kind', 'service', patch([{ kind: 'service', name: 'x', operations: [] }])],
  ['patch', 'patches[0].name', undefined, patch([{ kind: 'Service', operations: [] }])],
  ['patch', 'patches[0].operations', undefined, patch([{ kind: 'Service', name: 'x' }])],
  ['patch', 'patches[0].operations[0]', 'x', operation('x')],
  ['patch', 'patches[0].operations[0].op', 'set', operation({ op: 'set', path: '/a', value: 1 })],
  ['patch', 'patches[0].operations[0].path', 'a', operation({ op: 'add', path: 'a', value: 1 })],
  ['patch', 'patches[0].operations[0].value', undefined, operation({ op: 'add', path: '/a' })],
  ['patch', 'patches[0].operations[0].value', 1, operation({ op: 'remove', path: '/a', value: 1 })],
  ['patch', 'patches[0].operations[0].value', NaN, operation({ op: 'add', path: '/a', value: NaN })],
  ['patch', 'patches[0].operations[0].from', undefined, operation({ op: 'move', path: '/a' })],
  ['patch', 'patches[0].operations[0].from', '/b', operation({ op: 'add', path: '/a', from: '/b', value: 1 })],
  ['patch-owned', 'patches[0].operations[0].path', '/metadata', operation({ op: 'replace', path: '/metadata', value: {} })],
  [
    'patch-owned',
    'patches[0].operations[0].path',
    '/spec/selector/app',
    operation({ op: 'replace', path: '/spec/selector/app', value: 'x' }),
  ],
  ['patch-owned', 'patches[0].operations[0].from', '/metadata/name', operation({ op: 'move', from: '/metadata/name', path: '/spec/a' })],
  [
    'clear-text-secret',
    'patches[0].operations[0].value',
    'a string for ADMIN_PASSWORD',
    operation({ op: 'add', path: '/spec/env/-', value: { name: 'ADMIN_PASSWORD', value: 'x' } }),
  ],
  [
    'clear-text-secret',
    'patches[0].operations[0].value',
    'a string for password',
    operation({ op: 'add', path: '/data/password', value: 'x' }),
  ],
];

const LICENSES: WorkloadRow[] = [ARN, '', 'a b', 5].map(name => ['license-secret', 'camunda.licenseSecretName', name, license(name)]);

/** What trips each rule about workloads that is an error, alone. */
export const WORKLOAD_ERRORS: WorkloadRow[] = [...SIZES, ...PODS, ...PATCHES, ...LICENSES];

/** The same for warnings. */
export const WORKLOAD_WARNINGS: WorkloadRow[] = [
  ['broker-page-cache', 'orchestration.resources.memoryMiB', 6826, memory(6826)],
  ['broker-page-cache', 'orchestration.resources.memoryMiB', 4096, memory(4096)],
  ...(['gateway', 'operate', 'tasklist'] as const).map((name): WorkloadRow => {
    return ['setting-unused', `${name}.pod`, 'nodeSelector', withSettings({ [name]: { pod: { nodeSelector: { disk: 'fast' } } } })];
  }),
  [
    'setting-unused',
    'connectors.pod',
    'imagePullSecrets, environment',
    withSettings({
      connectors: { enabled: false, pod: { imagePullSecrets: ['registry'], environment: [{ name: 'A', value: 'b' }], labels: {} } },
    }),
  ],
  ['setting-unused', 'gateway.replicas', 3, withSettings({ gateway: { replicas: 3 } })],
  ['setting-unused', 'operate.resources', 'memoryMiB', withSettings({ operate: { resources: { memoryMiB: 4096 } } })],
  ['setting-unused', 'connectors.replicas', 2, withSettings({ connectors: { enabled: false, replicas: 2 } })],
  ['setting-unused', 'controllers.certManager', 'version', withSettings({ tls: { enabled: false }, ...certManager('v1.21.2') })],
  ['zone-neighbours', 'camunda.clusterSize', 10, withSettings({ camunda: { clusterSize: 10 } })],
];

function certManager(version: string): Partial<DualRegionSettings> {
  return { controllers: { certManager: { version } } };
}

/** A volume, and memory that is no trouble however many partitions there are. */
function volume(volumeGiB: number, partitionCount: number): Partial<DualRegionSettings> {
  const configuration = { 'camunda.data.primary-storage.rocks-db.memory-limit': '64MB' };
  return { camunda: { partitionCount }, orchestration: { volumeGiB, pod: { configuration } } };
}
