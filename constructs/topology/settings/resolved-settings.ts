import { MAX_NODES_PER_ZONE } from '../plan/node-groups';
import { MAX_PARTITION_COUNT } from '../plan/partitions';
import { CAMUNDA_VERSIONS } from '../versions/camunda-versions';
import type { ControllerSettings, HelmChartSettings } from './delivery-settings';
import type { PatchSettings } from './pod-settings';
import { resolvePods, type ResolvedPods } from './resolved-pods';
import type { ResourceSettings } from './resource-settings';
import type { AcknowledgementSettings } from './review-settings';
import type { DualRegionSettings, RegionSettings } from './settings';
import { isMapping } from './value-kinds';

/** All settings, with every default filled in. */
export interface ResolvedSettings {
  readonly name: string;
  readonly activeRegion: number;
  readonly regions: readonly RegionSettings[];
  readonly camunda: {
    readonly version: string;
    readonly migratingFrom?: string;
    readonly clusterSize: number;
    readonly partitionCount: number;
    readonly replicationFactor: number;
    readonly licenseSecretName?: string;
  };
  readonly orchestration: { readonly resources: Resources; readonly volumeGiB: number; readonly dnsGateTimeoutSeconds: number };
  readonly gateway: { readonly replicas: number; readonly resources: Resources };
  readonly operate: { readonly resources: Resources };
  readonly tasklist: { readonly resources: Resources };
  readonly connectors: { readonly enabled: boolean; readonly replicas: number; readonly inbound: boolean; readonly resources: Resources };
  readonly elasticsearch: { readonly nodesPerRegion: number; readonly resources: Resources; readonly volumeGiB: number };
  readonly kubernetes: {
    readonly version: string;
    readonly publicAccessCidrs: readonly string[];
    readonly adminRoleArns: readonly string[];
    readonly recoveryRoleArns: readonly string[];
    readonly logRetentionDays: number;
  };
  readonly nodes: { readonly instanceType: string; readonly perZone: number; readonly maxPerZone: number; readonly volumeGiB: number };
  readonly images: {
    readonly registry?: string;
    readonly camundaTag?: string;
    readonly connectorsTag?: string;
    readonly elasticsearchTag?: string;
  };
  readonly controllers: {
    readonly loadBalancerController: HelmSource;
    readonly elasticOperator: HelmSource;
    readonly externalSecrets: HelmSource;
    readonly certManager: HelmSource;
  };
  readonly backup: { readonly enabled: boolean; readonly retainBuckets: boolean; readonly expiryDays: number };
  readonly tls: { readonly enabled: boolean; readonly betweenBrokers: boolean };
  readonly recovery: { readonly recreatedRegion?: number };
  readonly review: { readonly acknowledge: readonly AcknowledgementSettings[] };
  readonly acknowledgedRoundTripMs: number;
  readonly retainVolumes: boolean;
  readonly pods: ResolvedPods;
  readonly patches: readonly PatchSettings[];
  readonly tags: { readonly [key: string]: string };
}

/** @internal */
export interface Resources {
  readonly cpuMillis: number;
  readonly cpuLimitMillis: number;
  readonly memoryMiB: number;
}

/** @internal */
export interface HelmSource {
  readonly repository: string;
  readonly version: string;
}

const DEFAULT_CLUSTER_SIZE = 8;
const DEFAULT_NODES_PER_ZONE = 2;

/**
 * The one place of defaults.
 *
 * @internal
 */
