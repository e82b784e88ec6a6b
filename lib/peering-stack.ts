import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { PeeringRoutes } from '../constructs/network/peering-routes';
import { VpcPeering } from '../constructs/network/vpc-peering';
import type { Topology } from '../constructs/topology/topology';
import type { RegionStack } from './region-stack';
import { weak } from './weak-reference';

/** @internal */
export interface PeeringStackProps extends StackProps {
  readonly topology: Topology;
  readonly regionStacks: readonly RegionStack[];
}

/**
 * The peering connection, and region 0's routes into it.
 *
 * @internal
 */
export class PeeringStack extends Stack {
  public readonly peeringConnectionId: string;

  public constructor(scope: Construct, id: string, props: PeeringStackProps) {
    super(scope, id, props);
    const [own, peer] = props.regionStacks;
    const peering = new VpcPeering(this, 'Peering', {
      vpcId: weak(own.network.vpc.vpcId),
      peerVpcId: weak(peer.network.vpc.vpcId),
      peerRegion: props.topology.regions[1].awsRegion,
    });
    this.peeringConnectionId = peering.peeringConnectionId;
    new PeeringRoutes(this, 'Routes', {
      routeTableIds: peerRouteTableIds(own),
      peerCidr: props.topology.regions[1].vpcCidr,
      peeringConnectionId: peering.peeringConnectionId,
    });
    new CfnOutput(this, 'PeeringConnectionId', {
      value: peering.peeringConnectionId,
      description: 'VPC peering connection between both regions',
    });
  }
}

/**
 * The route tables whose traffic crosses: those of nodes and pods, and those of the DNS forwarder, whose answers need a
 * way back.
 *
 * @internal
 */
export function peerRouteTableIds({ network }: RegionStack): string[] {
  return [...network.privateSubnets, ...network.forwarderSubnets].map(subnet => weak(subnet.routeTable.routeTableId));
}
