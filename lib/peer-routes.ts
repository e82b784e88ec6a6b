import type { Construct } from 'constructs';
import { PeeringRoutes } from '../constructs/network/peering-routes';
import type { IRegionNetwork } from '../constructs/network/region-network';
import { weakReference } from './weak-reference';

/** What routes lead from and to. */
interface Ends {
  readonly own: IRegionNetwork;
  readonly peer: IRegionNetwork;
  readonly peeringConnectionId: string;
}

/**
 * Routes from the subnets of nodes and pods, and from those of the DNS forwarder, whose answers need a way back, to the nodes and
 * pods of the peer. Its forwarder is asked by CoreDNS alone, from nodes.
 *
 * @internal
 */
export function addPeerRoutes(scope: Construct, { own, peer, peeringConnectionId }: Ends): void {
  new PeeringRoutes(scope, 'Routes', {
    routeTableIds: routeTableIds([...own.privateSubnets, ...own.forwarderSubnets]),
    peerCidr: peer.cidr,
    peeringConnectionId,
  });
  for (const cidr of peer.forwarderCidrs ?? []) {
    new PeeringRoutes(scope, `Routes-${cidr.replace('/', '-')}`, {
      routeTableIds: routeTableIds(own.privateSubnets),
      peerCidr: cidr,
      peeringConnectionId,
    });
  }
}

/** Each once, because subnets that exist already may share one. */
function routeTableIds(subnets: IRegionNetwork['privateSubnets']): string[] {
  const ids = subnets.map(subnet => subnet.routeTable.routeTableId);
  return [...new Set(ids)].map(weakReference);
}
