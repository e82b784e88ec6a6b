import { cidrContains, cidrText } from '../../constructs/topology/plan/cidr';
import type { Coverage } from './coverage';
import { passes } from './network-acls';
import { routed } from './routes';
import type { RegionNetwork, Subnet } from './template-network';
import type { Traffic } from './traffic';

/** From one region to the other, over the peering connection. */
export interface Direction {
  readonly from: RegionNetwork;
  readonly to: RegionNetwork;
  readonly peering: string;
}

/** Something on the way of a connection. */
export interface PathCheck {
  readonly coverage: Coverage;
  /** What it is, for the case that it lets not everything through. */
  readonly obstacle: string;
}

/**
 * Ports that a client waits at for its answers: those that Linux gives out.
 *
 * @see Linux kernel documentation, ip_local_port_range
 */
const CLIENT_PORTS = { fromPort: 32768, toPort: 60999 };

/** Everything between two subnets that may keep a connection from working, apart from security groups. */
export function pathChecks({ from, to, peering }: Direction, source: Subnet, target: Subnet, traffic: Traffic): PathCheck[] {
  const answer = { ...traffic, ...CLIENT_PORTS };
  return [
    routeHurdle(from, to, source, target, peering, 'there is no way: '),
    routeHurdle(to, from, target, source, peering, 'there is no way back: '),
    aclHurdle(source, true, target, traffic, 'requests leave'),
    aclHurdle(target, false, source, traffic, 'requests arrive'),
    aclHurdle(target, true, source, answer, 'answers leave'),
    aclHurdle(source, false, target, answer, 'answers arrive'),
  ];
}

function routeHurdle(
  own: RegionNetwork,
  other: RegionNetwork,
  here: Subnet,
  there: Subnet,
  peering: string,
  introduction: string,
): PathCheck {
  const routes = here.routeTable === undefined ? [] : own.routes.filter(route => route.routeTable === here.routeTable);
  const coverage = routed(routes, there.range, peering);
  const range = other.ranges.find(one => cidrContains(one, there.range)) ?? other.range;
  const verb = coverage === 'part' ? 'does not always lead' : 'does not lead';
  const table =
    here.routeTable === undefined
      ? `subnet ${here.name} has no route table that leads`
      : `route table ${here.routeTable} of subnet ${here.name} ${verb}`;
  return { coverage, obstacle: `${introduction}${table} to ${cidrText(range)} over the peering` };
}

function aclHurdle(here: Subnet, egress: boolean, there: Subnet, traffic: Traffic, what: string): PathCheck {
  return {
    coverage: passes(here.networkAcl, egress, there.range, traffic),
    obstacle: `network ACL ${here.networkAcl.name} does not let all ${what} subnet ${here.name}`,
  };
}
