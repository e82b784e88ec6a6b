import { Party, Transport } from '../../../constructs/topology/plan/flows/flows';
import type { KeySettings } from '../../../constructs/topology/settings/region/keys';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { ELASTICSEARCH_IMAGE } from '../../../constructs/topology/versions/images';
import { FULL_PATCHES, FULL_POD } from '../findings/full-pods';
import { existingVpc, loadBalancerSubnets } from './existing-vpcs';
import { patchOf } from './versions';

/** A key for each purpose. */
export function keysIn(awsRegion: string): Required<KeySettings> {
  const key = (digit: number): string => `arn:aws:kms:${awsRegion}:123456789012:key/${String(digit).repeat(8)}-2222-3333-4444-555555555555`;
  return { volumes: key(1), nodes: key(2), buckets: key(3), secrets: key(4), logs: key(5), cluster: key(6) };
}

/** Every setting there is, with a valid value. */
export const FULL_SETTINGS: Required<DualRegionSettings> = {
  name: 'orders',
  activeRegion: 1,
  regions: [
    {
      awsRegion: 'eu-west-2',
      vpcCidr: '10.192.0.0/16',
      serviceCidr: '10.190.0.0/16',
      namespace: 'orders-london',
      account: '123456789012',
      availabilityZones: ['eu-west-2a', 'eu-west-2b', 'eu-west-2c'],
      imageRegistry: 'eu-west-2.registry.example.com/mirror',
      chartRepository: 'oci://eu-west-2.registry.example.com/charts',
      keys: keysIn('eu-west-2'),
      zone: { name: 'london', priority: 1000 },
      existingVpc: {
        ...existingVpc(0),
        forwarderAddresses: ['10.192.250.4', '10.192.250.20', '10.192.250.46'],
        loadBalancerSubnets: loadBalancerSubnets(0),
        otherCidrs: ['100.64.0.0/16'],
        endpointCidrs: ['100.64.4.0/24'],
      },
    },
    {
      awsRegion: 'eu-west-3',
      vpcCidr: '10.202.0.0/16',
      serviceCidr: '10.200.0.0/16',
      namespace: 'orders-paris',
      account: '123456789012',
      availabilityZones: ['eu-west-3a', 'eu-west-3b', 'eu-west-3c'],
      camundaPatch: patchOf('8.9'),
      imageRegistry: 'eu-west-3.registry.example.com/mirror',
      chartRepository: 'oci://eu-west-3.registry.example.com/charts',
      kubernetes: { version: '1.35', nodeRelease: '1.35.7-20260911', addons: { coreDns: 'v1.14.3-eksbuild.23' } },
      keys: keysIn('eu-west-3'),
      zone: { name: 'paris', priority: 500 },
    },
  ],
  camunda: {
    version: '8.9',
    clusterSize: 8,
    partitionCount: 16,
    replicationFactor: 4,
    zones: false,
    licenseSecretName: 'company/camunda-licence',
  },
  orchestration: {
    resources: { cpuMillis: 1000, cpuLimitMillis: 2000, memoryMiB: 8192 },
    volumeGiB: 64,
    dnsGateTimeoutSeconds: 60,
    exporters: [
      {
        exporterId: 'kafka',
        className: 'com.example.KafkaExporter',
        jar: { image: 'registry.example.com/exporters/kafka:1.2.0', path: '/exporters/kafka.jar' },
        arguments: { 'producer.topic': 'records' },
        regionId: 0,
      },
    ],
    pod: FULL_POD,
  },
  gateway: { replicas: 2, resources: { cpuMillis: 200, cpuLimitMillis: 400, memoryMiB: 768 }, pod: FULL_POD },
  operate: { resources: { cpuMillis: 300, cpuLimitMillis: 600, memoryMiB: 1024 }, pod: FULL_POD },
  tasklist: { resources: { cpuMillis: 300, cpuLimitMillis: 600, memoryMiB: 1024 }, pod: FULL_POD },
  connectors: {
    enabled: true,
    replicas: 2,
    inbound: false,
    resources: { cpuMillis: 500, cpuLimitMillis: 1000, memoryMiB: 1024 },
    pod: FULL_POD,
  },
  elasticsearch: {
    nodesPerRegion: 3,
    resources: { cpuMillis: 1000, cpuLimitMillis: 2000, memoryMiB: 4096 },
    volumeGiB: 128,
    pod: { ...FULL_POD, configuration: { 'indices.query.bool.max_clause_count': '2048' } },
  },
  history: {
    retention: { enabled: true, days: 60, usageMetricsDays: 800, recordsDays: 21, processInstanceMode: 'PI' },
    archiving: { waitMinutes: 30, indexDays: 7, batchSize: 200 },
    bulk: { size: 2000, delaySeconds: 2 },
    instancesPerDay: 30000,
    instanceKiB: 70,
  },
  users: {
    oidc: {
      issuerUri: 'https://login.example.com/realms/camunda',
      tokenUri: 'https://login.example.com/realms/camunda/protocol/openid-connect/token',
      clientId: 'camunda',
      redirectUri: 'https://camunda.example.com/sso-callback',
      audiences: ['camunda', 'camunda-api'],
      scopes: ['openid', 'profile', 'email'],
      usernameClaim: 'preferred_username',
      clientIdClaim: 'client_id',
      preferUsernameClaim: true,
      groupsClaim: 'teams',
      recovery: { clientId: 'camunda-recovery', scope: 'camunda-api', audience: 'camunda-api' },
      connectors: { clientId: 'camunda-connectors', scope: 'camunda-api', audience: 'camunda-api' },
    },
    groups: [],
    roles: [
      { roleId: 'admin', users: ['jane@example.com'], groups: ['platform'], clients: ['pipeline'], mappingRules: ['owners'] },
      { roleId: 'clerks', name: 'Clerks', groups: ['orders'] },
    ],
    mappingRules: [{ mappingRuleId: 'owners', claimName: 'department', claimValue: 'process owners' }],
    authorizations: [
      { ownerType: 'ROLE', ownerId: 'clerks', resourceType: 'PROCESS_DEFINITION', resourceId: '*', permissions: ['READ_PROCESS_INSTANCE'] },
    ],
  },
  kubernetes: {
    version: '1.35',
    nodeRelease: '1.35.7-20260911',
    addons: {
      vpcCni: 'v1.23.1-eksbuild.1',
      kubeProxy: 'v1.35.3-eksbuild.29',
      podIdentityAgent: 'v1.4.0-eksbuild.2',
      coreDns: 'v1.14.3-eksbuild.22',
      ebsCsi: 'v1.66.0-eksbuild.1',
    },
    publicAccessCidrs: ['198.51.100.0/24'],
    adminRoleArns: ['arn:aws:iam::123456789012:role/Operators'],
    recoveryRoleArns: ['arn:aws:iam::123456789012:role/OnCall'],
    logRetentionDays: 30,
  },
  nodes: {
    instanceType: 'm6i.xlarge',
    perZone: 2,
    maxPerZone: 4,
    volumeGiB: 80,
    amiFamily: 'AL2023',
    capacityType: 'ON_DEMAND',
    labels: { 'example.com/team': 'process-platform' },
    managedPolicies: ['AmazonSSMManagedInstanceCore'],
    systemReserved: { cpuMillis: 50, memoryMiB: 64 },
    groups: [
      {
        name: 'workers',
        instanceType: 'm6i.large',
        perZone: 1,
        maxPerZone: 3,
        capacityType: 'SPOT',
        labels: { 'node-pool': 'workers' },
        taints: [{ key: 'dedicated', value: 'workers', effect: 'NoExecute' }],
      },
    ],
  },
  extraFlows: [
    {
      source: { namespace: 'monitoring' },
      target: { party: Party.ORCHESTRATION },
      port: 9600,
      transport: Transport.TCP,
      purpose: 'metrics',
    },
    { source: { namespace: 'payments' }, target: { party: Party.ORCHESTRATION }, port: 26500, crossRegion: true, purpose: 'job workers' },
    { source: { party: Party.CONNECTORS }, target: { cidr: '203.0.113.0/24' }, port: 9092, regionId: 0, purpose: 'Kafka' },
  ],
  images: {
    registry: 'registry.example.com/mirror',
    camundaTag: patchOf('8.9'),
    connectorsTag: '8.9.14',
    elasticsearchTag: ELASTICSEARCH_IMAGE.tag,
  },
  controllers: {
    loadBalancerController: { repository: 'oci://registry.example.com/charts', version: '3.5.0' },
    elasticOperator: { repository: 'oci://registry.example.com/charts', version: '3.5.0' },
    externalSecrets: { repository: 'oci://registry.example.com/charts', version: '2.9.0' },
    certManager: { repository: 'oci://registry.example.com/charts', version: 'v1.21.2' },
  },
  backup: { enabled: true, retainBuckets: false, expiryDays: 7 },
  documents: { store: 's3', retainBuckets: false, expiryDays: 7, deleteAfterDays: 365 },
  monitoring: {
    enabled: true,
    prometheus: {
      namespace: 'observability',
      podLabels: { 'app.kubernetes.io/name': 'prometheus', 'app.kubernetes.io/instance': 'metrics' },
      objectLabels: { release: 'kube-prometheus-stack' },
      intervalSeconds: 15,
    },
  },
  tls: { enabled: true, betweenBrokers: false },
  traffic: {
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
    hostName: 'orders.example.com',
    scheme: 'public',
    policy: 'failover',
    allowedCidrs: ['198.51.100.0/24', '203.0.113.0/24'],
    healthCheckerPrefixLists: ['pl-0123456789abcdef0', 'pl-0123456789abcdef1'],
    firewall: true,
    loadBalancer: 'application',
  },
  recovery: { recreatedRegion: 1 },
  review: { acknowledge: [{ change: 'brokers-roll:both', reason: 'a test set-up without users', expires: '2026-08-31' }] },
  acknowledgedRoundTripMs: 120,
  retainVolumes: false,
  patches: FULL_PATCHES,
  tags: { team: 'processes' },
};
