import { Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

/** Properties of a `DnsForwarder`. */
export interface DnsForwarderProps {
  /** The VPC of the cluster. */
  readonly vpc: ec2.IVpc;

  /** The forwarder's own subnets, one per zone. */
  readonly subnets: ec2.ISubnet[];

  /** The fixed private address in each of the subnets, in the same order. */
  readonly addresses: string[];

  /** Range of the VPC whose CoreDNS asks. */
  readonly peerCidr: string;

  /** The security group that all nodes and pods of the cluster share. */
  readonly clusterSecurityGroupId: string;
}

const DNS_PORT = 53;

/**
 * A network load balancer in front of CoreDNS, on addresses that are known before it exists.
 *
 * CoreDNS pods are registered in its target group from inside the cluster. TCP only: a UDP listener has no health check
 * of its own, and forwarding over TCP needs none.
 *
 * @see Elastic Load Balancing user guide, network load balancers: static private addresses, security groups
 */
export class DnsForwarder extends Construct {
  /** The target group that the CoreDNS pods join. */
  public readonly targetGroupArn: string;

  /** What metrics call the target group. */
  public readonly targetGroupFullName: string;

  /** The load balancer. Escape hatch for raw overrides. */
  public readonly loadBalancer: elbv2.CfnLoadBalancer;

  public constructor(scope: Construct, id: string, props: DnsForwarderProps) {
    super(scope, id);
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      description: 'DNS forwarder: CoreDNS of the other region asks, CoreDNS of this cluster answers',
      allowAllOutbound: false,
    });
    securityGroup.addIngressRule(ec2.Peer.ipv4(props.peerCidr), ec2.Port.tcp(DNS_PORT), 'CoreDNS of the other region');
    securityGroup.addEgressRule(ec2.Peer.securityGroupId(props.clusterSecurityGroupId), ec2.Port.tcp(DNS_PORT), 'CoreDNS pods');
    new ec2.CfnSecurityGroupIngress(this, 'FromForwarder', {
      groupId: props.clusterSecurityGroupId,
      sourceSecurityGroupId: securityGroup.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: DNS_PORT,
      toPort: DNS_PORT,
      description: 'DNS forwarder to CoreDNS pods',
    });

    this.loadBalancer = new elbv2.CfnLoadBalancer(this, 'Resource', {
      type: 'network',
      scheme: 'internal',
      ipAddressType: 'ipv4',
      securityGroups: [securityGroup.securityGroupId],
      subnetMappings: props.subnets.map((subnet, zone) => ({ subnetId: subnet.subnetId, privateIPv4Address: props.addresses[zone] })),
      // A zone whose CoreDNS pods are gone still answers at its address.
      loadBalancerAttributes: [{ key: 'load_balancing.cross_zone.enabled', value: 'true' }],
    });
    Validations.of(this.loadBalancer).acknowledge({
      id: 'AwsSolutions-ELB2',
      reason: 'network load balancers log TLS connections only, and DNS is not one; VPC flow logs show what is refused',
    });
    const targetGroup = new elbv2.CfnTargetGroup(this, 'Targets', {
      vpcId: props.vpc.vpcId,
      port: DNS_PORT,
      protocol: 'TCP',
      targetType: 'ip',
      healthCheckProtocol: 'TCP',
      healthCheckIntervalSeconds: 10,
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
      targetGroupAttributes: [
        { key: 'deregistration_delay.timeout_seconds', value: '30' },
        // Otherwise a pod would see the peer's address, to which a policy or a route may give another way back.
        { key: 'preserve_client_ip.enabled', value: 'false' },
      ],
    });
    new elbv2.CfnListener(this, 'Listener', {
      loadBalancerArn: this.loadBalancer.ref,
      port: DNS_PORT,
      protocol: 'TCP',
      defaultActions: [{ type: 'forward', targetGroupArn: targetGroup.ref }],
    });
    this.targetGroupArn = targetGroup.ref;
    this.targetGroupFullName = targetGroup.attrTargetGroupFullName;
  }
}
