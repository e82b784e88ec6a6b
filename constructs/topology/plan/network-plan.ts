import type { ExistingSubnetSettings } from '../settings/region/existing-vpc';
import type { RegionSettings } from '../settings/regions';
import { cidrContains, parseCidr } from './cidr';
import { forwarderAddresses, subnetPlan, SubnetPurpose, type SubnetPlan } from './subnets';

type Ranges = Pick<RegionSettings, 'vpcCidr' | 'existingVpc'>;

/**
 * Where in its VPC a region puts what.
 *
 * @internal
 */
export interface NetworkPlan {
  readonly subnets: SubnetPlan[];
  /** Fixed addresses of the DNS forwarder, one per zone. */
  readonly forwarderAddresses: string[];
}

/**
 * The plan of a VPC that is made, or of one that exists. A reader need not know which.
 *
 * @internal
 */
export function networkPlan({ vpcCidr, existingVpc }: Ranges): NetworkPlan {
  if (!existingVpc) {
    const subnets = subnetPlan(vpcCidr);
    return { subnets, forwarderAddresses: forwarderAddresses(subnets) };
  }
  const subnets = [
    ...planned(existingVpc.privateSubnets, SubnetPurpose.PRIVATE),
    ...planned(existingVpc.forwarderSubnets, SubnetPurpose.FORWARDER),
    ...planned(existingVpc.loadBalancerSubnets ?? [], SubnetPurpose.PUBLIC),
  ];
  return { subnets, forwarderAddresses: existingVpc.forwarderAddresses ?? forwarderAddresses(subnets) };
}

function planned(subnets: readonly ExistingSubnetSettings[], purpose: SubnetPurpose): SubnetPlan[] {
  return subnets.map(({ cidr }, zone) => ({ purpose, zone, cidr }));
}

/**
 * All ranges of a VPC.
 *
 * @internal
 */
export function vpcCidrs({ vpcCidr, existingVpc }: Ranges): string[] {
  return [vpcCidr, ...(existingVpc?.otherCidrs ?? [])];
}

/**
 * Ranges of a VPC beside `vpcCidr` that hold subnets of the DNS forwarder.
 *
 * @internal
 */
export function forwarderCidrs({ existingVpc }: Ranges): string[] {
  return (existingVpc?.otherCidrs ?? []).filter(text => existingVpc?.forwarderSubnets.some(({ cidr }) => isWithin(cidr, text)));
}

function isWithin(text: string, outerText: string): boolean {
  const [inner, outer] = [parseCidr(text), parseCidr(outerText)];
  return inner !== undefined && outer !== undefined && cidrContains(outer, inner);
}
