import { Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { PORTS } from '../topology/plan/flows/flows';

/** Properties of `LoadBalancerPorts`. */
export interface LoadBalancerPortsProps {
  readonly vpc: ec2.IVpc;

  /** The security group that all nodes and pods of the cluster share. */
  readonly clusterSecurityGroupId: string;

  /** Ports that clients connect to. */
  readonly listenerPorts: readonly number[];

  /** Ports of the pods. */
  readonly podPorts: readonly number[];

  /** Who may connect. */
  readonly ranges: readonly string[];

  /** Prefix list of the health checkers, where those are not among the ranges. */
  readonly healthCheckers?: string;
}

/** Where nobody is named. */
export const EVERYBODY = '0.0.0.0/0';

/** Opens exactly what goes through a load balancer: from clients to its listeners, and from it to the pods. */
export class LoadBalancerPorts extends Construct {
  public readonly securityGroup: ec2.SecurityGroup;

  public constructor(scope: Construct, id: string, props: LoadBalancerPortsProps) {
    super(scope, id);
    const { vpc, clusterSecurityGroupId, ranges, healthCheckers } = props;
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Load balancer of Camunda: users and job workers',
      allowAllOutbound: false,
    });
    for (const port of props.listenerPorts) {
      for (const range of ranges) {
        this.securityGroup.addIngressRule(ec2.Peer.ipv4(range), ec2.Port.tcp(port), 'Users and job workers');
      }
    }
    if (ranges.includes(EVERYBODY)) {
      Validations.of(this.securityGroup).acknowledge({
        id: 'AwsSolutions-EC23',
        reason: "'traffic.allowedCidrs' names nobody, so that everybody may come: a warning of the synthesis says so",
      });
    }
    if (healthCheckers !== undefined) {
      this.securityGroup.addIngressRule(ec2.Peer.prefixList(healthCheckers), ec2.Port.tcp(PORTS.https), 'Health checkers of Route 53');
    }
    for (const port of props.podPorts) {
      this.securityGroup.addEgressRule(ec2.Peer.securityGroupId(clusterSecurityGroupId), ec2.Port.tcp(port), 'Pods of Camunda');
      new ec2.CfnSecurityGroupIngress(this, `ToPods${port}`, {
        groupId: clusterSecurityGroupId,
        sourceSecurityGroupId: this.securityGroup.securityGroupId,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        description: 'Load balancer to pods of Camunda',
      });
    }
  }
}
