import { cidrsOverlap, type Cidr } from '../../constructs/topology/plan/cidr';
import { DNS_FORWARDER, NODES, type TargetedTraffic } from './expected-flows';
import type { Templates } from './template';
import { entrancesWith, isClusterSecurityGroup, otherHoldersOf, type Endpoint, type RegionNetwork, type Subnet } from './template-network';
import { ALL_PROTOCOLS, trafficOf } from './traffic';

/** A rule that admits the other region, or the lack of one that would keep it out. */
export interface Opening {
  readonly traffic: TargetedTraffic;
  /** The addresses that are admitted. Undefined if the templates do not tell. */
  readonly range?: Cidr;
  /** Where the admitted traffic may arrive. */
  readonly subnets: readonly Subnet[];
  /** The cause, continuing the sentence that names the traffic. */
  readonly cause: string;
}

/** Everything in a region that admits some of the other region's addresses. */
export function openingsOf(templates: Templates, from: RegionNetwork, to: RegionNetwork): Opening[] {
  const rules = to.securityGroups.ingress.filter(({ range }) => range === undefined || cidrsOverlap(range, from.range));
  const targets = new Map([...new Set(rules.map(({ group }) => group))].map(group => [group, targetsOf(templates, to, group)]));
  const byRule = rules.flatMap(({ name, group, range, rangeText, traffic }) =>
    (targets.get(group) ?? []).map(target => ({
      traffic: { target, ...traffic },
      range,
      subnets: subnetsOf(to, target, entrancesWith(templates, to, group)),
      cause: `rule ${name} of security group ${group} admits ${rangeText}`,
    })),
  );
  return [...byRule, ...unguarded(to)];
}

/** Who a rule opens. A group that nobody in the templates has may still be given to something. */
function targetsOf(templates: Templates, network: RegionNetwork, group: string): string[] {
  const nodes = isClusterSecurityGroup(group) || network.nodes.some(({ securityGroups }) => securityGroups.includes(group));
  const forwarder = network.forwarder?.securityGroups.includes(group) ?? false;
  const others = otherHoldersOf(templates, network, group).length > 0 || !(nodes || forwarder);
  return [...(nodes ? [NODES] : []), ...(forwarder ? [DNS_FORWARDER] : []), ...(others ? [logicalIdOf(group)] : [])];
}

function subnetsOf(network: RegionNetwork, target: string, entrances: readonly Endpoint[] = []): readonly Subnet[] {
  const endpoints = target === NODES ? network.nodes : target === DNS_FORWARDER && network.forwarder ? [network.forwarder] : entrances;
  const known = endpoints.length > 0 && endpoints.every(({ allSubnets }) => allSubnets);
  return known ? endpoints.flatMap(({ subnets }) => subnets) : network.subnets;
}

/** A network load balancer without a security group accepts whatever reaches it. */
function unguarded(network: RegionNetwork): Opening[] {
  const open = network.unguarded.map(name => ({ name, target: logicalIdOf(name) }));
  if (network.forwarder?.securityGroups.length === 0) open.push({ name: network.forwarder.name, target: DNS_FORWARDER });
  return open.map(({ name, target }) => ({
    traffic: { target, ...trafficOf(ALL_PROTOCOLS, {}) },
    subnets: subnetsOf(network, target),
    cause: `load balancer ${name} has no security group`,
  }));
}

function logicalIdOf(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
