import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { LoadBalancerTarget } from '../topology/plan/traffic/load-balancer-targets';

/** What a load balancer of either kind is made of. */
export interface TrafficLoadBalancerProps {
  readonly vpc: ec2.IVpc;
  readonly subnetIds: readonly string[];
  readonly securityGroup: ec2.ISecurityGroup;
  readonly isInternal: boolean;
  readonly certificateArn: string;
  readonly accessLogs: s3.IBucket;
  /** The first is what everything goes to that belongs to no other. */
  readonly targets: readonly LoadBalancerTarget[];
  /** The name that clients use. */
  readonly hostName: string;
}

/** A load balancer with its target groups. */
export interface ITrafficLoadBalancer {
  readonly loadBalancer: elbv2.CfnLoadBalancer;

  /** In the order of the targets. */
  readonly targetGroups: readonly elbv2.CfnTargetGroup[];

  /** Namespace of its metrics in CloudWatch. */
  readonly metricNamespace: string;
}

/** `@see` Elastic Load Balancing user guide, security policies: TLS 1.3 and 1.2 */
export const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

/** Attributes that both kinds have. */
export function commonAttributes(accessLogs: s3.IBucket): elbv2.CfnLoadBalancer.LoadBalancerAttributeProperty[] {
  return [
    { key: 'access_logs.s3.enabled', value: 'true' },
    { key: 'access_logs.s3.bucket', value: accessLogs.bucketName },
  ];
}
