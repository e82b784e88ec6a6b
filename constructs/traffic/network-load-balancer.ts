import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { PORTS } from '../topology/plan/flows/flows';
import { targetGroup } from './target-groups';
import { commonAttributes, TLS_POLICY, type ITrafficLoadBalancer, type TrafficLoadBalancerProps } from './traffic-load-balancer';

/**
 * A network load balancer that ends TLS: REST at port 443, gRPC at 26500, because it knows no paths. With fixed addresses where it is
 * public.
 *
 * A client that keeps one connection stays at one pod.
 *
 * @see Elastic Load Balancing user guide, TLS listeners: ALPN policies
 */
export class NetworkLoadBalancer extends Construct implements ITrafficLoadBalancer {
  public readonly loadBalancer: elbv2.CfnLoadBalancer;
  public readonly targetGroups: readonly elbv2.CfnTargetGroup[];
  public readonly metricNamespace = 'AWS/NetworkELB';
  /** Fixed addresses, one in each zone. None where it is internal. */
  public readonly addresses: readonly ec2.CfnEIP[];

  public constructor(scope: Construct, id: string, props: TrafficLoadBalancerProps) {
    super(scope, id);
    const { isInternal, subnetIds, targets } = props;
    this.addresses = isInternal ? [] : subnetIds.map((_, zone) => new ec2.CfnEIP(this, `Address${zone}`, { domain: 'vpc' }));
    this.loadBalancer = new elbv2.CfnLoadBalancer(this, 'Resource', {
      type: 'network',
      scheme: isInternal ? 'internal' : 'internet-facing',
      ipAddressType: 'ipv4',
      subnetMappings: subnetIds.map((subnetId, zone) =>
        isInternal ? { subnetId } : { subnetId, allocationId: this.addresses[zone].attrAllocationId },
      ),
      securityGroups: [props.securityGroup.securityGroupId],
      loadBalancerAttributes: [
        ...commonAttributes(props.accessLogs),
        // A zone whose pods are gone still answers at its address.
        { key: 'load_balancing.cross_zone.enabled', value: 'true' },
      ],
    });
    // It may not write before it is allowed to.
    if (props.accessLogs.policy) this.loadBalancer.node.addDependency(props.accessLogs.policy);
    this.targetGroups = targets.map(target => targetGroup(this, props.vpc.vpcId, target));
    targets.forEach((target, i) => {
      new elbv2.CfnListener(this, `Listener${target.id}`, {
        loadBalancerArn: this.loadBalancer.ref,
        port: listenerPort(target.isGrpc),
        protocol: 'TLS',
        sslPolicy: TLS_POLICY,
        certificates: [{ certificateArn: props.certificateArn }],
        // gRPC is nothing but HTTP/2, which clients and servers must agree on.
        alpnPolicy: [target.isGrpc ? 'HTTP2Only' : 'HTTP2Optional'],
        defaultActions: [{ type: 'forward', targetGroupArn: this.targetGroups[i].ref }],
      });
    });
  }
}

/** Where clients connect to. */
export function listenerPort(isGrpc: boolean): number {
  return isGrpc ? PORTS.gatewayGrpc : PORTS.https;
}
