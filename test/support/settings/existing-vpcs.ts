import type { ExistingSubnetSettings, ExistingVpcSettings } from '../../../constructs/topology/settings/region/existing-vpc';
import type { RegionSettings } from '../../../constructs/topology/settings/regions';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { withRegions } from './changed-settings';

/** An id as AWS gives them, that tells the region and what it is of. */
export function awsId(kind: 'vpc' | 'subnet' | 'rtb', region: number, digit: number): string {
  return `${kind}-0${region}${digit}${'0'.repeat(14)}`;
}

/** A VPC of the default ranges: private subnets of a route table each, forwarder subnets that share one. */
export function existingVpc(region: number): ExistingVpcSettings {
  const network = ['10.192', '10.202'][region];
  return {
    vpcId: awsId('vpc', region, 0),
    privateSubnets: [0, 1, 2].map(zone => ({
      subnetId: awsId('subnet', region, zone),
      cidr: `${network}.${zone * 64}.0/18`,
      routeTableId: awsId('rtb', region, zone),
    })),
    forwarderSubnets: [0, 1, 2].map(zone => ({
      subnetId: awsId('subnet', region, 3 + zone),
      cidr: `${network}.250.${zone * 16}/28`,
      routeTableId: awsId('rtb', region, 3),
    })),
  };
}

export function zonesOf(awsRegion: string): string[] {
  return ['a', 'b', 'c'].map(letter => `${awsRegion}${letter}`);
}

/** Subnets of such a VPC for load balancers, with a route table of their own. */
export function loadBalancerSubnets(region: number): ExistingSubnetSettings[] {
  return [0, 1, 2].map(zone => ({
    subnetId: awsId('subnet', region, 6 + zone),
    cidr: `${['10.192', '10.202'][region]}.${240 + zone}.0/24`,
    routeTableId: awsId('rtb', region, 4),
  }));
}

/** The default settings with an existing VPC in region 0, or in both regions. */
export function withExistingVpcs(changes: Record<string, unknown> = {}, both = true): DualRegionSettings {
  const inRegion = (region: number, awsRegion: string, changed: Record<string, unknown>): Partial<RegionSettings> => ({
    availabilityZones: zonesOf(awsRegion),
    existingVpc: { ...existingVpc(region), ...changed },
  });
  return withRegions(inRegion(0, 'eu-west-2', changes), both ? inRegion(1, 'eu-west-3', {}) : {});
}
