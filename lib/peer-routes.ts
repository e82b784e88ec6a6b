import type { IRegionNetwork } from '../constructs/network/region-network';
import { weakReference } from './weak-reference';

/**
 * The route tables whose traffic crosses: those of nodes and pods, and those of the DNS forwarder, whose answers need a
 * way back. Each once, because subnets that exist already may share one.
 *
 * @internal
 */
export function peerRouteTableIds({ privateSubnets, forwarderSubnets }: IRegionNetwork): string[] {
  const ids = [...privateSubnets, ...forwarderSubnets].map(subnet => subnet.routeTable.routeTableId);
  return [...new Set(ids)].map(weakReference);
}