export function resolveSettings(settings: DualRegionSettings): ResolvedSettings {
  const {
    regions,
    camunda,
    orchestration,
    gateway,
    operate,
    tasklist,
    connectors,
    elasticsearch,
    kubernetes,
    nodes,
    images,
    controllers,
    backup,
    tls,
    recovery,
    review,
  } = settings ?? ({} as DualRegionSettings);
  const clusterSize = valueOf(camunda, 'clusterSize', DEFAULT_CLUSTER_SIZE);
  const version = valueOf(camunda, 'version', '8.9');
  const tlsEnabled = valueOf(tls, 'enabled', true);
  const perZone = valueOf(nodes, 'perZone', DEFAULT_NODES_PER_ZONE);
  return {
    name: valueOf(settings, 'name', 'camunda'),
    activeRegion: valueOf(settings, 'activeRegion', 0),
    regions: Array.isArray(regions) ? regions.map(region => (isMapping(region) ? region : ({} as RegionSettings))) : [],
    camunda: {
      version,
      migratingFrom: valueOf(camunda, 'migratingFrom', undefined),
      clusterSize,
      partitionCount: valueOf(camunda, 'partitionCount', following(clusterSize, DEFAULT_CLUSTER_SIZE, MAX_PARTITION_COUNT)),
      replicationFactor: valueOf(camunda, 'replicationFactor', 4),
      licenseSecretName: valueOf(camunda, 'licenseSecretName', undefined),
    },
    orchestration: {
      resources: resources(orchestration, { cpuMillis: 1000, cpuLimitMillis: 2000, memoryMiB: 7168 }),
      volumeGiB: valueOf(orchestration, 'volumeGiB', 32),
      dnsGateTimeoutSeconds: valueOf(orchestration, 'dnsGateTimeoutSeconds', 180),
    },
    gateway: {
      replicas: valueOf(gateway, 'replicas', 2),
      resources: resources(gateway, { cpuMillis: 400, cpuLimitMillis: 1000, memoryMiB: 1024 }),
    },
    operate: { resources: resources(operate, { cpuMillis: 600, cpuLimitMillis: 2000, memoryMiB: 2048 }) },
    tasklist: { resources: resources(tasklist, { cpuMillis: 400, cpuLimitMillis: 1000, memoryMiB: 2048 }) },
    connectors: {
      enabled: valueOf(connectors, 'enabled', true),
      replicas: valueOf(connectors, 'replicas', 1),
      inbound: valueOf(connectors, 'inbound', true),
      resources: resources(connectors, { cpuMillis: 1000, cpuLimitMillis: 2000, memoryMiB: 2048 }),
    },
    elasticsearch: {
      nodesPerRegion: valueOf(elasticsearch, 'nodesPerRegion', 3),
      resources: resources(elasticsearch, { cpuMillis: 1000, cpuLimitMillis: 2000, memoryMiB: 4096 }),
      volumeGiB: valueOf(elasticsearch, 'volumeGiB', 64),
    },
    kubernetes: {
      version: valueOf(kubernetes, 'version', '1.36'),
      publicAccessCidrs: valueOf(kubernetes, 'publicAccessCidrs', []),
      adminRoleArns: valueOf(kubernetes, 'adminRoleArns', []),
      recoveryRoleArns: valueOf(kubernetes, 'recoveryRoleArns', []),
      logRetentionDays: valueOf(kubernetes, 'logRetentionDays', 90),
    },
    nodes: {
      instanceType: valueOf(nodes, 'instanceType', 'm6i.xlarge'),
      perZone,
      maxPerZone: valueOf(nodes, 'maxPerZone', following(perZone, DEFAULT_NODES_PER_ZONE, MAX_NODES_PER_ZONE - 1) + 1),
      volumeGiB: valueOf(nodes, 'volumeGiB', 50),
    },
    images: {
      registry: valueOf(images, 'registry', undefined),
      camundaTag: valueOf(images, 'camundaTag', undefined),
      connectorsTag: valueOf(images, 'connectorsTag', undefined),
      elasticsearchTag: valueOf(images, 'elasticsearchTag', undefined),
    },
    controllers: {
      loadBalancerController: helmSource(controllers, 'loadBalancerController', {
        repository: 'https://aws.github.io/eks-charts',
        version: '3.5.0',
      }),
      elasticOperator: helmSource(controllers, 'elasticOperator', { repository: 'https://helm.elastic.co', version: '3.5.0' }),
      externalSecrets: helmSource(controllers, 'externalSecrets', { repository: 'https://charts.external-secrets.io', version: '2.9.0' }),
      certManager: helmSource(controllers, 'certManager', { repository: 'https://charts.jetstack.io', version: 'v1.21.2' }),
    },
    tls: {
      enabled: tlsEnabled,
      betweenBrokers: valueOf(tls, 'betweenBrokers', tlsEnabled === true && canEncryptBrokers(version)),
    },
    backup: {
      enabled: valueOf(backup, 'enabled', true),
      retainBuckets: valueOf(backup, 'retainBuckets', true),
      expiryDays: valueOf(backup, 'expiryDays', 30),
    },
    recovery: { recreatedRegion: valueOf(recovery, 'recreatedRegion', undefined) },
    review: { acknowledge: valueOf(review, 'acknowledge', []) },
    acknowledgedRoundTripMs: valueOf(settings, 'acknowledgedRoundTripMs', 0),
    retainVolumes: valueOf(settings, 'retainVolumes', true),
    pods: resolvePods(settings),
    patches: valueOf(settings, 'patches', []),
    tags: valueOf(settings, 'tags', {}),
  };
}

/**
 * A setting, or its default if it or its whole section is left out. A section that is no mapping has no settings at all,
 * rather than defaults, so that the rules notice it.
 */
function valueOf<S extends object, K extends keyof S, F = NonNullable<S[K]>>(
  section: S | undefined,
  key: K,
  fallback: F,
): NonNullable<S[K]> | F {
  if (section === undefined) return fallback;
  if (!isMapping(section)) return null as never;
  const value = section[key];
  return value === undefined ? fallback : (value as NonNullable<S[K]>);
}

function canEncryptBrokers(version: unknown): boolean {
  return (
    typeof version === 'string' && Object.hasOwn(CAMUNDA_VERSIONS, version) && CAMUNDA_VERSIONS[version].tls.betweenBrokers !== undefined
  );
}

/** A default that follows another setting. While that one is wrong, it is the usual one: a single mistake gives a single message. */
function following(leader: number, fallback: number, max: number): number {
  return Number.isInteger(leader) && leader > 0 ? Math.min(leader, max) : fallback;
}

/** A request above the default limit raises the limit with it, so that stating the request alone is enough. */
function resources(workload: { readonly resources?: ResourceSettings } | undefined, defaults: Resources): Resources {
  const given: ResourceSettings = valueOf(workload, 'resources', {});
  const cpuMillis = valueOf(given, 'cpuMillis', defaults.cpuMillis);
  const impliedLimit = Number.isSafeInteger(cpuMillis) ? Math.max(cpuMillis, defaults.cpuLimitMillis) : defaults.cpuLimitMillis;
  return {
    cpuMillis,
    cpuLimitMillis: valueOf(given, 'cpuLimitMillis', impliedLimit),
    memoryMiB: valueOf(given, 'memoryMiB', defaults.memoryMiB),
  };
}

function helmSource(controllers: ControllerSettings | undefined, key: keyof ControllerSettings, defaults: HelmSource): HelmSource {
  const given: HelmChartSettings = valueOf(controllers, key, {});
  return { repository: valueOf(given, 'repository', defaults.repository), version: valueOf(given, 'version', defaults.version) };
}
