import { CAMUNDA_VERSIONS } from './camunda-versions';

/**
 * A minor version of Camunda that this library runs, with what is fixed for it.
 *
 * @example
 * new CamundaDualRegion(app, 'Camunda', { camunda: { version: CamundaRelease.V8_9.version }, regions });
 */
export class CamundaRelease {
  /** Camunda 8.7: gateways, Operate and Tasklist in pods of their own. Standard support is over: it stays for those who migrate. */
  public static readonly V8_7 = CamundaRelease.of('8.7');

  /** Camunda 8.8: gateway, Operate and Tasklist in the brokers. */
  public static readonly V8_8 = CamundaRelease.of('8.8');

  /** Camunda 8.9: gateway, Operate and Tasklist in the brokers, user traffic in both regions. */
  public static readonly V8_9 = CamundaRelease.of('8.9');

  /** Camunda 8.10: as 8.9. A pause of exporting is a change of the cluster, which others have to wait for. */
  public static readonly V8_10 = CamundaRelease.of('8.10');

  private static of(version: string): CamundaRelease {
    const { supportedUntil, images, supports } = CAMUNDA_VERSIONS[version];
    return new CamundaRelease(
      version,
      supportedUntil.value,
      supports.activeActive,
      images.camunda.tag,
      images.connectors.tag,
      images.elasticsearch.tag,
    );
  }

  private constructor(
    /** The value for `camunda.version`, for example `8.9`. */
    public readonly version: string,
    /** Last day of Camunda's standard support, ISO date. */
    public readonly supportedUntil: string,
    /** Whether user traffic may go to both regions at once. */
    public readonly servesBothRegions: boolean,
    /** Tag of Camunda's images where `images.camundaTag` is left out. */
    public readonly camundaTag: string,
    /** Tag of the image of Connectors where `images.connectorsTag` is left out. */
    public readonly connectorsTag: string,
    /** Tag of the image of Elasticsearch where `images.elasticsearchTag` is left out. */
    public readonly elasticsearchTag: string,
  ) {}
}
