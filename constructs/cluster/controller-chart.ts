import { Duration } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { Construct } from 'constructs';

/** Where a Helm chart comes from. */
export interface ChartSource {
  /** Chart repository: an `https://` or `oci://` address. */
  readonly repository: string;

  /** Exact version of the chart. */
  readonly version: string;
}

/** Once for the upgrade and once for the way back. */
const HELM_TIMEOUT = Duration.minutes(7);

/**
 * The chart of a controller, which counts as installed once its pods answer: webhooks refuse objects until then.
 *
 * @internal
 */
export function controllerChart(
  scope: Construct,
  id: string,
  { repository, version }: ChartSource,
  options: eks.HelmChartProps,
): eks.HelmChart {
  const oci = repository.startsWith('oci://');
  return new eks.HelmChart(scope, id, {
    ...options,
    // An OCI repository names the chart itself.
    repository: oci ? `${repository.replace(/\/$/, '')}/${options.chart}` : repository,
    version,
    // A failed upgrade is rolled back within the fifteen minutes that the deployment function has: a release must never stay pending.
    atomic: true,
    wait: true,
    timeout: HELM_TIMEOUT,
  });
}

/** @internal */
export interface ImageValues {
  readonly repository: string;
}

/** @internal */
export function imageValues(registry: string | undefined, publisher: string, repository: string): ImageValues {
  return { repository: `${registry ?? publisher}/${repository}` };
}
