import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { PeeringRoutes } from '../constructs/network/peering-routes';
import type { IRegionNetwork } from '../constructs/network/region-network';
import { peerRouteTableIds } from './peer-routes';
import { weak } from './weak-reference';

/** Properties of a `PeerRoutesStack`. */
export interface PeerRoutesStackProps extends StackProps {
  /** The network of the other region, which asked for the peering. */
  readonly requester: IRegionNetwork;

  /** The network of the region of this stack, which accepted it. */
  readonly accepter: IRegionNetwork;

  /** The peering connection. */
  readonly peeringConnectionId: string;
}

/**
 * The routes of the network that accepted a peering. A stack of its own, because a route is made in the region of its stack, and
 * the peering needs the network first.
 */
export class PeerRoutesStack extends Stack {
  public constructor(scope: Construct, id: string, props: PeerRoutesStackProps) {
    super(scope, id, props);
    new PeeringRoutes(this, 'Routes', {
      routeTableIds: peerRouteTableIds(props.accepter),
      peerCidr: props.requester.cidr,
      peeringConnectionId: weak(props.peeringConnectionId),
    });
  }
}
