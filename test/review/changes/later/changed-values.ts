import type { Row, Table } from '../../../../constructs/topology/settings/rows/row';
import { isMapping } from '../../../../constructs/topology/settings/rows/value-kinds';
import { SETTINGS, type DualRegionSettings } from '../../../../constructs/topology/settings/settings';
import { FULL_PATCHES, FULL_POD } from '../../../support/findings/full-pods';
import { FULL_SETTINGS, keysIn } from '../../../support/settings/full-settings';
import { TRAFFIC } from '../../../support/settings/traffic';
import { patchOf } from '../../../support/settings/versions';

/** A setting with the value that it gets. */
export type ChangedValue = readonly [path: string, value: unknown];

const RESOURCES: readonly ChangedValue[] = [
  ['resources.cpuMillis', 900],
  ['resources.cpuLimitMillis', 3000],
  ['resources.memoryMiB', 7680],
];

const POD: readonly ChangedValue[] = Object.entries(FULL_POD).map(([key, value]): ChangedValue => [`pod.${key}`, value]);

function below(section: string, values: readonly ChangedValue[]): ChangedValue[] {
  return values.map(([path, value]): ChangedValue => [`${section}.${path}`, value]);
}

const KEYS = keysIn('eu-west-2');

const chart = (name: string): ChangedValue[] =>
  below(`controllers.${name}`, [
    ['repository', 'oci://registry.example.com/charts'],
    ['version', '9.9.9'],
  ]);

/** Settings that mean something while documents are kept in S3. */
export const DOCUMENT_VALUES: readonly ChangedValue[] = below('documents', [
  ['retainBuckets', false],
  ['expiryDays', 60],
  ['deleteAfterDays', 90],
]);

/** What is patched between two versions of Kubernetes. */
const RELEASES: readonly ChangedValue[] = [
  ['nodeRelease', '1.36.4-20260923'],
  ['addons.vpcCni', 'v1.23.1-eksbuild.1'],
  ['addons.kubeProxy', 'v1.36.1-eksbuild.1'],
  ['addons.podIdentityAgent', 'v1.4.0-eksbuild.2'],
  ['addons.coreDns', 'v1.14.6-eksbuild.4'],
  ['addons.ebsCsi', 'v1.67.0-eksbuild.1'],
];

/** Another value for each setting, valid in the default configuration. Those within entries of lists are changed with their list. */
export const CHANGED_VALUES: readonly ChangedValue[] = [
  ['name', 'orders'],
  ['activeRegion', 1],
  ['acknowledgedRoundTripMs', 120],
  ['retainVolumes', false],
  ['tags', { team: 'processes' }],
  ['patches', FULL_PATCHES],
  ['extraFlows', FULL_SETTINGS.extraFlows],
  ['review.acknowledge', FULL_SETTINGS.review.acknowledge],
  ['traffic', TRAFFIC],
  ['recovery.recreatedRegion', 1],
  ...below('regions.0', [
    ['awsRegion', 'eu-west-1'],
    ['vpcCidr', '10.196.0.0/16'],
    ['serviceCidr', '10.180.0.0/16'],
    ['namespace', 'camunda-other'],
    ['availabilityZones', ['eu-west-2a', 'eu-west-2b', 'eu-west-2c']],
    ['camundaPatch', patchOf('8.9', 1)],
    ['imageRegistry', 'registry.example.com/mirror'],
    ['chartRepository', 'oci://registry.example.com/charts'],
    ['kubernetes.version', '1.35'],
    ...below('kubernetes', RELEASES),
    ['keys.volumes', KEYS.volumes],
    ['keys.nodes', KEYS.nodes],
    ['keys.logs', KEYS.logs],
    ['keys.cluster', KEYS.cluster],
  ]),
  ...below('camunda', [
    ['version', '8.8'],
    ['clusterSize', 12],
    ['partitionCount', 12],
    ['licenseSecretName', 'company/camunda-licence'],
  ]),
  ...below('orchestration', [
    ...RESOURCES,
    ...POD,
    ['volumeGiB', 64],
    ['dnsGateTimeoutSeconds', 60],
    ['exporters', FULL_SETTINGS.orchestration.exporters],
  ]),
  ...below('connectors', [...RESOURCES, ...POD, ['enabled', false], ['replicas', 2], ['inbound', false]]),
  ...below('elasticsearch', [
    ...RESOURCES,
    ...POD.filter(([path]) => path !== 'pod.configuration'),
    ['pod.configuration', { 'indices.query.bool.max_clause_count': '2048' }],
    ['nodesPerRegion', 4],
    ['volumeGiB', 128],
  ]),
  ...below('history', [
    ['retention.enabled', false],
    ['retention.days', 60],
    ['retention.usageMetricsDays', 800],
    ['retention.processInstanceMode', 'PI'],
    ['archiving.waitMinutes', 30],
    ['archiving.indexDays', 7],
    ['archiving.batchSize', 200],
    ['bulk.size', 2000],
    ['bulk.delaySeconds', 2],
    ['instancesPerDay', 30000],
    ['instanceKiB', 100],
  ]),
  ...below('kubernetes', [
    ['version', '1.35'],
    ...RELEASES,
    ['publicAccessCidrs', ['198.51.100.0/24']],
    ['adminRoleArns', ['arn:aws:iam::123456789012:role/Operators']],
    ['recoveryRoleArns', ['arn:aws:iam::123456789012:role/OnCall']],
    ['logRetentionDays', 30],
  ]),
  ...below('nodes', [
    ['instanceType', 'm6i.2xlarge'],
    ['perZone', 3],
    ['maxPerZone', 5],
    ['volumeGiB', 80],
    ['amiFamily', 'Bottlerocket'],
    ['labels', { team: 'processes' }],
    ['managedPolicies', ['AmazonSSMManagedInstanceCore']],
    ['systemReserved.cpuMillis', 50],
    ['systemReserved.memoryMiB', 64],
    ['groups', FULL_SETTINGS.nodes.groups],
  ]),
  ...below('images', [
    ['registry', 'registry.example.com/mirror'],
    ['camundaTag', patchOf('8.9', 1)],
    ['connectorsTag', '8.9.99'],
    ['elasticsearchTag', '8.19.99'],
  ]),
  ...['loadBalancerController', 'elasticOperator', 'externalSecrets', 'certManager'].flatMap(chart),
  ...below('backup', [
    ['enabled', false],
    ['retainBuckets', false],
    ['expiryDays', 60],
  ]),
  ['documents.store', 's3'],
  ...DOCUMENT_VALUES,
  ['monitoring.enabled', true],
  ...below('monitoring.prometheus', [
    ['namespace', 'observability'],
    ['podLabels', { app: 'prometheus' }],
    ['objectLabels', { release: 'kube-prometheus-stack' }],
    ['intervalSeconds', 15],
  ]),
  ['tls.enabled', false],
  ['tls.betweenBrokers', false],
  ['users.groups', [{ groupId: 'clerks', users: ['jane'] }]],
  ['users.roles', [{ roleId: 'readonly-admin', users: ['jane'] }]],
  [
    'users.authorizations',
    [{ ownerType: 'USER', ownerId: 'jane', resourceType: 'COMPONENT', resourceId: 'operate', permissions: ['ACCESS'] }],
  ],
];

