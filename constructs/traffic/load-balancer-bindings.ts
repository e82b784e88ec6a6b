import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import type { LoadBalancerTarget } from '../topology/plan/traffic/load-balancer-targets';

/** Properties of `LoadBalancerBindings`. */
export interface LoadBalancerBindingsProps {
  readonly cluster: eks.ICluster;

  /** Camunda's namespace. */
  readonly namespace: string;

  /** Targets, each with its target group. */
  readonly targets: readonly { readonly target: LoadBalancerTarget; readonly targetGroupArn: string }[];
}

/**
 * Has a load-balancer controller register Camunda's pods at the target groups of a load balancer. Let it depend on that controller, and on the
 * namespace.
 *
 * One manifest for each: a binding cannot be given another target group, so that one that is made anew has another name.
 *
 * @see AWS Load Balancer Controller guide, TargetGroupBinding
 */
export class LoadBalancerBindings extends Construct {
  /** The manifests. Escape hatch for raw overrides. */
  public readonly manifests: eks.KubernetesManifest[];

  public constructor(scope: Construct, id: string, { cluster, namespace, targets }: LoadBalancerBindingsProps) {
    super(scope, id);
    this.manifests = targets.map(
      ({ target, targetGroupArn }) =>
        new eks.KubernetesManifest(this, `${target.id}${target.protocol}`, {
          cluster,
          manifest: [loadBalancerBinding(target, namespace, targetGroupArn)],
          prune: false,
        }),
    );
  }
}

/** @internal */
export function loadBalancerBinding(
  { name, service, servicePort }: LoadBalancerTarget,
  namespace: string,
  targetGroupArn: string,
): Record<string, unknown> {
  return {
    apiVersion: 'elbv2.k8s.aws/v1beta1',
    kind: 'TargetGroupBinding',
    metadata: { name, namespace },
    spec: { targetGroupARN: targetGroupArn, targetType: 'ip', serviceRef: { name: service, port: servicePort } },
  };
}
