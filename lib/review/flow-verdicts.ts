import { cidrContains, cidrsOverlap } from '../../constructs/topology/plan/cidr';
import { crossingFlows, Party, type Flow } from '../../constructs/topology/plan/flows/flows';
import type { Topology } from '../../constructs/topology/topology';
import type { Direction } from './crossing';
import { DNS_FORWARDER, NODES, type TargetedTraffic } from './expected-flows';
import { placeText } from './finding';
import { causes } from './missing-flows';
import { peeringBetween } from './peering-connection';
import { Templates, type StackTemplate } from './template';
import { readNetwork, type Endpoint, type RegionNetwork } from './template-network';
import { admits } from './traffic';

/**
 * One flow in one direction, with what lets it through.
 *
 * @internal
 */
export interface FlowVerdict {
  readonly flow: Flow;
  readonly fromRegion: number;
  readonly toRegion: number;
  /** Rules of security groups that admit it. */
  readonly rules: readonly string[];
  /** Routes over the peering, there and back. */
  readonly routes: readonly string[];
  readonly networkAcls: readonly string[];
  /** Why it cannot cross between all nodes and all targets. Empty if it can. */
  readonly obstacles: readonly string[];
}

/**
 * What becomes of each flow that has to cross, in both directions, by the templates alone.
 *
 * @internal
 */
export function flowVerdicts(topology: Topology, stacks: readonly StackTemplate[]): FlowVerdict[] {
  const templates = new Templates(stacks);
  const networks = topology.regions.map(region => readNetwork(templates, region));
  const { peering, findings } = peeringBetween(templates, networks);
  const withoutPeering = findings.map(({ message }) => message);
  return crossingFlows(topology.flows).flatMap(flow =>
    [
      [networks[0], networks[1]],
      [networks[1], networks[0]],
    ].map(([from, to]): FlowVerdict => {
      const direction = peering === undefined ? undefined : { from, to, peering };
      const traffic = trafficOf(flow);
      return {
        flow,
        fromRegion: from.regionId,
        toRegion: to.regionId,
        rules: rulesFor(from, to, traffic),
        routes: direction ? routesFor(direction, traffic) : [],
        networkAcls: [
          ...new Set([...subnetsOf(from.nodes), ...subnetsOf(targetsOf(to, traffic))].map(({ networkAcl }) => networkAcl.name)),
        ],
        obstacles: direction ? [...new Set(causes(direction, traffic))] : withoutPeering,
      };
    }),
  );
}

function trafficOf({ target, transport, port }: Flow): TargetedTraffic {
  const transportName = transport.toLowerCase();
  return { target: target === Party.DNS_FORWARDER ? DNS_FORWARDER : NODES, transport: transportName, fromPort: port, toPort: port };
}

function targetsOf(network: RegionNetwork, { target }: TargetedTraffic): readonly Endpoint[] {
  if (target === NODES) return network.nodes;
  return network.forwarder ? [network.forwarder] : [];
}

function subnetsOf(endpoints: readonly Endpoint[]): Endpoint['subnets'] {
  return endpoints.flatMap(({ subnets }) => subnets);
}

function rulesFor(from: RegionNetwork, to: RegionNetwork, traffic: TargetedTraffic): string[] {
  const groups = targetsOf(to, traffic).flatMap(({ securityGroups }) => securityGroups);
  const rules = to.securityGroups.ingress.filter(
    rule => groups.includes(rule.group) && rule.range && cidrsOverlap(rule.range, from.range) && admits(rule.traffic, traffic),
  );
  return [...new Set(rules.map(({ name }) => name))];
}

function routesFor({ from, to, peering }: Direction, traffic: TargetedTraffic): string[] {
  const leads = (network: RegionNetwork, endpoints: readonly Endpoint[], other: RegionNetwork): string[] => {
    const tables = new Set(subnetsOf(endpoints).map(({ routeTable }) => routeTable));
    return network.routes
      .filter(
        ({ routeTable, destination, peering: used }) =>
          used === peering && tables.has(routeTable) && destination && cidrContains(destination, other.range),
      )
      .map(({ name }) => name);
  };
  return [...leads(from, from.nodes, to), ...leads(to, targetsOf(to, traffic), from)];
}

/**
 * The direction in words.
 *
 * @internal
 */
export function directionOf(topology: Topology, { fromRegion, toRegion }: FlowVerdict): { readonly from: string; readonly to: string } {
  return { from: placeText(topology.regions[fromRegion]), to: placeText(topology.regions[toRegion]) };
}