/** Settings that a version has, where they mean something. */
export const OLD_VALUES: readonly ChangedValue[] = [
  ...below('gateway', [...RESOURCES, ...POD, ['replicas', 3]]),
  ...below('operate', [...RESOURCES, ...POD]),
  ...below('tasklist', [...RESOURCES, ...POD]),
  ['camunda.migratingFrom', '8.7'],
  ['history.retention.recordsDays', 21],
];

/** Settings of a cluster whose brokers form zones. */
export const ZONE_VALUES: readonly ChangedValue[] = [
  ['camunda.zones', false],
  ['regions.0.zone.name', 'london'],
  ['regions.0.zone.priority', 2000],
];

/** What is changed together, where one alone is refused or means little. */
export const CHANGED_TOGETHER: readonly (readonly ChangedValue[])[] = [
  [
    ['regions.0.account', '111111111111'],
    ['regions.1.account', '111111111111'],
  ],
  ...(['buckets', 'secrets'] as const).map((purpose): ChangedValue[] =>
    ['eu-central-1', 'eu-west-1'].map((awsRegion, i) => [`regions.${i}.keys.${purpose}`, keysIn(awsRegion)[purpose]]),
  ),
  [
    ['nodes.perZone', 3],
    ['nodes.volumeGiB', 80],
  ],
  [
    ['tags', { team: 'processes' }],
    ['images.camundaTag', patchOf('8.9', 1)],
  ],
  [
    ['tls.enabled', false],
    ['backup.enabled', false],
  ],
  [
    ['connectors.enabled', false],
    ['kubernetes.logRetentionDays', 30],
  ],
  [
    ['users.oidc', FULL_SETTINGS.users.oidc],
    ['users.roles', FULL_SETTINGS.users.roles],
    ['users.mappingRules', FULL_SETTINGS.users.mappingRules],
  ],
  [
    ['nodes.instanceType', 'm6i.4xlarge'],
    ['kubernetes.recoveryRoleArns', []],
  ],
];

/** Settings of one value, and those that describe a VPC that exists: another one is another VPC. */
export const WITHOUT_ANOTHER: readonly string[] = ['camunda.replicationFactor', 'nodes.capacityType', 'regions.existingVpc'];

/** Every setting, without those of entries of lists, regions aside. */
export function allSettings(rows: Table = SETTINGS, parent = ''): string[] {
  return Object.entries(rows).flatMap(([key, row]: [string, Row]) => {
    const path = parent === '' ? key : `${parent}.${key}`;
    if (WITHOUT_ANOTHER.includes(path)) return [];
    if (row.kind === 'section' && row.optional) return [path];
    return row.kind === 'section' || path === 'regions' ? allSettings('rows' in row ? row.rows : {}, path) : [path];
  });
}

/** Settings with another value at a path. */
export function changed(settings: DualRegionSettings, changes: readonly ChangedValue[]): DualRegionSettings {
  return changes.reduce((all, [path, value]) => withValue(all, path.split('.'), value) as DualRegionSettings, settings);
}

function withValue(data: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(data)) return data.map((entry: unknown, i) => (String(i) === key ? withValue(entry, rest, value) : entry));
  const mapping = isMapping(data) ? data : {};
  return { ...mapping, [key]: withValue(mapping[key], rest, value) };
}
