import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { withRegions, withSettings } from '../settings/changed-settings';
import { DEFAULT_SETTINGS } from '../settings/settings';
import { MIGRATION, patchOf } from '../settings/versions';

/** What trips a rule: its id, the setting it names, the value it shows, and the settings. */
export type Row = readonly [rule: string, setting: string, value: unknown, settings: DualRegionSettings];

/** Values of another kind, as JavaScript and files may hold them. */
export const untyped = (changes: Record<string, unknown>): DualRegionSettings => ({ ...DEFAULT_SETTINGS, ...changes });
export const region0 = (changes: Record<string, unknown>): DualRegionSettings => withRegions(changes);
export const account = '123456789012';
export const zones = ['eu-west-2a', 'eu-west-2b', 'eu-west-2c'];

export const CAMUNDA: Row[] = [
  ['name', 'name', 'Camunda', withSettings({ name: 'Camunda' })],
  ['name', 'name', 'a'.repeat(21), withSettings({ name: 'a'.repeat(21) })],
  ['name', 'name', '', withSettings({ name: '' })],
  ['name', 'name', 'orders-', withSettings({ name: 'orders-' })],
  ['name', 'name', '1st', withSettings({ name: '1st' })],
  ['name', 'name', 5, untyped({ name: 5 })],
  ['active-region', 'activeRegion', 2, withSettings({ activeRegion: 2 })],
  ['active-region', 'activeRegion', 'eu-west-2', untyped({ activeRegion: 'eu-west-2' })],
  ['camunda-version', 'camunda.version', '8.5', withSettings({ camunda: { version: '8.5' } })],
  ['camunda-version', 'camunda.version', 8.9, untyped({ camunda: { version: 8.9 } })],
  ['camunda-version', 'camunda.version', 'toString', withSettings({ camunda: { version: 'toString' } })],
  ...[7, 5, 2, 0, -2, 8.5, 902, NaN, Infinity].map((clusterSize): Row => {
    return ['cluster-size', 'camunda.clusterSize', clusterSize, withSettings({ camunda: { clusterSize } })];
  }),
  ['cluster-size', 'camunda.clusterSize', 'eight', untyped({ camunda: { clusterSize: 'eight' } })],
  ['replication-factor', 'camunda.replicationFactor', 3, withSettings({ camunda: { replicationFactor: 3 } })],
  ['replication-factor', 'camunda.replicationFactor', '4', untyped({ camunda: { replicationFactor: '4' } })],
  ['number', 'camunda.partitionCount', 0, withSettings({ camunda: { partitionCount: 0 } })],
  ['number', 'camunda.partitionCount', 8193, withSettings({ camunda: { partitionCount: 8193 } })],
  ['image-tag', 'images.camundaTag', '8.8.1', withSettings({ images: { camundaTag: '8.8.1' } })],
  ['image-tag', 'images.connectorsTag', 'latest', withSettings({ images: { connectorsTag: 'latest' } })],
  ['image-tag', 'images.camundaTag', '8.9.1:x', withSettings({ images: { camundaTag: '8.9.1:x' } })],
  ['image-tag', 'images.camundaTag', 8.9, untyped({ images: { camundaTag: 8.9 } })],
  ['image-tag', 'images.camundaTag', patchOf('8.9'), withSettings({ camunda: { version: '8.7' }, images: { camundaTag: patchOf('8.9') } })],
  ['elasticsearch-version', 'images.elasticsearchTag', '8.18.0', withSettings({ images: { elasticsearchTag: '8.18.0' } })],
  ['elasticsearch-version', 'images.elasticsearchTag', '8.19', withSettings({ images: { elasticsearchTag: '8.19' } })],
  ['elasticsearch-version', 'images.elasticsearchTag', 8.19, untyped({ images: { elasticsearchTag: 8.19 } })],
  [
    'elasticsearch-version',
    'images.elasticsearchTag',
    '9.2.0',
    withSettings({ camunda: { version: '8.8' }, images: { elasticsearchTag: '9.2.0' } }),
  ],
  [
    'elasticsearch-version',
    'images.elasticsearchTag',
    '9.3.8',
    withSettings({ camunda: { version: '8.10' }, images: { elasticsearchTag: '9.3.8' } }),
  ],
  ['migration', 'camunda.migratingFrom', '8.7', withSettings({ camunda: { migratingFrom: '8.7' } })],
  ['migration', 'camunda.migratingFrom', '8.8', withSettings({ camunda: { version: '8.9', migratingFrom: '8.8' } })],
  ['migration', 'camunda.migratingFrom', '8.6', withSettings({ camunda: { version: '8.8', migratingFrom: '8.6' } })],
  ['migration', 'camunda.migratingFrom', null, untyped({ camunda: { version: '8.8', migratingFrom: null } })],
  ['recovery-region', 'recovery.recreatedRegion', 2, withSettings({ recovery: { recreatedRegion: 2 } })],
  ['recovery-region', 'recovery.recreatedRegion', 'eu-west-2', untyped({ recovery: { recreatedRegion: 'eu-west-2' } })],
  ['recovery-migration', 'recovery.recreatedRegion', 1, withSettings({ ...MIGRATION, recovery: { recreatedRegion: 1 } })],
  ['tls', 'tls.enabled', 'yes', untyped({ tls: { enabled: 'yes' } })],
  ['tls', 'tls.betweenBrokers', null, untyped({ tls: { betweenBrokers: null } })],
  ['tls-brokers', 'tls.betweenBrokers', true, withSettings({ tls: { enabled: false, betweenBrokers: true } })],
  ['tls-brokers', 'tls.betweenBrokers', true, withSettings({ camunda: { version: '8.7' }, tls: { betweenBrokers: true } })],
  ['tls-migration', 'tls.betweenBrokers', true, withSettings({ camunda: MIGRATION.camunda })],
  ['tls-migration', 'tls.betweenBrokers', true, withSettings({ camunda: MIGRATION.camunda, tls: { betweenBrokers: true } })],
];

