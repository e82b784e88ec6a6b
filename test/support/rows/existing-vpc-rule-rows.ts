import type { ExistingSubnetSettings } from '../../../constructs/topology/settings/region/existing-vpc';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { withRegions } from '../settings/changed-settings';
import { awsId, existingVpc, withExistingVpcs, zonesOf } from '../settings/existing-vpcs';

type Row = readonly [rule: string, setting: string, value: unknown, settings: DualRegionSettings];
type List = 'privateSubnets' | 'forwarderSubnets';

const AT = 'regions[0].existingVpc';

/** Values may be of another kind than the type says, as JavaScript and files hold them. */
function withSubnet(list: List, zone: number, changes: Record<string, unknown>): DualRegionSettings {
  const subnets = existingVpc(0)[list].map((subnet, i): ExistingSubnetSettings => (i === zone ? { ...subnet, ...changes } : subnet));
  return withExistingVpcs({ [list]: subnets });
}

function subnetRow(rule: string, list: List, zone: number, key: keyof ExistingSubnetSettings, value: unknown): Row {
  return [rule, `${AT}.${list}[${zone}].${key}`, value, withSubnet(list, zone, { [key]: value })];
}

function addressesRow(zone: number, address: unknown): Row {
  const addresses: unknown[] = ['10.192.250.4', '10.192.250.20', '10.192.250.46'];
  addresses[zone] = address;
  return ['existing-vpc-address', `${AT}.forwarderAddresses[${zone}]`, address, withExistingVpcs({ forwarderAddresses: addresses })];
}

/** Existing VPCs with more ranges in each region. */
function withOthers(first: string[], second: string[]): DualRegionSettings {
  const { regions, ...settings } = withExistingVpcs({ otherCidrs: first });
  return { ...settings, regions: [regions[0], { ...regions[1], existingVpc: { ...existingVpc(1), otherCidrs: second } }] };
}

/** A subnet of zone 0 in a second range of its VPC, or not quite. */
function inOtherRange(list: List, cidr = '100.64.0.0/18'): DualRegionSettings {
  const subnets = existingVpc(0)[list].map((subnet, i): ExistingSubnetSettings => (i === 0 ? { ...subnet, cidr } : subnet));
  return withExistingVpcs({ [list]: subnets, otherCidrs: ['100.64.0.0/16'] });
}

const zoned = { availabilityZones: zonesOf('eu-west-2') };
const two = existingVpc(0).privateSubnets.slice(1);
const texts = ['a', 'b', 'c'];

