import { addressAt, cidrText, parseCidr, partOf } from './cidr';

/** Number of availability zones that each region uses. */
export const ZONE_COUNT = 3;

/** What a subnet is for. */
export enum SubnetPurpose {
  /** NAT gateways and whatever you want to show to the internet. */
  PUBLIC = 'public',
  /** Nodes and pods. */
  PRIVATE = 'private',
  /** The DNS forwarder alone, so that nobody else can take its addresses. */
  FORWARDER = 'forwarder',
}

/** One subnet. */
export interface SubnetPlan {
  /** What the subnet is for. */
  readonly purpose: SubnetPurpose;

  /** Zone, by index: 0, 1 or 2. */
  readonly zone: number;

  /** Range of the subnet. */
  readonly cidr: string;
}

/**
 * How many addresses AWS keeps at the start and at the end of a subnet.
 *
 * @see Amazon VPC user guide, subnet CIDR blocks
 *
 * @internal
 */
export const RESERVED_FIRST = 4;
/** @internal */
export const RESERVED_LAST = 1;

const FORWARDER_OFFSET = 10;
/**
 * The smallest subnet that AWS allows; a network load balancer needs eight free addresses in it.
 *
 * @internal
 */
export const FORWARDER_PREFIX = 28;

/**
 * Cuts a VPC range into quarters: one for the nodes and pods of each zone; the last quarter, cut once more, holds the
 * public subnets and the small subnets of the DNS forwarder.
 *
 * @internal
 */
export function subnetPlan(vpcCidr: string): SubnetPlan[] {
  const vpc = parseCidr(vpcCidr);
  if (!vpc) return [];
  const zones = Array.from({ length: ZONE_COUNT }, (_, zone) => zone);
  const quarter = vpc.prefix + 2;
  const last = partOf(vpc, quarter, ZONE_COUNT);
  const rest = partOf(last, quarter + 2, ZONE_COUNT);
  return [
    ...zones.map(zone => ({ purpose: SubnetPurpose.PUBLIC, zone, cidr: cidrText(partOf(last, quarter + 2, zone)) })),
    ...zones.map(zone => ({ purpose: SubnetPurpose.PRIVATE, zone, cidr: cidrText(partOf(vpc, quarter, zone)) })),
    ...zones.map(zone => ({ purpose: SubnetPurpose.FORWARDER, zone, cidr: cidrText(partOf(rest, FORWARDER_PREFIX, zone)) })),
  ];
}

/**
 * The fixed addresses of the DNS forwarder, one per zone. Known before anything is deployed, so that each region's
 * Corefile can name the other's.
 *
 * @internal
 */
export function forwarderAddresses(plan: readonly SubnetPlan[]): string[] {
  return plan
    .filter(subnet => subnet.purpose === SubnetPurpose.FORWARDER)
    .map(subnet => parseCidr(subnet.cidr))
    .flatMap(cidr => (cidr ? [addressAt(cidr, FORWARDER_OFFSET)] : []));
}
