import { cidrsOverlap, isPrivateCidr, parseCidr, sizeOf, type Cidr } from '../../../constructs/topology/plan/cidr';
import { vpcCidrs } from '../../../constructs/topology/plan/network-plan';
import { maxPerZoneOf, mostNodesOfZone } from '../../../constructs/topology/plan/node-groups';
import { SubnetPurpose, type SubnetPlan } from '../../../constructs/topology/plan/subnets';
import { planOf } from '../../../constructs/topology/plan-of';
import type { RegionTopology, Topology } from '../../../constructs/topology/topology';
import { addressesOfNode } from '../../../constructs/topology/versions/instance-types';
import { counted, toned, toneOf } from './cells';
import type { Cell, ReviewSection, ReviewTable } from './review-document';

/** `@see` Amazon VPC user guide, subnet CIDR blocks: the first four addresses and the last one */
const RESERVED_BY_AWS = 5;
/** `@see` Amazon EKS user guide, VPC requirements: interfaces of the control plane, which may all be in one subnet */
const CONTROL_PLANE_INTERFACES = 4;

/**
 * All ranges of both regions, what is left in them, and whether they can be routed.
 *
 * @internal
 */
export function cidrSection(topology: Topology): ReviewSection {
  const tables = [subnetTable(topology), rangeTable(topology), checkTable(topology)];
  const ranges = rangesOf(topology);
  const overlaps = pairsOf(ranges).filter(([a, b]) => cidrsOverlap(a.cidr, b.cidr));
  return {
    id: 'cidr-plan',
    title: 'CIDR plan',
    summary:
      overlaps.length === 0
        ? `No two of the ${ranges.length} ranges overlap, so each address means the same in both regions.`
        : `${counted(overlaps.length, 'pair of ranges overlaps', 'pairs of ranges overlap')}.`,
    tone: toneOf(tables),
    tables,
  };
}

function subnetTable(topology: Topology): ReviewTable {
  return {
    title: 'Subnets',
    columns: ['region', 'purpose', 'zone', 'range', 'addresses', 'planned, at most', 'free'],
    rows: topology.regions.flatMap(region => region.subnets.map(subnet => subnetRow(topology, region, subnet))),
    notes: [
      `AWS keeps ${RESERVED_BY_AWS} addresses of each subnet; they are not among the addresses.`,
      'Planned in a private subnet: maxPerZone nodes of each group and the two that EKS adds while nodes are replaced, with all the addresses that their network interfaces can hold for pods, and those of the control plane.',
    ],
  };
}

function subnetRow(topology: Topology, { regionId }: RegionTopology, { purpose, zone, cidr }: SubnetPlan): Cell[] {
  const addresses = sizeOf(parseCidr(cidr)!) - RESERVED_BY_AWS;
  const planned = plannedIn(topology, purpose);
  const free = planned === undefined ? undefined : addresses - planned;
  return [
    String(regionId),
    purpose,
    String(zone),
    cidr,
    String(addresses),
    planned === undefined ? `not known for ${planOf(topology).settings.nodes.instanceType}` : String(planned),
    free === undefined ? 'not known' : free >= 0 ? String(free) : toned(`${free}: pods may find no address`, 'warning'),
  ];
}

function plannedIn(topology: Topology, purpose: SubnetPurpose): number | undefined {
  const {
    settings: { nodes },
  } = planOf(topology);
  // A NAT gateway, or an interface of the forwarder.
  if (purpose !== SubnetPurpose.PRIVATE) return 1;
  const groups = [nodes, ...nodes.groups];
  const ofGroups = groups.map(group => {
    const ofNode = addressesOfNode(group.instanceType);
    return ofNode && mostNodesOfZone({ maxPerZone: maxPerZoneOf(group) }) * ofNode;
  });
  return ofGroups.reduce((sum, addresses) => sum && addresses && sum + addresses, CONTROL_PLANE_INTERFACES);
}

interface NamedRange {
  readonly name: string;
  readonly cidr: Cidr;
  readonly text: string;
}

function rangesOf({ regions }: Topology): NamedRange[] {
  return regions.flatMap(region => [
    ...vpcCidrs(region).map(text => ({ name: `VPC of region ${region.regionId}`, cidr: parseCidr(text)!, text })),
    { name: `Services of region ${region.regionId}`, cidr: parseCidr(region.serviceCidr)!, text: region.serviceCidr },
  ]);
}

function pairsOf<T>(values: readonly T[]): [T, T][] {
  return values.flatMap((a, i) => values.slice(i + 1).map((b): [T, T] => [a, b]));
}

function rangeTable(topology: Topology): ReviewTable {
  return {
    title: 'Ranges',
    columns: ['what', 'range', 'addresses', 'private'],
    rows: rangesOf(topology).map(({ name, cidr, text }) => [
      name,
      text,
      String(sizeOf(cidr)),
      isPrivateCidr(cidr) ? toned('yes', 'good') : toned('no', 'warning'),
    ]),
    notes: [
      'Service ranges are fixed when a cluster is created, and are never routed between the regions: what crosses goes to pods.',
      'Forwarder addresses: ' +
        topology.regions.map(({ regionId, forwarderAddresses }) => `region ${regionId} ${forwarderAddresses.join(' ')}`).join('; ') +
        '. The CoreDNS of the other region asks them.',
    ],
  };
}

function checkTable(topology: Topology): ReviewTable {
  return {
    title: 'Checks',
    columns: ['one', 'other', 'verdict'],
    rows: pairsOf(rangesOf(topology)).map(([a, b]) => [
      `${a.name} ${a.text}`,
      `${b.name} ${b.text}`,
      cidrsOverlap(a.cidr, b.cidr) ? toned('overlap', 'danger') : toned('apart', 'good'),
    ]),
    notes: ['Rules cidr-valid, cidr-size, cidr-private and cidr-overlap hold this at synthesis.'],
  };
}
