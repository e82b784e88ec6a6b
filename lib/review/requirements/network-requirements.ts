import { cidrsOverlap, parseCidr } from '../../../constructs/topology/plan/cidr';
import { Transport } from '../../../constructs/topology/plan/flows/flows';
import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import { vpcCidrs } from '../../../constructs/topology/plan/network-plan';
import type { Topology } from '../../../constructs/topology/topology';
import { ROUND_TRIP_LIMIT_MS } from '../../../constructs/topology/versions/round-trip';
import { counted } from '../document/cells';
import { roundTripVerdict } from '../round-trip-verdict';
import { textOf, type StackTemplate } from '../template';
import {
  inBothRegions,
  manifestPlace,
  met,
  notMet,
  PAGES,
  stackPlace,
  yours,
  type Requirement,
  type RequirementVerdict,
  type ReviewFacts,
} from './requirement';

/**
 * About regions, addresses, ports and names.
 *
 * @internal
 */
export const NETWORK_REQUIREMENTS: readonly Requirement[] = [
  {
    id: 'two-regions',
    demand: 'Exactly two regions, and different ones.',
    page: PAGES.concept,
    rules: ['region-count', 'region-same'],
    place: stackPlace('Region0', 'Region1'),
    judge: ({ topology: { regions } }) => {
      const names = [...new Set(regions.map(({ awsRegion }) => awsRegion))];
      return names.length === 2 ? met(names.join(' and ')) : notMet(`got ${names.join(', ')}`);
    },
  },
  {
    id: 'round-trip-time',
    demand: `The round trip between the regions should not exceed ${ROUND_TRIP_LIMIT_MS} ms: a limit up to 8.8, a guideline from 8.9 on.`,
    page: PAGES.concept,
    rules: ['round-trip', 'round-trip-long', 'round-trip-unknown'],
    place: () => 'the configuration alone decides it',
    judge: ({ topology }) => {
      const { milliseconds, source } = topology.roundTrip;
      const { text, tone } = roundTripVerdict(topology);
      return { tone, text: milliseconds === undefined ? text : `${milliseconds} ms (${source}): ${text}` };
    },
  },
  {
    id: 'ranges-apart',
    demand: 'Ranges of VPCs, Services and pods must not overlap.',
    page: PAGES.eks,
    rules: ['cidr-valid', 'cidr-size', 'cidr-private', 'cidr-overlap'],
    place: stackPlace('Region0', 'Region1'),
    judge: ({ topology }) => rangesVerdict(topology),
  },
  {
    id: 'pods-reachable',
    demand: 'Pods of each region must reach those of the other by their addresses, on every port that Camunda needs.',
    page: PAGES.concept,
    enforcedBy: 'VpcPeering, PeeringRoutes, PeerIngress',
    place: stackPlace('Peering', 'PeerRoutes', 'Region0', 'Region1'),
    judge: ({ flows, topology }) => {
      const stopped = flows.filter(({ obstacles }) => obstacles.length > 0);
      if (stopped.length === 0) return reachableVerdict(topology, `${counted(flows.length, 'flow')} can cross, both directions counted`);
      const names = stopped.map(
        ({ flow, fromRegion, toRegion }) => `${flow.transport} ${flow.port} from region ${fromRegion} to region ${toRegion}`,
      );
      return notMet(`cannot cross: ${names.join(', ')}`);
    },
  },
  {
    id: 'gossip-port',
    demand: 'Membership gossip needs UDP 26502 across the regions, beside TCP.',
    page: PAGES.concept,
    enforcedBy: 'flows of the topology, PeerIngress, NetworkPoliciesChart',
    place: stackPlace('Region0', 'Region1'),
    judge: ({ flows }) => {
      const gossip = flows.filter(({ flow }) => flow.transport === Transport.UDP);
      const open = gossip.length > 0 && gossip.every(({ obstacles }) => obstacles.length === 0);
      return open ? met('open in both directions') : notMet('closed: the cluster forms, and notices failures late');
    },
  },
  {
    id: 'nothing-else-crosses',
    demand: 'Nothing but what Camunda needs crosses the regions. The management API (9600) has no login and stays inside.',
    page: PAGES.operations,
    enforcedBy: 'PeerIngress, reachability check of this review',
    place: stackPlace('Region0', 'Region1', 'Peering', 'PeerRoutes'),
    judge: ({ reachability: { findings } }) =>
      findings.length === 0 ? met('the templates open nothing else') : notMet(findings.map(({ message }) => message).join('; ')),
  },
  {
    id: 'names-resolve',
    demand: "Each region's DNS resolves the names of the other region's namespace.",
    page: PAGES.eks,
    enforcedBy: 'DnsForwarder, the Corefile of the CoreDNS add-on',
    place: stackPlace('Region0', 'Region1'),
    judge: dnsVerdict,
  },
  {
    id: 'namespaces-differ',
    demand: 'The namespaces of both regions must differ, because names are forwarded by namespace.',
    page: PAGES.concept,
    rules: ['namespace-same', 'namespace-label', 'namespace-system'],
    place: manifestPlace('00-foundation'),
    judge: ({ topology: { regions } }) => {
      const names = regions.map(({ namespace }) => namespace);
      return new Set(names).size === names.length ? met(names.join(' and ')) : notMet(`both are ${names[0]}`);
    },
  },
];

/** What is in no template cannot be vouched for. */
function reachableVerdict({ regions }: Topology, text: string): RequirementVerdict {
  const existing = regions.flatMap(({ existingVpc }) => existingVpc?.vpcId ?? []);
  if (existing.length === 0) return met(text);
  return yours(`${text}, as far as the templates tell: compare network ACLs and routes of ${existing.join(' and ')} yourself`);
}

function rangesVerdict({ regions }: Topology): RequirementVerdict {
  const texts = regions.flatMap(region => [...vpcCidrs(region), region.serviceCidr]);
  const overlapping = texts.filter((text, i) => texts.some((other, j) => i !== j && cidrsOverlap(parseCidr(text)!, parseCidr(other)!)));
  return overlapping.length === 0 ? met(texts.join(', ')) : notMet(`overlap: ${overlapping.join(', ')}`);
}

function dnsVerdict({ topology, rendered }: ReviewFacts): RequirementVerdict {
  return inBothRegions(
    topology,
    regionId => {
      const { namespace, forwarderAddresses } = topology.peerOf(regionId);
      const { awsRegion } = topology.regions[regionId];
      const corefile = coreDnsConfiguration(rendered.stacks.filter(stack => stack.awsRegion === awsRegion));
      return corefile.includes(`${namespace}.svc.cluster.local`) && forwarderAddresses.every(address => corefile.includes(address));
    },
    `CoreDNS asks the forwarder of the other region, through the Service ${FIXED_NAMES.dnsService} there`,
    'CoreDNS does not ask the other region',
  );
}

function coreDnsConfiguration(stacks: readonly StackTemplate[]): string {
  const addons = stacks.flatMap(({ template }) => Object.values(template.Resources ?? {})).filter(({ Type }) => Type === 'AWS::EKS::Addon');
  return addons
    .filter(({ Properties }) => Properties?.AddonName === 'coredns')
    .map(({ Properties }) => textOf(Properties?.ConfigurationValues))
    .join('\n');
}
