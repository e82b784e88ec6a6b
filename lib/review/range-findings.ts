import { cidrContains, cidrsOverlap, cidrText } from '../../constructs/topology/plan/cidr';
import type { Direction } from './crossing';
import { finding, placeText, type ReachabilityFinding } from './finding';
import type { Route } from './routes';
import type { SecurityGroupRule } from './security-groups';
import type { Templates } from './template';
import { entrancesWith, type RegionNetwork } from './template-network';

/** Rules that admit more than the other region's VPC, or that do not tell whom they admit. Those of load balancers for users are for others. */
export function wideRules(templates: Templates, from: RegionNetwork, to: RegionNetwork): ReachabilityFinding[] {
  return to.securityGroups.ingress
    .filter(({ group }) => entrancesWith(templates, to, group).length === 0)
    .flatMap(rule => wideRule(rule, from));
}

function wideRule({ name, group, range, rangeText }: SecurityGroupRule, from: RegionNetwork): ReachabilityFinding[] {
  const subject = `rule ${name} of security group ${group} admits ${rangeText}`;
  if (range === undefined) return [finding('unreadable', `${subject}, which the templates do not show to be a range of IPv4 addresses`)];
  if (!cidrsOverlap(range, from.range) || cidrContains(from.range, range)) return [];
  return [finding('wide-rule', `${subject}, more than the range ${cidrText(from.range)} of ${placeText(from)}`)];
}

/** Routes over a peering connection that lead further than the other VPC, elsewhere, or from where nobody needs them. */
export function routeFindings({ from, to, peering }: Direction): ReachabilityFinding[] {
  const needed = [...from.nodes.flatMap(({ subnets }) => subnets), ...(from.forwarder?.subnets ?? [])].map(({ routeTable }) => routeTable);
  return from.routes
    .filter(route => route.peering !== undefined)
    .flatMap(route => [
      ...routeMistakes(route, to, peering),
      ...(needed.includes(route.routeTable)
        ? []
        : [finding('unexpected-route', `route ${route.name} opens the peering to ${tableText(route)}`)]),
    ]);
}

function routeMistakes(
  { name, destination, destinationText, peering: used }: Route,
  to: RegionNetwork,
  peering: string,
): ReachabilityFinding[] {
  if (used !== peering) return [finding('unexpected-route', `route ${name} leads to ${used}, which does not connect both regions`)];
  if (destination === undefined) {
    return [finding('unreadable', `route ${name} leads ${destinationText} over the peering, which is no range of IPv4 addresses`)];
  }
  if (to.ranges.some(range => cidrContains(range, destination))) return [];
  return [
    finding(
      'wide-route',
      `route ${name} leads ${destinationText} over the peering, more than the range ${to.ranges.map(cidrText).join(' or ')} of ${placeText(to)}`,
    ),
  ];
}

function tableText({ routeTable }: Route): string {
  return routeTable === undefined
    ? 'a route table that the templates do not name'
    : `route table ${routeTable}, where neither nodes nor the DNS forwarder are`;
}

/** Subnets and entries of network ACLs that cannot be judged. Such entries are taken for entries about all addresses. */
export function unreadableRanges({ subnets, unreadableSubnets }: RegionNetwork): ReachabilityFinding[] {
  const entries = new Set(subnets.flatMap(({ networkAcl }) => networkAcl.unreadable));
  return [
    ...unreadableSubnets.map(subnet => finding('unreadable', `the templates do not show the range of subnet ${subnet}`)),
    ...[...entries].map(entry => finding('unreadable', `the templates do not show which addresses network ACL entry ${entry} is for`)),
  ];
}
