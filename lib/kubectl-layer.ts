import { KubectlV35Layer } from '@aws-cdk/lambda-layer-kubectl-v35';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/**
 * kubectl 1.35: it supports clusters that are one minor version older or newer, hence all that this library knows.
 *
 * @see Kubernetes documentation, version skew policy
 *
 * @internal
 */
export function kubectlLayer(scope: Construct): lambda.ILayerVersion {
  return new KubectlV35Layer(scope, 'KubectlLayer');
}
