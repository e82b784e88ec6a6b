import { addressAt, cidrContains, cidrsOverlap, parseCidr, sizeOf, type Cidr } from '../plan/cidr';
import { FORWARDER_PREFIX, RESERVED_FIRST, RESERVED_LAST, ZONE_COUNT } from '../plan/subnets';
import type { RegionSettings } from '../settings/regions';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { isMapping, isTextOf } from '../settings/rows/value-kinds';
import { existingRangeProblems, listOf } from './existing-range-rules';
import { errorOf, type Problem } from './judging/problem';

/** `@see` Amazon EC2 user guide, longer IDs: 17 digits, 8 in older accounts */
const ID_DIGITS = '-([0-9a-f]{8}|[0-9a-f]{17})$';
/** `@see` Amazon VPC user guide, subnet CIDR blocks */
const MAX_SUBNET_PREFIX = 16;

const SUBNET_LISTS = ['privateSubnets', 'forwarderSubnets', 'loadBalancerSubnets'] as const;
type SubnetList = (typeof SUBNET_LISTS)[number];

/** A value with the setting that holds it. */
interface Placed<T = unknown> {
  readonly setting: string;
  readonly value: T;
}

/**
 * About VPCs that exist already. What AWS alone knows of them cannot be asked here, so whatever can be compared is.
 *
 * @internal
 */
export function existingVpcProblems({ regions }: ResolvedSettings): Problem[] {
  return [...regions.flatMap(problemsOfRegion), ...sharedIdProblems(regions)];
}

function problemsOfRegion(region: RegionSettings, i: number): Problem[] {
  const existing: unknown = region.existingVpc;
  if (!isMapping(existing)) return [];
  const setting = `regions[${i}].existingVpc`;
  return [
    ...zonesProblems(region, i),
    ...idProblems({ setting: `${setting}.vpcId`, value: existing.vpcId }, 'vpc'),
    ...listsOf(existing).flatMap(list => listProblems({ setting: `${setting}.${list}`, value: existing[list] }, rangesFor(list, region))),
    ...overlapProblems(listsOf(existing).flatMap(list => entriesOf({ setting: `${setting}.${list}`, value: existing[list] }))),
    ...addressProblems(
      { setting: `${setting}.forwarderAddresses`, value: existing.forwarderAddresses },
      entriesOf({ setting: '', value: existing.forwarderSubnets }).map(({ value: { cidr } }) => parseCidr(cidr)),
    ),
    ...existingRangeProblems(region, i),
  ];
}

/** Load balancers need none unless users come through them. */
function listsOf(existing: Mapping): SubnetList[] {
  return SUBNET_LISTS.filter(list => list !== 'loadBalancerSubnets' || existing[list] !== undefined);
}

/** Where the subnets of a list may lie. Pods of the other region are known by the range of their VPC, so all of them are in one. */
function rangesFor(list: SubnetList, { vpcCidr, existingVpc }: RegionSettings): readonly unknown[] {
  return list === 'privateSubnets' ? [vpcCidr] : [vpcCidr, ...listOf(existingVpc?.otherCidrs)];
}

function zonesProblems({ awsRegion, availabilityZones }: RegionSettings, i: number): Problem[] {
  if (availabilityZones !== undefined) return [];
  return [
    errorOf({
      rule: 'existing-vpc-zones',
      setting: `regions[${i}].availabilityZones`,
      value: undefined,
      requirement: "must be given beside 'existingVpc'",
      fix: `name the zones of its subnets in their order: 'aws ec2 describe-subnets --region ${String(awsRegion)}' lists them`,
    }),
  ];
}

function idProblems({ setting, value }: Placed, prefix: string): Problem[] {
  if (isTextOf(new RegExp(`^${prefix}${ID_DIGITS}`), value)) return [];
  return [
    errorOf({
      rule: 'existing-vpc-id',
      setting,
      value,
      requirement: `must be an id that begins with '${prefix}-', followed by 8 or 17 of the digits 0 to 9 and a to f`,
      fix: `copy it from the console, or from 'aws ec2 describe-${{ vpc: 'vpcs', subnet: 'subnets', rtb: 'route-tables' }[prefix]}'`,
    }),
  ];
}

function listProblems({ setting, value }: Placed, ranges: readonly unknown[]): Problem[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  if (entries.length !== ZONE_COUNT || !entries.every(isMapping)) {
    return [
      errorOf({
        rule: 'existing-vpc-subnets',
        setting,
        value,
        requirement: 'must list three subnets, each with subnetId, cidr and routeTableId',
        fix: "list one in each of 'availabilityZones', in the same order",
      }),
    ];
  }
  return entriesOf({ setting, value }).flatMap(({ setting: at, value: { subnetId, cidr, routeTableId } }) => [
    ...idProblems({ setting: `${at}.subnetId`, value: subnetId }, 'subnet'),
    ...rangeProblems({ setting: `${at}.cidr`, value: cidr }, ranges),
    ...idProblems({ setting: `${at}.routeTableId`, value: routeTableId }, 'rtb'),
  ]);
}

