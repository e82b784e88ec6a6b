import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** Properties of a `VpcPeering`. */
export interface VpcPeeringProps {
  /** Id of the VPC that asks, in the region of the stack. */
  readonly vpcId: string;

  /** Id of the VPC that accepts. */
  readonly peerVpcId: string;

  /** AWS region of the VPC that accepts. Without it, the peering would fail to become active. */
  readonly peerRegion: string;
}

/**
 * A peering connection between the VPCs of two regions of one account.
 *
 * @see Amazon VPC Peering guide: within one account CloudFormation accepts the request by itself
 */
export class VpcPeering extends Construct {
  /** Id of the peering connection. */
  public readonly peeringConnectionId: string;

  public constructor(scope: Construct, id: string, props: VpcPeeringProps) {
    super(scope, id);
    const resource = new ec2.CfnVPCPeeringConnection(this, 'Resource', {
      vpcId: props.vpcId,
      peerVpcId: props.peerVpcId,
      peerRegion: props.peerRegion,
    });
    this.peeringConnectionId = resource.ref;
  }
}
