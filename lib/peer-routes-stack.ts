import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { PeeringRoutes } from '../constructs/network/peering-routes';
import type { Topology } from '../constructs/topology/topology';
import { peerRouteTableIds, type PeeringStack } from './peering-stack';
import type { RegionStack } from './region-stack';
import { weak } from './weak-reference';

/** @internal */
export interface PeerRoutesStackProps extends StackProps {
  readonly topology: Topology;
  readonly regionStack: RegionStack;
  readonly peeringStack: PeeringStack;
}

/**
 * Region 1's routes into the peering. A stack of its own, because a route is made in the region of its stack.
 *
 * @internal
 */
export class PeerRoutesStack extends Stack {
  public constructor(scope: Construct, id: string, props: PeerRoutesStackProps) {
    super(scope, id, props);
    new PeeringRoutes(this, 'Routes', {
      routeTableIds: peerRouteTableIds(props.regionStack),
      peerCidr: props.topology.regions[0].vpcCidr,
      peeringConnectionId: weak(props.peeringStack.peeringConnectionId),
    });
  }
}
