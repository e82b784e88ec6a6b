import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { NetworkPeeringRoutes, type NetworkPeeringRoutesProps } from './network-peering-routes';

/** @internal */
export interface PeerRoutesStackProps extends NetworkPeeringRoutesProps, StackProps {}

/**
 * The routes of region 1.
 *
 * @internal
 */
export class PeerRoutesStack extends Stack {
  public constructor(scope: Construct, id: string, props: PeerRoutesStackProps) {
    super(scope, id, props);
    // CDK leaves 'Default' out of logical ids: with another one, a second route to the same range would be made first.
    new NetworkPeeringRoutes(this, 'Default', props);
  }
}