const kmsKey = (awsRegion: string): string => `arn:aws:kms:${awsRegion}:123456789012:key/11111111-2222-3333-4444-555555555555`;
export const REGIONS: Row[] = [
  ['region-count', 'regions', 1, withSettings({ regions: DEFAULT_SETTINGS.regions.slice(0, 1) })],
  [
    'region-count',
    'regions',
    3,
    withSettings({
      regions: [
        ...DEFAULT_SETTINGS.regions,
        { awsRegion: 'eu-west-1', vpcCidr: '10.212.0.0/16', serviceCidr: '10.210.0.0/16', namespace: 'camunda-dublin' },
      ],
    }),
  ],
  ['region-count', 'regions', 0, untyped({ regions: 'eu-west-2' })],
  ...(['awsRegion', 'vpcCidr', 'serviceCidr', 'namespace'] as const).map((key): Row => {
    return ['required', `regions[0].${key}`, undefined, region0({ [key]: undefined })];
  }),
  ['aws-region', 'regions[0].awsRegion', 'London', region0({ awsRegion: 'London' })],
  ['aws-region', 'regions[0].awsRegion', null, region0({ awsRegion: null })],
  ['availability-zones', 'regions[0].availabilityZones', zones.slice(1), region0({ availabilityZones: zones.slice(1) })],
  [
    'availability-zones',
    'regions[0].availabilityZones',
    ['eu-west-2a', 'eu-west-2a', 'eu-west-2b'],
    region0({ availabilityZones: ['eu-west-2a', 'eu-west-2a', 'eu-west-2b'] }),
  ],
  [
    'availability-zones',
    'regions[0].availabilityZones[1]',
    'eu-west-3b',
    region0({ availabilityZones: ['eu-west-2a', 'eu-west-3b', 'eu-west-2c'] }),
  ],
  ['availability-zones', 'regions[0].availabilityZones', 'eu-west-2a', region0({ availabilityZones: 'eu-west-2a' })],
  ...(['us-east-1', 'ca-central-1'] as const).map((awsRegion): Row => {
    const first = awsRegion === 'us-east-1' ? 'us-east-2' : 'us-east-1';
    const availabilityZones = first === 'us-east-1' ? ['us-east-1a', 'us-east-1b', 'us-east-1c'] : undefined;
    return [
      'availability-zones-unsuitable',
      'regions[1].availabilityZones',
      undefined,
      withRegions({ awsRegion: first, availabilityZones }, { awsRegion }),
    ];
  }),
  [
    'availability-zones',
    'regions[1].availabilityZones',
    ['ca-central-1a', 'ca-central-1b'],
    withRegions(
      { awsRegion: 'us-east-1', availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] },
      { awsRegion: 'ca-central-1', availabilityZones: ['ca-central-1a', 'ca-central-1b'] },
    ),
  ],
  ['region-zones', 'regions[1].awsRegion', 'us-west-1', withRegions({ awsRegion: 'us-west-2' }, { awsRegion: 'us-west-1' })],
  [
    'region-zones',
    'regions[1].awsRegion',
    'us-west-1',
    withRegions({ awsRegion: 'us-west-2' }, { awsRegion: 'us-west-1', availabilityZones: ['us-west-1a', 'us-west-1b', 'us-west-1c'] }),
  ],
  ['partition-same', 'regions[1].awsRegion', 'cn-northwest-1', withRegions({}, { awsRegion: 'cn-northwest-1' })],
  ['partition-same', 'regions[1].awsRegion', 'eu-west-3', withRegions({ awsRegion: 'us-gov-west-1' })],
  ['kms-key', 'regions[0].keys.volumes', 'alias/volumes', region0({ keys: { volumes: 'alias/volumes' } })],
  ['kms-key', 'regions[0].keys.logs', 5, region0({ keys: { logs: 5 } })],
  ['kms-key', 'regions[0].keys', kmsKey('eu-west-2'), region0({ keys: kmsKey('eu-west-2') })],
  ['kms-key-region', 'regions[0].keys.volumes', kmsKey('eu-west-3'), region0({ keys: { volumes: kmsKey('eu-west-3') } })],
  ['kms-key-both', 'regions[1].keys.buckets', undefined, region0({ keys: { buckets: kmsKey('eu-west-2') } })],
  ['kms-key-both', 'regions[0].keys.secrets', undefined, withRegions({}, { keys: { secrets: kmsKey('eu-west-3') } })],
  ...['Camunda', 'a_b', '-a', 'a-', 'a'.repeat(64), ''].map((namespace): Row => {
    return ['namespace-label', 'regions[0].namespace', namespace, region0({ namespace })];
  }),
  ['namespace-label', 'regions[0].namespace', 5, region0({ namespace: 5 })],
  ...[
    'default',
    'kube-system',
    'kube-public',
    'kube-node-lease',
    'elastic-system',
    'external-secrets',
    'cert-manager',
    'target-group-binding',
  ].map((namespace): Row => {
    return ['namespace-system', 'regions[0].namespace', namespace, region0({ namespace })];
  }),
  ['namespace-same', 'regions[1].namespace', 'camunda-london', withRegions({}, { namespace: 'camunda-london' })],
  ['region-same', 'regions[1].awsRegion', 'eu-west-2', withRegions({}, { awsRegion: 'eu-west-2' })],
  ['account', 'regions[0].account', '12345', withRegions({ account: '12345' }, { account })],
  ['account', 'regions[0].account', 123456789012, withRegions({ account: 123456789012 as never }, { account })],
  ['account-same', 'regions[1].account', '210987654321', withRegions({ account }, { account: '210987654321' })],
  ['account-same', 'regions[1].account', undefined, withRegions({ account })],
  ['round-trip', 'regions[1].awsRegion', 'us-west-2', withRegions({}, { awsRegion: 'us-west-2' })],
  ['round-trip', 'regions[1].awsRegion', 'us-west-2', { ...withRegions({}, { awsRegion: 'us-west-2' }), acknowledgedRoundTripMs: 145.1 }],
  ['round-trip-acknowledged', 'acknowledgedRoundTripMs', Infinity, withSettings({ acknowledgedRoundTripMs: Infinity })],
  ['round-trip-acknowledged', 'acknowledgedRoundTripMs', -1, withSettings({ acknowledgedRoundTripMs: -1 })],
  [
    'round-trip-acknowledged',
    'acknowledgedRoundTripMs',
    NaN,
    { ...withRegions({}, { awsRegion: 'us-west-2' }), acknowledgedRoundTripMs: NaN },
  ],
];

