import { Construct } from 'constructs';
import type { IRegionNetwork } from '../constructs/network/region-network';
import { addPeerRoutes } from './peer-routes';
import { weakReference } from './weak-reference';

/** Properties of `NetworkPeeringRoutes`. */
export interface NetworkPeeringRoutesProps {
  /** The network of the other region, which asked for the peering. */
  readonly requester: IRegionNetwork;

  /** The network in the region of the stack, which accepted it. */
  readonly accepter: IRegionNetwork;

  /** The peering connection. */
  readonly peeringConnectionId: string;
}

/**
 * The routes of the network that accepted a peering. In a stack of its own, because a route is made in the region of its stack,
 * and the peering needs the network first.
 */
export class NetworkPeeringRoutes extends Construct {
  public constructor(scope: Construct, id: string, props: NetworkPeeringRoutesProps) {
    super(scope, id);
    const { accepter, requester, peeringConnectionId } = props;
    addPeerRoutes(this, { own: accepter, peer: requester, peeringConnectionId: weakReference(peeringConnectionId) });
  }
}
