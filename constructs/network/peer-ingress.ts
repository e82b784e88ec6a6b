import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { crossingFlows, Party, type Flow } from '../topology/flows';

/** Properties of `PeerIngress`. */
export interface PeerIngressProps {
  /** The security group that all nodes and pods of the cluster share. */
  readonly securityGroupId: string;

  /** Range of the peer's VPC. */
  readonly peerCidr: string;

  /** The flows of the topology. */
  readonly flows: Flow[];
}

/**
 * Opens the nodes to the other region: one rule for each port and protocol that the topology lets cross, and no more.
 *
 * By range, because a security group of another region cannot be referenced.
 *
 * @see Amazon VPC Peering guide: reference peer security groups
 */
export class PeerIngress extends Construct {
  /** The rules. Escape hatch for raw overrides. */
  public readonly rules: ec2.CfnSecurityGroupIngress[];

  public constructor(scope: Construct, id: string, props: PeerIngressProps) {
    super(scope, id);
    const crossing = crossingFlows(props.flows).filter(flow => flow.target !== Party.DNS_FORWARDER);
    this.rules = crossing.map(
      flow =>
        new ec2.CfnSecurityGroupIngress(this, `${capitalised(flow.target)}${flow.transport}${flow.port}`, {
          groupId: props.securityGroupId,
          cidrIp: props.peerCidr,
          ipProtocol: flow.transport.toLowerCase(),
          fromPort: flow.port,
          toPort: flow.port,
          description: `${flow.purpose}, from the other region`,
        }),
    );
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