export const RANGES: Row[] = [
  ...['10.192.0.0', '10.192.0.1/16', '10.192.0.0/33', 'ten', ''].map((vpcCidr): Row => {
    return ['cidr-valid', 'regions[0].vpcCidr', vpcCidr, region0({ vpcCidr })];
  }),
  ['cidr-valid', 'regions[0].serviceCidr', 10, region0({ serviceCidr: 10 })],
  ['cidr-size', 'regions[0].vpcCidr', '10.192.0.0/15', region0({ vpcCidr: '10.192.0.0/15' })],
  ['cidr-size', 'regions[0].vpcCidr', '10.192.0.0/23', region0({ vpcCidr: '10.192.0.0/23' })],
  ['cidr-size', 'regions[0].serviceCidr', '172.16.0.0/25', region0({ serviceCidr: '172.16.0.0/25' })],
  ['cidr-size', 'regions[0].serviceCidr', '10.0.0.0/11', region0({ serviceCidr: '10.0.0.0/11' })],
  ['cidr-private', 'regions[0].serviceCidr', '11.190.0.0/16', region0({ serviceCidr: '11.190.0.0/16' })],
  ['cidr-private', 'regions[0].vpcCidr', '172.32.0.0/16', region0({ vpcCidr: '172.32.0.0/16' })],
  ['cidr-private', 'regions[0].serviceCidr', '100.64.0.0/16', region0({ serviceCidr: '100.64.0.0/16' })],
  ['public-access', 'kubernetes.publicAccessCidrs[0]', '0.0.0.0/0', withSettings({ kubernetes: { publicAccessCidrs: ['0.0.0.0/0'] } })],
  [
    'public-access',
    'kubernetes.publicAccessCidrs[1]',
    'office',
    withSettings({ kubernetes: { publicAccessCidrs: ['198.51.100.7/32', 'office'] } }),
  ],
  ['public-access', 'kubernetes.publicAccessCidrs', '10.0.0.0/8', untyped({ kubernetes: { publicAccessCidrs: '10.0.0.0/8' } })],
];

