import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { FIXED_NAMES } from '../topology/plan/names';

/** Properties of a `DnsForwarderBinding`. */
export interface DnsForwarderBindingProps {
  /** The cluster. The AWS Load Balancer Controller must run in it. */
  readonly cluster: eks.ICluster;

  /** Target group of the DNS forwarder. */
  readonly targetGroupArn: string;
}

/**
 * Has the load-balancer controller register the CoreDNS pods at the DNS forwarder. Let it depend on the controller.
 *
 * Without its `networking` part: the security groups are opened by CloudFormation, so that the controller needs no right
 * to change any.
 *
 * @see AWS Load Balancer Controller guide, TargetGroupBinding
 */
export class DnsForwarderBinding extends Construct {
  /** The manifest. Escape hatch for raw overrides. */
  public readonly manifest: eks.KubernetesManifest;

  public constructor(scope: Construct, id: string, props: DnsForwarderBindingProps) {
    super(scope, id);
    // CDK leaves 'Default' out of logical ids: another one would delete the binding after making it anew.
    this.manifest = new eks.KubernetesManifest(this, 'Default', {
      cluster: props.cluster,
      manifest: [targetGroupBinding(props.targetGroupArn)],
      prune: false,
    });
  }
}

/** @internal */
export function targetGroupBinding(targetGroupArn: string): NonNullable<eks.KubernetesManifestProps['manifest']>[number] {
  return {
    apiVersion: 'elbv2.k8s.aws/v1beta1',
    kind: 'TargetGroupBinding',
    metadata: { name: 'dns-forwarder', namespace: FIXED_NAMES.dnsNamespace },
    spec: {
      targetGroupARN: targetGroupArn,
      targetType: 'ip',
      serviceRef: { name: FIXED_NAMES.dnsService, port: FIXED_NAMES.dnsTcpPort },
    },
  };
}
