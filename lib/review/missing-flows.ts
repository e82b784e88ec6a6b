import { cidrContains, cidrText } from '../../constructs/topology/plan/cidr';
import { pathChecks, type Direction } from './crossing';
import { NODES, type TargetedTraffic } from './expected-flows';
import { directionText, finding, type ReachabilityFinding } from './finding';
import type { Endpoint, Subnet } from './template-network';
import { admits, trafficText, type Traffic } from './traffic';

/** Flows that should cross and cannot from each node to each target: one finding for each cause, with all flows that it stops. */
export function missingFlows(direction: Direction, expected: readonly TargetedTraffic[]): ReachabilityFinding[] {
  const stopped = new Map<string, string[]>();
  for (const flow of expected) {
    for (const cause of new Set(causes(direction, flow))) {
      stopped.set(cause, [...(stopped.get(cause) ?? []), `${trafficText(flow)} to ${flow.target}`]);
    }
  }
  return [...stopped].map(([cause, flows]) =>
    finding('missing-flow', `${directionText(direction.from, direction.to)}, ${flows.join(', ')} cannot cross: ${cause}`),
  );
}

/** Everything that keeps a flow from crossing between all nodes of one region and all targets of the other. */
export function causes(direction: Direction, flow: TargetedTraffic): string[] {
  const { from, to } = direction;
  const endpoints = flow.target === NODES ? to.nodes : to.forwarder ? [to.forwarder] : [];
  if (endpoints.length === 0) {
    return [`${to.awsRegion} has no ${flow.target === NODES ? 'node group' : 'load balancer at the addresses of the DNS forwarder'}`];
  }
  if (from.nodes.length === 0) return [`${from.awsRegion} has no node group`];
  const hidden = [...endpoints, ...from.nodes].filter(({ allSubnets }) => !allSubnets);
  if (hidden.length > 0) return hidden.map(({ name }) => `the templates do not show all subnets of ${name}`);
  return endpoints.flatMap(endpoint => [
    ...notListening(endpoint, flow),
    ...from.nodes.flatMap(nodes => nodes.subnets.flatMap(source => causesBetween(direction, nodes, source, endpoint, flow))),
  ]);
}

function causesBetween(direction: Direction, nodes: Endpoint, source: Subnet, endpoint: Endpoint, flow: Traffic): string[] {
  return endpoint.subnets.flatMap(target => [
    ...notAdmitted(direction, endpoint, source, flow),
    ...notLetOut(direction, nodes, target, flow),
    ...pathChecks(direction, source, target, flow)
      .filter(({ coverage }) => coverage !== 'all')
      .map(({ obstacle }) => obstacle),
  ]);
}

function notListening({ name, listens }: Endpoint, flow: Traffic): string[] {
  return !listens || listens.some(traffic => admits(traffic, flow)) ? [] : [`load balancer ${name} has no listener for it`];
}

function notAdmitted({ from, to }: Direction, { name, securityGroups }: Endpoint, source: Subnet, flow: Traffic): string[] {
  const admitted = to.securityGroups.ingress.some(
    ({ group, range, traffic }) => securityGroups.includes(group) && range && cidrContains(range, source.range) && admits(traffic, flow),
  );
  // Without a security group, everything is admitted.
  if (admitted || securityGroups.length === 0) return [];
  return [`no rule of ${securityGroups.join(', ')} lets it from all of ${cidrText(from.range)} to ${name}`];
}

function notLetOut({ from, to }: Direction, { name, securityGroups }: Endpoint, target: Subnet, flow: Traffic): string[] {
  const { restricted, egress } = from.securityGroups;
  const free = securityGroups.some(group => !restricted.has(group));
  const letOut = egress.some(
    ({ group, range, traffic }) => securityGroups.includes(group) && range && cidrContains(range, target.range) && admits(traffic, flow),
  );
  if (free || letOut) return [];
  return [`no rule of ${securityGroups.join(', ')} lets it out of ${name} to all of ${cidrText(to.range)}`];
}