/** Rules about VPCs that exist already, broken. */
export const EXISTING_VPC_ERRORS: Row[] = [
  ['existing-vpc', AT, 'vpc-12345678', withRegions({ ...zoned, existingVpc: 'vpc-12345678' as never })],
  ['existing-vpc', AT, null, withRegions({ ...zoned, existingVpc: null as never })],
  ['existing-vpc-zones', 'regions[0].availabilityZones', undefined, withRegions({ existingVpc: existingVpc(0) })],
  ...['vpc-1', 'vpc-0123456789ABCDEF0', 'subnet-12345678', '', 5, undefined].map((vpcId): Row => {
    return ['existing-vpc-id', `${AT}.vpcId`, vpcId, withExistingVpcs({ vpcId })];
  }),
  subnetRow('existing-vpc-id', 'privateSubnets', 1, 'subnetId', awsId('rtb', 0, 9)),
  subnetRow('existing-vpc-id', 'forwarderSubnets', 2, 'routeTableId', awsId('subnet', 0, 9)),
  subnetRow('existing-vpc-id', 'forwarderSubnets', 0, 'subnetId', undefined),
  ['existing-vpc-subnets', `${AT}.privateSubnets`, two, withExistingVpcs({ privateSubnets: two })],
  ['existing-vpc-subnets', `${AT}.forwarderSubnets`, undefined, withExistingVpcs({ forwarderSubnets: undefined })],
  ['existing-vpc-subnets', `${AT}.forwarderSubnets`, texts, withExistingVpcs({ forwarderSubnets: texts })],
  subnetRow('existing-vpc-cidr', 'privateSubnets', 0, 'cidr', '10.193.0.0/18'),
  subnetRow('existing-vpc-cidr', 'forwarderSubnets', 1, 'cidr', '10.192.250.16/29'),
  subnetRow('existing-vpc-cidr', 'forwarderSubnets', 1, 'cidr', '10.192.250.17/28'),
  subnetRow('existing-vpc-cidr', 'privateSubnets', 2, 'cidr', 18),
  subnetRow('existing-vpc-overlap', 'privateSubnets', 1, 'cidr', '10.192.32.0/19'),
  subnetRow('existing-vpc-overlap', 'forwarderSubnets', 2, 'cidr', '10.192.128.32/28'),
  ['cidr-overlap', 'regions[1].existingVpc.otherCidrs[0]', '100.64.0.0/16', withOthers(['100.64.0.0/16'], ['100.64.0.0/16'])],
  ['cidr-overlap', 'regions[1].serviceCidr', '10.200.0.0/16', withOthers(['100.64.0.0/16', '10.200.0.0/20'], [])],
  ['existing-vpc-ranges', `${AT}.otherCidrs[0]`, '100.64.0.1/16', withExistingVpcs({ otherCidrs: ['100.64.0.1/16'] })],
  ['existing-vpc-ranges', `${AT}.otherCidrs`, '100.64.0.0/16', withExistingVpcs({ otherCidrs: '100.64.0.0/16' })],
  ['existing-vpc-ranges', `${AT}.endpointCidrs[0]`, 5, withExistingVpcs({ endpointCidrs: [5] })],
  [
    'existing-vpc-endpoints',
    `${AT}.endpointCidrs[1]`,
    '10.193.0.0/24',
    withExistingVpcs({ endpointCidrs: ['10.192.251.0/24', '10.193.0.0/24'] }),
  ],
  ['existing-vpc-cidr', `${AT}.privateSubnets[0].cidr`, '100.64.0.0/18', inOtherRange('privateSubnets')],
  ['existing-vpc-cidr', `${AT}.forwarderSubnets[0].cidr`, '100.65.0.0/28', inOtherRange('forwarderSubnets', '100.65.0.0/28')],
  ...['10.192.250.3', '10.192.250.15', '10.192.250.16'].map(address => addressesRow(0, address)),
  addressesRow(2, '10.192.250.20'),
  addressesRow(1, 'ten'),
  addressesRow(1, 10),
  ['existing-vpc-address', `${AT}.forwarderAddresses`, ['10.192.250.4'], withExistingVpcs({ forwarderAddresses: ['10.192.250.4'] })],
  subnetRow('existing-vpc-same', 'privateSubnets', 1, 'subnetId', awsId('subnet', 0, 0)),
  subnetRow('existing-vpc-same', 'forwarderSubnets', 0, 'subnetId', awsId('subnet', 0, 2)),
  ['existing-vpc-same', 'regions[1].existingVpc.vpcId', awsId('vpc', 1, 0), withExistingVpcs({ vpcId: awsId('vpc', 1, 0) })],
  [
    'existing-vpc-same',
    'regions[1].existingVpc.privateSubnets[1].routeTableId',
    awsId('rtb', 1, 1),
    withSubnet('privateSubnets', 0, { routeTableId: awsId('rtb', 1, 1) }),
  ],
];

/** What is no mistake. */
export const EXISTING_VPC_ALLOWED: [string, DualRegionSettings][] = [
  ['existing VPCs, whose forwarder subnets share a route table', withExistingVpcs()],
  ['ranges that hold forwarder subnets and endpoints', { ...inOtherRange('forwarderSubnets', '100.64.0.0/28') }],
  ['endpoints in either range', withExistingVpcs({ otherCidrs: ['100.64.0.0/16'], endpointCidrs: ['100.64.4.0/24', '10.192.251.0/24'] })],
  ['an existing VPC in one of the regions', withExistingVpcs({}, false)],
  [
    'addresses of the forwarder at both ends of its subnets',
    withExistingVpcs({ forwarderAddresses: ['10.192.250.4', '10.192.250.20', '10.192.250.46'] }),
  ],
];
