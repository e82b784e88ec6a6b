import type { DualRegionSettings, RegionSettings, ResourceSettings } from './settings';

/** All settings, with every default filled in. */
export interface ResolvedSettings {
  readonly name: string;
  readonly activeRegion: number;
  readonly regions: readonly RegionSettings[];
  readonly camunda: {
    readonly version: string;
    readonly clusterSize: number;
    readonly partitionCount: number;
    readonly replicationFactor: number;
  };
  readonly orchestration: { readonly resources: Resources; readonly volumeGiB: number; readonly dnsGateTimeoutSeconds: number };
  readonly connectors: { readonly enabled: boolean; readonly replicas: number; readonly resources: Resources };
  readonly elasticsearch: { readonly nodesPerRegion: number; readonly resources: Resources; readonly volumeGiB: number };
  readonly kubernetes: {
    readonly version: string;
    readonly publicAccessCidrs: readonly string[];
    readonly adminRoleArns: readonly string[];
    readonly logRetentionDays: number;
  };
  readonly nodes: { readonly instanceType: string; readonly perZone: number; readonly maxPerZone: number; readonly volumeGiB: number };
  readonly images: { readonly registry?: string; readonly camundaTag?: string; readonly connectorsTag?: string };
  readonly controllers: {
    readonly loadBalancerController: HelmSource;
    readonly elasticOperator: HelmSource;
    readonly externalSecrets: HelmSource;
  };
  readonly acknowledgedRoundTripMs: number;
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

/**
 * The one place of defaults.
 *
 * @internal
 */
export function resolveSettings(settings: DualRegionSettings): ResolvedSettings {
  const { camunda, orchestration, connectors, elasticsearch, kubernetes, nodes, images, controllers } = settings;
  const clusterSize = camunda?.clusterSize ?? 8;
  const perZone = nodes?.perZone ?? 2;
  return {
    name: settings.name ?? 'camunda',
    activeRegion: settings.activeRegion ?? 0,
    regions: settings.regions ?? [],
    camunda: {
      version: camunda?.version ?? '8.9',
      clusterSize,
      partitionCount: camunda?.partitionCount ?? clusterSize,
      replicationFactor: camunda?.replicationFactor ?? 4,
    },
    orchestration: {
      resources: resources(orchestration?.resources, { cpuMillis: 1000, cpuLimitMillis: 2000, memoryMiB: 5120 }),
      volumeGiB: orchestration?.volumeGiB ?? 32,
      dnsGateTimeoutSeconds: orchestration?.dnsGateTimeoutSeconds ?? 180,
    },
    connectors: {
      enabled: connectors?.enabled ?? true,
      replicas: connectors?.replicas ?? 1,
      resources: resources(connectors?.resources, { cpuMillis: 1000, cpuLimitMillis: 2000, memoryMiB: 2048 }),
    },
    elasticsearch: {
      nodesPerRegion: elasticsearch?.nodesPerRegion ?? 3,
      resources: resources(elasticsearch?.resources, { cpuMillis: 1000, cpuLimitMillis: 2000, memoryMiB: 4096 }),
      volumeGiB: elasticsearch?.volumeGiB ?? 64,
    },
    kubernetes: {
      version: kubernetes?.version ?? '1.36',
      publicAccessCidrs: kubernetes?.publicAccessCidrs ?? [],
      adminRoleArns: kubernetes?.adminRoleArns ?? [],
      logRetentionDays: kubernetes?.logRetentionDays ?? 90,
    },
    nodes: {
      instanceType: nodes?.instanceType ?? 'm6i.xlarge',
      perZone,
      maxPerZone: nodes?.maxPerZone ?? perZone + 1,
      volumeGiB: nodes?.volumeGiB ?? 50,
    },
    images: { registry: images?.registry, camundaTag: images?.camundaTag, connectorsTag: images?.connectorsTag },
    controllers: {
      loadBalancerController: {
        repository: controllers?.loadBalancerController?.repository ?? 'https://aws.github.io/eks-charts',
        version: controllers?.loadBalancerController?.version ?? '3.2.2',
      },
      elasticOperator: {
        repository: controllers?.elasticOperator?.repository ?? 'https://helm.elastic.co',
        version: controllers?.elasticOperator?.version ?? '3.4.1',
      },
      externalSecrets: {
        repository: controllers?.externalSecrets?.repository ?? 'https://charts.external-secrets.io',
        version: controllers?.externalSecrets?.version ?? '1.3.2',
      },
    },
    acknowledgedRoundTripMs: settings.acknowledgedRoundTripMs ?? 0,
    tags: settings.tags ?? {},
  };
}

/** A request above the default limit raises the limit with it, so that stating the request alone is enough. */
function resources(given: ResourceSettings | undefined, defaults: Resources): Resources {
  const cpuMillis = given?.cpuMillis ?? defaults.cpuMillis;
  return {
    cpuMillis,
    cpuLimitMillis: given?.cpuLimitMillis ?? Math.max(cpuMillis, defaults.cpuLimitMillis),
    memoryMiB: given?.memoryMiB ?? defaults.memoryMiB,
  };
}
