/** Where container images come from. */
export interface ImageSettings {
  /**
   * Registry, with an optional path, that serves all images instead of the publishers' registries. For example
   * `123456789012.dkr.ecr.eu-west-2.amazonaws.com/mirror`.
   *
   * @default - the publishers' registries
   */
  readonly registry?: string;

  /**
   * Tag of the Camunda image, within the chosen minor version. In 8.7 it holds for brokers, gateways, Operate and Tasklist,
   * which must be of the same patch.
   *
   * @default - the patch that this version of the library was made for
   */
  readonly camundaTag?: string;

  /**
   * Tag of the Connectors image, within the chosen minor version.
   *
   * @default - the patch that this version of the library was made for
   */
  readonly connectorsTag?: string;

  /**
   * Version of Elasticsearch, and tag of its image. All three numbers, of a version that the chosen Camunda supports.
   *
   * @default - the patch that this version of the library was made for
   */
  readonly elasticsearchTag?: string;
}

/** The Helm charts that are installed beside Camunda. */
export interface ControllerSettings {
  /**
   * AWS Load Balancer Controller, which registers CoreDNS at the DNS forwarder.
   *
   * @default - the pinned version from the publisher's repository
   */
  readonly loadBalancerController?: HelmChartSettings;

  /**
   * Elastic Cloud on Kubernetes (ECK), the operator of Elasticsearch.
   *
   * @default - the pinned version from the publisher's repository
   */
  readonly elasticOperator?: HelmChartSettings;

  /**
   * External Secrets Operator, which brings passwords from AWS Secrets Manager.
   *
   * @default - the pinned version from the publisher's repository
   */
  readonly externalSecrets?: HelmChartSettings;

  /**
   * cert-manager, which issues and renews certificates. Not installed without TLS.
   *
   * @default - the pinned version from the publisher's repository
   */
  readonly certManager?: HelmChartSettings;
}

/** Where a Helm chart comes from. */
export interface HelmChartSettings {
  /**
   * Chart repository: an `https://` or `oci://` address.
   *
   * @default - the publisher's repository
   */
  readonly repository?: string;

  /**
   * Exact version of the chart.
   *
   * @default - the version that this version of the library was made for
   */
  readonly version?: string;
}
