import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { NetworkPeering, type NetworkPeeringProps } from './network-peering';

/** @internal */
export interface PeeringStackProps extends NetworkPeeringProps, StackProps {}

/**
 * The peering connection, and the routes of region 0.
 *
 * @internal
 */
export class PeeringStack extends Stack {
  public readonly peeringConnectionId: string;

  public constructor(scope: Construct, id: string, props: PeeringStackProps) {
    super(scope, id, props);
    // CDK leaves 'Default' out of logical ids: with another one, the connection would be made anew.
    this.peeringConnectionId = new NetworkPeering(this, 'Default', props).peeringConnectionId;
    new CfnOutput(this, 'PeeringConnectionId', {
      value: this.peeringConnectionId,
      description: 'VPC peering connection between both regions',
    });
  }
}
