import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { IRegionNetwork } from '../constructs/network/region-network';
import { VpcPeering } from '../constructs/network/vpc-peering';
import { ConfigurationError } from '../constructs/topology/rules/judging/configuration-error';
import { errorOf } from '../constructs/topology/rules/judging/problem';
import { addPeerRoutes } from './peer-routes';
import { weakReference } from './weak-reference';

/** Properties of a `NetworkPeering`. */
export interface NetworkPeeringProps {
  /** The network in the region of the stack, which asks for the peering. */
  readonly requester: IRegionNetwork;

  /** The network of the other region, in a stack with an explicit region. */
  readonly accepter: IRegionNetwork;
}

/**
 * The peering connection between the networks of two regions, and the routes of the one that asks. It holds on to neither
 * network: what it needs of a stack in another region is read at deployment. Best in a stack of its own.
 */
export class NetworkPeering extends Construct {
  /** Id of the peering connection. */
  public readonly peeringConnectionId: string;

  public constructor(scope: Construct, id: string, props: NetworkPeeringProps) {
    super(scope, id);
    const { requester, accepter } = props;
    const peering = new VpcPeering(this, 'Peering', {
      vpcId: weakReference(requester.vpc.vpcId),
      peerVpcId: weakReference(accepter.vpc.vpcId),
      peerRegion: regionOf(accepter),
    });
    this.peeringConnectionId = peering.peeringConnectionId;
    addPeerRoutes(this, { own: requester, peer: accepter, peeringConnectionId: peering.peeringConnectionId });
  }
}

/** A token of another region's stack would be this stack's own region in the template. */
function regionOf({ vpc }: IRegionNetwork): string {
  const { region } = vpc.env;
  if (!Token.isUnresolved(region)) return region;
  throw new ConfigurationError([
    errorOf({
      rule: 'peer-region',
      setting: 'accepter',
      value: region,
      requirement: 'must be in a stack that states its region',
      fix: "give the stack of that network an 'env' with a region, for example { region: 'eu-west-3' }",
    }),
  ]);
}