function rangeProblems({ setting, value }: Placed, ranges: readonly unknown[]): Problem[] {
  const problem = (requirement: string, fix: string): Problem[] => [
    errorOf({ rule: 'existing-vpc-cidr', setting, value, requirement, fix }),
  ];
  const cidr = parseCidr(value);
  if (!cidr || cidr.prefix < MAX_SUBNET_PREFIX || cidr.prefix > FORWARDER_PREFIX) {
    return problem(
      `must be the range of a subnet, /${MAX_SUBNET_PREFIX} to /${FORWARDER_PREFIX}`,
      "copy it from 'aws ec2 describe-subnets'",
    );
  }
  const known = ranges.map(parseCidr);
  // A range that is none has its own problem.
  if (known.includes(undefined) || known.some(range => range && cidrContains(range, cidr))) return [];
  return ranges.length === 1
    ? problem(
        "must lie within 'vpcCidr'",
        "name that of the VPC's ranges which holds the private subnets as 'vpcCidr', and the others as 'otherCidrs'",
      )
    : problem("must lie within 'vpcCidr' or 'otherCidrs'", "name all ranges of the VPC: 'aws ec2 describe-vpcs' lists them");
}

function overlapProblems(subnets: readonly Placed<Mapping>[]): Problem[] {
  return subnets.flatMap((subnet, i) =>
    subnets.slice(0, i).flatMap(earlier => {
      const [a, b] = [parseCidr(subnet.value.cidr), parseCidr(earlier.value.cidr)];
      if (!a || !b || !cidrsOverlap(a, b)) return [];
      return [
        errorOf({
          rule: 'existing-vpc-overlap',
          setting: `${subnet.setting}.cidr`,
          value: subnet.value.cidr,
          requirement: `must not overlap '${earlier.setting}.cidr'`,
          fix: 'give the DNS forwarder and load balancers subnets of their own, and copy all ranges as they are in AWS, where none overlap',
        }),
      ];
    }),
  );
}

function addressProblems({ setting, value }: Placed, subnets: readonly (Cidr | undefined)[]): Problem[] {
  if (value === undefined) return [];
  const problem = (at: string, got: unknown, requirement: string): Problem =>
    errorOf({
      rule: 'existing-vpc-address',
      setting: at,
      value: got,
      requirement,
      fix: 'choose a free address of each forwarder subnet, or leave the list out for the eleventh of each',
    });
  if (!Array.isArray(value) || value.length !== ZONE_COUNT) return [problem(setting, value, 'must list three addresses')];
  return value.flatMap((address: unknown, zone) => {
    const at = `${setting}[${zone}]`;
    const parsed = parseCidr(typeof address === 'string' ? `${address}/32` : undefined);
    if (!parsed) return [problem(at, address, 'must be an IPv4 address')];
    const subnet = subnets[zone];
    if (!subnet) return [];
    const range = `${addressAt(subnet, RESERVED_FIRST)} to ${addressAt(subnet, sizeOf(subnet) - RESERVED_LAST - 1)}`;
    const offset = parsed.base - subnet.base;
    const isFree = offset >= RESERVED_FIRST && offset < sizeOf(subnet) - RESERVED_LAST;
    return isFree ? [] : [problem(at, address, `must be one that AWS leaves free in the forwarder subnet of its zone, ${range}`)];
  });
}

/** Ids that stand twice where they cannot. Route tables may be shared, but not by two VPCs. */
function sharedIdProblems(regions: readonly RegionSettings[]): Problem[] {
  const ids = regions.flatMap((region, i) => idsOf(region, i));
  return ids.flatMap((one, at) => {
    const earlier = ids
      .slice(0, at)
      .find(other => other.value === one.value && (!one.setting.endsWith('routeTableId') || other.region !== one.region));
    if (!earlier) return [];
    return [
      errorOf({
        rule: 'existing-vpc-same',
        setting: one.setting,
        value: one.value,
        requirement: `must differ from '${earlier.setting}'`,
        fix: 'give each region its own VPC, and the nodes and the DNS forwarder of each zone subnets of their own',
      }),
    ];
  });
}

function idsOf({ existingVpc }: RegionSettings, region: number): (Placed & { readonly region: number })[] {
  if (!isMapping(existingVpc)) return [];
  const setting = `regions[${region}].existingVpc`;
  const entries = SUBNET_LISTS.flatMap(list => entriesOf({ setting: `${setting}.${list}`, value: existingVpc[list] }));
  return [
    { setting: `${setting}.vpcId`, value: existingVpc.vpcId },
    ...entries.flatMap(({ setting: at, value: { subnetId, routeTableId } }) => [
      { setting: `${at}.subnetId`, value: subnetId },
      { setting: `${at}.routeTableId`, value: routeTableId },
    ]),
  ].flatMap(placed => (typeof placed.value === 'string' ? [{ ...placed, region }] : []));
}

type Mapping = Readonly<Record<string, unknown>>;

function entriesOf({ setting, value }: Placed): Placed<Mapping>[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown, at) => (isMapping(entry) ? [{ setting: `${setting}[${at}]`, value: entry }] : []));
}
