import { k8s } from 'cdk8s-plus-28';
import { cidrContains, parseCidr } from '../topology/plan/cidr';
import { flowsOfRegion, Party, type Flow } from '../topology/plan/flows/flows';
import { FIXED_NAMES, podLabels } from '../topology/plan/names';
import { vpcCidrs } from '../topology/plan/network-plan';
import { SubnetPurpose } from '../topology/plan/subnets';
import { planOf } from '../topology/plan-of';
import type { Topology } from '../topology/topology';

/** The parties whose pods run in Camunda's namespace. Policies can be made for these only. */
const PARTIES_OF_NAMESPACE: readonly Party[] = [
  Party.NAMESPACE,
  Party.ORCHESTRATION,
  Party.GATEWAY,
  Party.OPERATE,
  Party.TASKLIST,
  Party.IMPORTER,
  Party.MIGRATION,
  Party.CONNECTORS,
  Party.ELASTICSEARCH,
];

const EVERY_ADDRESS = '0.0.0.0/0';
/** Holds the address that hands out the credentials of a node. */
const LINK_LOCAL = '169.254.0.0/16';
const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

/** Those of them that this deployment has. */
export function partiesOfNamespace({ flows }: Topology): Party[] {
  return PARTIES_OF_NAMESPACE.filter(party => flows.some(({ source, target }) => source === party || target === party));
}

/** What may come into the pods of a party. */
export function ingressOf(
  party: Party,
  topology: Topology,
  regionId: number,
  flows: readonly Flow[] = topology.flows,
): k8s.NetworkPolicyIngressRule[] {
  const arriving = flowsOfRegion(flows, regionId).filter(flow => flow.target === party);
  return grouped(arriving, flow => flow.source).map(group => ({
    from: peers(group[0].source, group[0], topology, regionId),
    ports: ports(group),
  }));
}

/** What may go out of the pods of a party. */
export function egressOf(party: Party, topology: Topology, regionId: number): k8s.NetworkPolicyEgressRule[] {
  const flows = flowsOfRegion(topology.flows, regionId).filter(flow => flow.source === party);
  return grouped(flows, flow => flow.target).map(group => ({
    to: peers(group[0].target, group[0], topology, regionId),
    ports: ports(group),
  }));
}

/** Selects the pods of a party within the namespace. The party that is the whole namespace has no labels of its own. */
export function podSelectorOf(party: Party, release: string): k8s.LabelSelector {
  return party === Party.NAMESPACE ? {} : { matchLabels: podLabels(release, party) };
}

/** Flows with the same other side, each group one rule with several ports. */
function grouped(flows: readonly Flow[], otherSide: (flow: Flow) => Party): Flow[][] {
  const groups = new Map<string, Flow[]>();
  for (const flow of flows) {
    const key = [otherSide(flow), flow.crossRegion, flow.namespace, flow.cidr].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), flow]);
  }
  return [...groups.values()];
}

function ports(flows: readonly Flow[]): k8s.NetworkPolicyPort[] {
  return flows.map(({ port, transport }) => ({ port: k8s.IntOrString.fromNumber(port), protocol: transport }));
}

function peers(party: Party, flow: Flow, topology: Topology, regionId: number): k8s.NetworkPolicyPeer[] {
  if (party === Party.LOAD_BALANCER) return loadBalancerBlocks(topology, regionId);
  const own = peerOf(party, flow, topology);
  // Pods of the other region are known by their addresses only, and those are addresses of its VPC.
  return flow.crossRegion ? [own, { ipBlock: { cidr: topology.peerOf(regionId).vpcCidr } }] : [own];
}

function peerOf(party: Party, { target, namespace, cidr }: Flow, topology: Topology): k8s.NetworkPolicyPeer {
  switch (party) {
    case Party.NAMESPACE:
    case Party.ORCHESTRATION:
    case Party.GATEWAY:
    case Party.OPERATE:
    case Party.TASKLIST:
    case Party.IMPORTER:
    case Party.MIGRATION:
    case Party.CONNECTORS:
    case Party.ELASTICSEARCH:
      return { podSelector: podSelectorOf(party, topology.name) };
    case Party.CLIENTS:
      return { namespaceSelector: { matchLabels: { [FIXED_NAMES.clientLabel]: 'true' } } };
    case Party.ELASTIC_OPERATOR:
      return inNamespace(FIXED_NAMES.elasticOperatorNamespace);
    case Party.COLLECTOR: {
      const { namespace: place, podLabels: labels } = planOf(topology).settings.monitoring.prometheus;
      return { ...inNamespace(place), podSelector: { matchLabels: { ...labels } } };
    }
    case Party.OTHER_NAMESPACE:
      return inNamespace(namespace ?? '');
    case Party.ADDRESSES:
      return { ipBlock: { cidr: cidr ?? '', except: target === party ? insideOf(cidr, topology) : undefined } };
    case Party.CLUSTER_DNS:
      return { ...inNamespace(FIXED_NAMES.dnsNamespace), podSelector: { matchLabels: podLabels(topology.name, party) } };
    case Party.OUTSIDE:
      // Some network plugins see the address of a Service before it is replaced by a pod's, so those ranges are inside too.
      return { ipBlock: { cidr: EVERY_ADDRESS, except: insideOf(EVERY_ADDRESS, topology) } };
    case Party.DNS_FORWARDER:
    case Party.LOAD_BALANCER:
      throw new Error(`the ${party} has no pods: no network policy can select it`);
  }
}

/** Load balancers have addresses of their own subnets, where no pod is. */
function loadBalancerBlocks({ regions }: Topology, regionId: number): k8s.NetworkPolicyPeer[] {
  return regions[regionId].subnets.filter(({ purpose }) => purpose === SubnetPurpose.PUBLIC).map(({ cidr }) => ({ ipBlock: { cidr } }));
}

/** What of a range is not outside: it holds these ranges as a whole, or nothing of them. */
function insideOf(range: string | undefined, { regions }: Topology): string[] | undefined {
  const outer = parseCidr(range);
  const inside = [LINK_LOCAL, ...regions.flatMap(region => [...vpcCidrs(region), region.serviceCidr])].filter(text => {
    const inner = parseCidr(text);
    return outer !== undefined && inner !== undefined && cidrContains(outer, inner);
  });
  return inside.length > 0 ? inside : undefined;
}

function inNamespace(name: string): k8s.NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: name } } };
}
