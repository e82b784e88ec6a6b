import { brokerStatefulSet } from './plan/names';
import { clusterZones, type ClusterZone } from './plan/placement/cluster-zones';
import { regionPhase, type RegionPhase } from './plan/recovery/region-phase';
import { kubernetesOf, type RegionKubernetes } from './plan/region-kubernetes';
import type { ResolvedSettings } from './settings/resolved-settings';
import type { DualRegionSettings } from './settings/settings';
import { imageName, type CamundaVersion, type ImageReference, type MigrationRuntime, type ZonedCluster } from './versions/camunda-version';
import { CAMUNDA_VERSIONS, exporterKindsOf } from './versions/camunda-versions';
import type { ExporterKind } from './versions/exporter-kinds';

/**
 * What charts, stacks and reviews need to know of a deployment, and what languages other than TypeScript do not see: `planOf` returns it.
 *
 * @internal
 */
export class DeploymentPlan {
  public readonly version: CamundaVersion;

  /** What takes over the data of an older version, while it does. */
  public readonly migration?: MigrationRuntime;

  /** The zones of the brokers, by region. None where brokers are numbered over all regions. */
  public readonly zones: readonly ClusterZone[];

  /** What the version has for zones, where the brokers form some. */
  public readonly zonedCluster?: ZonedCluster;

  public constructor(
    /** The settings as they were written. */
    public readonly given: DualRegionSettings,
    public readonly settings: ResolvedSettings,
  ) {
    const { version, migratingFrom } = settings.camunda;
    this.version = CAMUNDA_VERSIONS[version];
    this.zones = clusterZones(settings);
    this.zonedCluster = this.zones.length === 0 ? undefined : this.version.zones;
    this.migration = migratingFrom === undefined ? undefined : this.version.migration;
  }

  /** Name of the StatefulSet of a region's brokers. */
  public brokerStatefulSet(regionId: number): string {
    const zone: ClusterZone | undefined = this.zones[regionId];
    return brokerStatefulSet(this.settings.name, zone?.name);
  }

  /** During a migration the exporters of the older version go on beside the new ones. */
  public exporterKinds(): readonly ExporterKind[] {
    return exporterKindsOf(this.version, this.settings.camunda.migratingFrom);
  }

  /** Address of a server that is encrypted if anything is. */
  public url(host: string, port: number): string {
    return `${this.settings.tls.enabled ? 'https' : 'http'}://${host}:${port}`;
  }

  /** An image as a region pulls it. */
  public image(image: ImageReference, regionId: number, tag?: string): string {
    return imageName(image, { registry: this.registryOf(regionId), tag });
  }

  /** An image of Camunda as a region runs it. */
  public camundaImage(image: ImageReference, regionId: number): string {
    const { images, regions } = this.settings;
    return this.image(image, regionId, regions[regionId].camundaPatch ?? images.camundaTag);
  }

  /** What serves the images of a region instead of the publishers' registries. */
  public registryOf(regionId: number): string | undefined {
    const { images, regions } = this.settings;
    return regions[regionId].imageRegistry ?? images.registry;
  }

  /** Where a region gets the charts of its controllers. */
  public chartsOf(regionId: number): ResolvedSettings['controllers'] {
    const { controllers, regions } = this.settings;
    const repository = regions[regionId].chartRepository;
    if (repository === undefined) return controllers;
    const { loadBalancerController, elasticOperator, externalSecrets, certManager } = controllers;
    return {
      loadBalancerController: { ...loadBalancerController, repository },
      elasticOperator: { ...elasticOperator, repository },
      externalSecrets: { ...externalSecrets, repository },
      certManager: { ...certManager, repository },
    };
  }

  public kubernetesOf(regionId: number): RegionKubernetes {
    return kubernetesOf(this.settings, regionId);
  }

  /** Both versions of Kubernetes while one region is upgraded before the other. */
  public kubernetesVersions(): string[] {
    return [...new Set(this.settings.regions.map((_, regionId) => this.kubernetesOf(regionId).version))];
  }

  public phaseOf(regionId: number): RegionPhase {
    return regionPhase(this.settings.recovery, regionId);
  }
}