const role = 'arn:aws:iam::123456789012:user/somebody';
export const admin = 'arn:aws:iam::123456789012:role/Operators';
export const onCall = 'arn:aws:iam::123456789012:role/OnCall';
const chinese = 'arn:aws-cn:iam::123456789012:role/Operators';
export const PLATFORM: Row[] = [
  ['kubernetes-version', 'kubernetes.version', '1.20', withSettings({ kubernetes: { version: '1.20' } })],
  ['kubernetes-version', 'kubernetes.version', 1.36, untyped({ kubernetes: { version: 1.36 } })],
  ['log-retention', 'kubernetes.logRetentionDays', 100, withSettings({ kubernetes: { logRetentionDays: 100 } })],
  ['admin-role', 'kubernetes.adminRoleArns[0]', role, withSettings({ kubernetes: { adminRoleArns: [role] } })],
  ['admin-role', 'kubernetes.adminRoleArns', role, untyped({ kubernetes: { adminRoleArns: role } })],
  ['recovery-role', 'kubernetes.recoveryRoleArns[0]', role, withSettings({ kubernetes: { recoveryRoleArns: [role] } })],
  ['recovery-role', 'kubernetes.recoveryRoleArns', role, untyped({ kubernetes: { recoveryRoleArns: role } })],
  ['recovery-role', 'kubernetes.recoveryRoleArns[1]', onCall, withSettings({ kubernetes: { recoveryRoleArns: [onCall, onCall] } })],
  [
    'recovery-role',
    'kubernetes.recoveryRoleArns[0]',
    onCall,
    withSettings({ kubernetes: { adminRoleArns: [onCall], recoveryRoleArns: [onCall] } }),
  ],
  ['role-partition', 'kubernetes.adminRoleArns[0]', chinese, withSettings({ kubernetes: { adminRoleArns: [chinese] } })],
  ['role-partition', 'kubernetes.recoveryRoleArns[1]', chinese, withSettings({ kubernetes: { recoveryRoleArns: [onCall, chinese] } })],
  ['section', 'nodes', 5, untyped({ nodes: 5 })],
  ['section', 'controllers.certManager', ['v1'], untyped({ controllers: { certManager: ['v1'] } })],
  ['instance-type', 'nodes.instanceType', 'large', withSettings({ nodes: { instanceType: 'large' } })],
  ['capacity', 'nodes.perZone', 1, withSettings({ nodes: { perZone: 1 } })],
  ['capacity', 'nodes.perZone', 2, withSettings({ nodes: { perZone: 2 }, elasticsearch: { nodesPerRegion: 7 } })],
  ['number', 'nodes.perZone', 0, withSettings({ nodes: { perZone: 0 } })],
  ['number', 'nodes.perZone', -1, withSettings({ nodes: { perZone: -1 } })],
  ['number', 'nodes.perZone', 151, withSettings({ nodes: { perZone: 151 } })],
  ['number', 'nodes.perZone', 'two', untyped({ nodes: { perZone: 'two' } })],
  ['number', 'nodes.maxPerZone', 1, withSettings({ nodes: { maxPerZone: 1 } })],
  ['number', 'nodes.volumeGiB', 10, withSettings({ nodes: { volumeGiB: 10 } })],
  ['number', 'orchestration.volumeGiB', 4, withSettings({ orchestration: { volumeGiB: 4 } })],
  ['number', 'orchestration.volumeGiB', 32.5, withSettings({ orchestration: { volumeGiB: 32.5 } })],
  ['number', 'orchestration.dnsGateTimeoutSeconds', -1, withSettings({ orchestration: { dnsGateTimeoutSeconds: -1 } })],
  ['number', 'orchestration.resources.cpuMillis', 50, withSettings({ orchestration: { resources: { cpuMillis: 50 } } })],
  ['number', 'orchestration.resources.cpuMillis', 'two', untyped({ orchestration: { resources: { cpuMillis: 'two' } } })],
  ['number', 'orchestration.resources.cpuLimitMillis', 500, withSettings({ orchestration: { resources: { cpuLimitMillis: 500 } } })],
  ['number', 'orchestration.resources.memoryMiB', 1024, withSettings({ orchestration: { resources: { memoryMiB: 1024 } } })],
  ['number', 'connectors.replicas', 0, withSettings({ connectors: { replicas: 0 } })],
  ['number', 'connectors.replicas', 1e9, withSettings({ connectors: { replicas: 1e9 } })],
  ['number', 'connectors.resources.memoryMiB', 256, withSettings({ connectors: { resources: { memoryMiB: 256 } } })],
  ['boolean', 'connectors.inbound', 'no', untyped({ connectors: { inbound: 'no' } })],
  ['boolean', 'backup.enabled', 'yes', untyped({ backup: { enabled: 'yes' } })],
  ['boolean', 'backup.retainBuckets', 'no', untyped({ backup: { retainBuckets: 'no' } })],
  ...[0, 3651, 1.5].map((expiryDays): Row => ['number', 'backup.expiryDays', expiryDays, withSettings({ backup: { expiryDays } })]),
  ['boolean', 'connectors.enabled', 'false', untyped({ connectors: { enabled: 'false' } })],
  [
    'image-registry',
    'images.registry',
    'https://registry.example.com',
    withSettings({ images: { registry: 'https://registry.example.com' } }),
  ],
  ['image-registry', 'images.registry', 'registry.example.com/', withSettings({ images: { registry: 'registry.example.com/' } })],
  ['image-registry', 'regions[0].imageRegistry', 'a b', region0({ imageRegistry: 'a b' })],
  ['helm-repository', 'regions[0].chartRepository', 'charts', region0({ chartRepository: 'charts' })],
  [
    'helm-repository',
    'controllers.elasticOperator.repository',
    'elastic',
    withSettings({ controllers: { elasticOperator: { repository: 'elastic' } } }),
  ],
  [
    'helm-version',
    'controllers.externalSecrets.version',
    '^1.3.0',
    withSettings({ controllers: { externalSecrets: { version: '^1.3.0' } } }),
  ],
  [
    'helm-version',
    'controllers.loadBalancerController.version',
    '3.2',
    withSettings({ controllers: { loadBalancerController: { version: '3.2' } } }),
  ],
  ['tag', 'tags.aws:team', 'x', withSettings({ tags: { 'aws:team': 'x' } })],
  ['tag', 'tags.team', 'a*b', withSettings({ tags: { team: 'a*b' } })],
  ['tag', 'tags.centre', 4711, untyped({ tags: { centre: 4711 } })],
  ['tag', 'tags', ['a'], untyped({ tags: ['a'] })],
  ['tag', 'tags', 43, withSettings({ tags: tags(43) })],
  ['tag', 'tags.Name', 'orders', withSettings({ tags: { Name: 'orders' } })],
  ['tag', 'tags.kubernetes.io/role/elb', '1', withSettings({ tags: { 'kubernetes.io/role/elb': '1' } })],
  ...['kubernetes.io', 'KubernetesCluster', 'CSIVolumeName', 'CSIVolumeSnapshotName', 'ebs.csi.aws.com/cluster', 'a=b'].map((key): Row => {
    return ['tag', `tags.${key}`, 'x', withSettings({ tags: { [key]: 'x' } })];
  }),
  ['tag', 'tags.alpha.kubernetes.io/x', '1', withSettings({ tags: { 'alpha.kubernetes.io/x': '1' } })],
];

