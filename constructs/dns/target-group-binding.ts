import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import { FIXED_NAMES } from '../topology/names';

/**
 * Has the load-balancer controller register the CoreDNS pods at the forwarder.
 *
 * Without its `networking` part: the security groups are opened by CloudFormation, so that the controller needs no right
 * to change any.
 *
 * @see AWS Load Balancer Controller guide, TargetGroupBinding
 *
 * @internal
 */
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
