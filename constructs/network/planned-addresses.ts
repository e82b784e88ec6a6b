import type { AllocateCidrRequest, IIpAddresses, SubnetIpamOptions, VpcIpamOptions } from 'aws-cdk-lib/aws-ec2';
import type { SubnetPlan } from '../topology/plan/subnets';

/** Gives a VPC exactly the ranges of the plan, where the CDK would cut its own. */
export class PlannedAddresses implements IIpAddresses {
  public constructor(
    private readonly vpcCidr: string,
    private readonly plan: readonly SubnetPlan[],
  ) {}

  public allocateVpcCidr(): VpcIpamOptions {
    return { cidrBlock: this.vpcCidr };
  }

  public allocateSubnetsCidr(input: AllocateCidrRequest): SubnetIpamOptions {
    const taken = new Map<string, number>();
    return {
      allocatedSubnets: input.requestedSubnets.map(({ configuration }) => {
        const zone = taken.get(configuration.name) ?? 0;
        taken.set(configuration.name, zone + 1);
        const subnet = this.plan.find(candidate => String(candidate.purpose) === configuration.name && candidate.zone === zone);
        if (!subnet) throw new Error(`the subnet plan has no ${configuration.name} subnet in zone ${zone}`);
        return { cidr: subnet.cidr };
      }),
    };
  }
}
