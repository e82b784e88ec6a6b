import { cidrsOverlap, cidrText } from '../../constructs/topology/plan/cidr';
import type { Topology } from '../../constructs/topology/topology';
import { pathChecks, type Direction } from './crossing';
import { expectedFlows, isExpected, type TargetedTraffic } from './expected-flows';
import { directionText, finding, placeText, type ReachabilityFinding } from './finding';
import { missingFlows } from './missing-flows';
import { openingsOf, type Opening } from './openings';
import { peeringBetween } from './peering-connection';
import { routeFindings, unreadableRanges, wideRules } from './range-findings';
import { Templates, type StackTemplate } from './template';
import { readNetwork, type RegionNetwork } from './template-network';
import { trafficText } from './traffic';

/** Traffic that can cross from one region into the other. */
export interface CrossRegionFlow extends TargetedTraffic {
  /** Region that opens the connection. */
  readonly fromRegion: number;

  /** Region that accepts it. */
  readonly toRegion: number;
}

/** What can cross the regions, and in what that differs from what should. */
export interface Reachability {
  /** All that can cross from anywhere in a VPC, by direction, target, protocol and port. */
  readonly flows: readonly CrossRegionFlow[];

  /** Empty if exactly the flows of the topology can cross, from all nodes, and in both directions. */
  readonly findings: readonly ReachabilityFinding[];
}

/**
 * Which traffic can cross the regions, computed from the templates alone: peering, routes both ways, network ACLs and
 * security groups.
 *
 * What the templates leave open counts against them: it is a finding, never a silent pass. A flow is listed as soon as it
 * can cross from some subnet, and is missing unless it can cross between all.
 */
export function reachabilityOf(topology: Topology, stacks: readonly StackTemplate[]): Reachability {
  const templates = new Templates(stacks);
  const networks = topology.regions.map(region => readNetwork(templates, region));
  const expected = expectedFlows(topology);
  const { peering, findings } = peeringBetween(templates, networks);
  const perDirection = [
    [networks[0], networks[1]],
    [networks[1], networks[0]],
  ].map(([from, to]) => {
    const openings = openingsOf(templates, from, to);
    const direction = peering === undefined ? undefined : { from, to, peering };
    const possible = direction ? openings.filter(opening => canCross(direction, opening)) : [];
    return {
      flows: possible.map(({ traffic }) => ({ fromRegion: from.regionId, toRegion: to.regionId, ...traffic })),
      findings: [
        ...(direction ? missingFlows(direction, expected) : []),
        ...possible.filter(({ traffic }) => !isExpected(expected, traffic)).map(opening => unexpected(from, to, opening)),
        ...wideRules(templates, from, to),
        ...(direction ? routeFindings(direction) : []),
        ...unreadableRanges(from),
      ],
    };
  });
  return {
    flows: distinct(perDirection.flatMap(({ flows }) => flows)),
    findings: [...vpcFindings(networks), ...findings, ...perDirection.flatMap(direction => direction.findings)],
  };
}

function canCross(direction: Direction, { traffic, range, subnets }: Opening): boolean {
  return direction.from.subnets
    .filter(source => range === undefined || cidrsOverlap(source.range, range))
    .some(source => subnets.some(target => pathChecks(direction, source, target, traffic).every(({ coverage }) => coverage !== 'none')));
}

function unexpected(from: RegionNetwork, to: RegionNetwork, { traffic, cause }: Opening): ReachabilityFinding {
  return finding(
    'unexpected-flow',
    `${directionText(from, to)}, ${trafficText(traffic)} to ${traffic.target} can cross and should not: ${cause}`,
  );
}

function vpcFindings(networks: readonly RegionNetwork[]): ReachabilityFinding[] {
  return networks
    .filter(({ vpc }) => vpc === undefined)
    .map(network => finding('peering', `${placeText(network)} has no VPC with the range ${cidrText(network.range)}`));
}

function distinct(flows: readonly CrossRegionFlow[]): CrossRegionFlow[] {
  const sorted = [...flows].sort(
    (a, b) =>
      a.fromRegion - b.fromRegion ||
      a.target.localeCompare(b.target, 'en') ||
      a.transport.localeCompare(b.transport, 'en') ||
      a.fromPort - b.fromPort ||
      a.toPort - b.toPort,
  );
  return sorted.filter((flow, index) => JSON.stringify(flow) !== JSON.stringify(sorted[index - 1]));
}
