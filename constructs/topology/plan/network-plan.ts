import { type ExistingSubnetSettings, type RegionSettings } from '../settings/regions';
import { forwarderAddresses, subnetPlan, SubnetPurpose, type SubnetPlan } from './subnets';

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
export function networkPlan({ vpcCidr, existingVpc }: Pick<RegionSettings, 'vpcCidr' | 'existingVpc'>): NetworkPlan {
  if (!existingVpc) {
    const subnets = subnetPlan(vpcCidr);
    return { subnets, forwarderAddresses: forwarderAddresses(subnets) };
  }
  const subnets = [
    ...planned(existingVpc.privateSubnets, SubnetPurpose.PRIVATE),
    ...planned(existingVpc.forwarderSubnets, SubnetPurpose.FORWARDER),
  ];
  return { subnets, forwarderAddresses: existingVpc.forwarderAddresses ?? forwarderAddresses(subnets) };
}

function planned(subnets: readonly ExistingSubnetSettings[], purpose: SubnetPurpose): SubnetPlan[] {
  return subnets.map(({ cidr }, zone) => ({ purpose, zone, cidr }));
}