const ecr = (awsRegion: string): string => `123456789012.dkr.ecr.${awsRegion}.amazonaws.com/mirror`;
export const WARNINGS: Row[] = [
  ['idle-brokers', 'camunda.partitionCount', 4, withSettings({ camunda: { partitionCount: 4 } })],
  ['aws-region-unknown', 'regions[1].awsRegion', 'eu-west-9', withRegions({}, { awsRegion: 'eu-west-9' })],
  ['round-trip-unknown', 'regions[1].awsRegion', 'sa-east-1', withRegions({}, { awsRegion: 'sa-east-1' })],
  ['round-trip-long', 'regions[1].awsRegion', 'us-east-2', withRegions({ awsRegion: 'eu-central-1' }, { awsRegion: 'us-east-2' })],
  [
    'round-trip-long',
    'regions[1].awsRegion',
    'us-west-2',
    { ...withRegions({}, { awsRegion: 'us-west-2' }), acknowledgedRoundTripMs: 150 },
  ],
  ...[ecr('eu-west-2'), ecr('us-east-1')].map((registry): Row => {
    const both = withRegions({}, { imageRegistry: ecr('eu-west-3') });
    return registry === ecr('eu-west-2')
      ? ['registry-region', 'images.registry', registry, withSettings({ images: { registry } })]
      : ['registry-region', 'images.registry', registry, { ...both, images: { registry } }];
  }),
  ['registry-region', 'regions[0].imageRegistry', ecr('eu-west-3'), region0({ imageRegistry: ecr('eu-west-3') })],
  [
    'registry-region',
    'regions[1].chartRepository',
    `oci://${ecr('eu-west-2')}`,
    withRegions({}, { chartRepository: `oci://${ecr('eu-west-2')}` }),
  ],
  ['backup-disabled', 'backup.enabled', false, withSettings({ backup: { enabled: false } })],
  [
    'elasticsearch-token',
    'images.elasticsearchTag',
    '8.17.4',
    withSettings({ camunda: { version: '8.8' }, images: { elasticsearchTag: '8.17.4' } }),
  ],
  ...[
    ['version-support', '1.3.2'],
    ['version-support-near', '2.8.0'],
  ].map(([rule, version]): Row => {
    return [rule, 'controllers.externalSecrets.version', version, withSettings({ controllers: { externalSecrets: { version } } })];
  }),
  ['capacity-unknown', 'nodes.instanceType', 't3.xlarge', withSettings({ nodes: { instanceType: 't3.xlarge' } })],
];

/** So many tags. */
export function tags(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`key-${i}`, 'x']));
}
