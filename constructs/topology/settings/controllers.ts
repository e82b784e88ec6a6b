import { matching } from './rows/checks';
import type { DefaultedRows, Rows } from './rows/row';

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

/** @internal */
export const REPOSITORY = matching(/^(https?|oci):\/\/\S+$/, {
  rule: 'helm-repository',
  requirement: 'must be the https:// or oci:// address of a chart repository',
  fix: "write it like 'https://helm.elastic.co'",
});

function chart(repository: string, version: string): DefaultedRows<HelmChartSettings> {
  return {
    repository: {
      kind: 'string',
      default: repository,
      checks: [REPOSITORY],
    },
    version: {
      kind: 'string',
      default: version,
      checks: [
        matching(/^v?\d+\.\d+\.\d+([-+][\w.-]+)?$/, {
          rule: 'helm-version',
          requirement: 'must be an exact version, not a range',
          fix: "write all three numbers in quotes, for example '2.9.0'",
        }),
      ],
    },
  };
}

/** @internal */
export const CONTROLLERS = {
  loadBalancerController: { kind: 'section', rows: chart('https://aws.github.io/eks-charts', '3.5.0') },
  elasticOperator: { kind: 'section', rows: chart('https://helm.elastic.co', '3.5.0') },
  externalSecrets: { kind: 'section', rows: chart('https://charts.external-secrets.io', '2.9.0') },
  certManager: { kind: 'section', rows: chart('https://charts.jetstack.io', 'v1.21.2'), needs: 'tls.enabled' },
} as const satisfies Rows<ControllerSettings>;
