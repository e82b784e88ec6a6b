import { cidrContains, cidrsOverlap, parseCidr, type Cidr } from '../../constructs/topology/plan/cidr';
import { combineCoverages, type Coverage } from './coverage';
import { isObject, type StackResource, type Templates } from './template';
import { ALL_PROTOCOLS, admits, trafficOf, type Traffic } from './traffic';

/** An entry of a network ACL. */
interface AclEntry {
  readonly ruleNumber: number;
  readonly allow: boolean;
  readonly egress: boolean;
  readonly range: Cidr;
  readonly traffic: Traffic;
}

/** The network ACL of a subnet. */
export interface NetworkAcl {
  readonly name: string;
  readonly entries: readonly AclEntry[];
  /** Entries whose range the templates do not tell. */
  readonly unreadable: readonly string[];
}

const EVERYWHERE: Cidr = { base: 0, prefix: 0 };

/** What AWS gives every VPC: it allows all, unless an entry with a lower number says otherwise. */
const DEFAULT_ENTRIES: readonly AclEntry[] = [true, false].map(egress => ({
  ruleNumber: 100,
  allow: true,
  egress,
  range: EVERYWHERE,
  traffic: trafficOf(ALL_PROTOCOLS, {}),
}));

/** The network ACL of a subnet that exists already. No template shows it, so it is taken for one that keeps nothing out. */
export function unseenNetworkAcl(subnet: string): NetworkAcl {
  return { name: `${subnet}.UnseenNetworkAcl`, entries: DEFAULT_ENTRIES, unreadable: [] };
}

/** Whether the network ACL of that name is one that no template shows. */
export function isUnseen(name: string): boolean {
  return name.endsWith('.UnseenNetworkAcl');
}

/** The network ACL that rules a subnet: the associated one, else the default one of its VPC. */
export function networkAclOf(templates: Templates, awsRegion: string, subnet: string, vpc: string): NetworkAcl {
  const association = templates
    .resources(awsRegion, 'AWS::EC2::SubnetNetworkAclAssociation')
    .find(({ properties, stack }) => templates.identify(properties.SubnetId, stack) === subnet);
  const associated = association && (templates.identify(association.properties.NetworkAclId, association.stack) ?? association.name);
  const name = associated ?? `${vpc}.DefaultNetworkAcl`;
  const resources = templates
    .resources(awsRegion, 'AWS::EC2::NetworkAclEntry')
    .filter(({ properties, stack }) => templates.identify(properties.NetworkAclId, stack) === name)
    // Entries for IPv6 alone have no part in what is judged here.
    .filter(({ properties }) => properties.CidrBlock !== undefined);
  const entries = [...resources.map(resource => entryOf(templates, resource)), ...(associated === undefined ? DEFAULT_ENTRIES : [])];
  return {
    name,
    entries: entries.sort((a, b) => a.ruleNumber - b.ruleNumber),
    unreadable: resources.filter(resource => !rangeOf(templates, resource)).map(resource => resource.name),
  };
}

function entryOf(templates: Templates, resource: StackResource): AclEntry {
  const { properties } = resource;
  return {
    ruleNumber: Number(properties.RuleNumber),
    allow: properties.RuleAction === 'allow',
    egress: properties.Egress === true || properties.Egress === 'true',
    range: rangeOf(templates, resource) ?? EVERYWHERE,
    traffic: trafficOf(properties.Protocol, isObject(properties.PortRange) ? properties.PortRange : {}),
  };
}

function rangeOf(templates: Templates, { properties, stack }: StackResource): Cidr | undefined {
  return parseCidr(templates.rangeText(properties.CidrBlock, stack));
}

/** How much of some traffic with a range the ACL lets pass. Entries are tried by their numbers; the first that fits decides. */
export function passes(acl: NetworkAcl, egress: boolean, range: Cidr, traffic: Traffic): Coverage {
  const entries = acl.entries.filter(entry => entry.egress === egress);
  return combineCoverages(slicesOf(traffic, entries).map(slice => verdict(entries, range, slice)));
}

function verdict(entries: readonly AclEntry[], range: Cidr, traffic: Traffic): Coverage {
  // What earlier entries decided for a part of the addresses or protocols alone.
  let undecided: Coverage | undefined;
  for (const { allow, range: entryRange, traffic: entryTraffic } of entries) {
    if (!cidrsOverlap(entryRange, range) || !meets(entryTraffic, traffic)) continue;
    const own: Coverage = allow ? 'all' : 'none';
    undecided = undecided === undefined ? own : combineCoverages([undecided, own]);
    if (cidrContains(entryRange, range) && admits(entryTraffic, traffic)) return undecided;
  }
  // The last entry of every ACL, which no template shows, denies the rest.
  return undecided === 'all' ? 'part' : (undecided ?? 'none');
}

function meets(a: Traffic, b: Traffic): boolean {
  const sameProtocol = a.transport === b.transport || [a.transport, b.transport].includes(ALL_PROTOCOLS);
  return sameProtocol && a.fromPort <= b.toPort && b.fromPort <= a.toPort;
}

/** Cuts the ports where an entry begins or ends, so that each slice is inside or outside of every entry. */
function slicesOf(traffic: Traffic, entries: readonly AclEntry[]): Traffic[] {
  const cuts = entries.flatMap(entry => [entry.traffic.fromPort, entry.traffic.toPort + 1]);
  const starts = [...new Set([traffic.fromPort, ...cuts])]
    .filter(port => port >= traffic.fromPort && port <= traffic.toPort)
    .sort((a, b) => a - b);
  return starts.map((fromPort, index) => ({
    transport: traffic.transport,
    fromPort,
    toPort: (starts[index + 1] ?? traffic.toPort + 1) - 1,
  }));
}
