import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { forwarderCidrs, networkPlan } from '../topology/plan/network-plan';
import type { ExistingSubnetSettings, ExistingVpcSettings } from '../topology/settings/region/existing-vpc';
import type { IRegionNetwork } from './region-network';

/** Properties of an `ExistingVpc`. */
export interface ExistingVpcProps extends ExistingVpcSettings {
  /** That range of the VPC in which its private subnets are. */
  readonly cidr: string;

  /** The three availability zones of the subnets, by name and in their order. */
  readonly availabilityZones: string[];
}

/** The network of one region in a VPC that exists already. It makes nothing: AWS is not asked, and believes what it is told. */
export class ExistingVpc extends Construct implements IRegionNetwork {
  /** The VPC. */
  public readonly vpc: ec2.IVpc;

  /** Range of the VPC. */
  public readonly cidr: string;

  /** Subnets of nodes and pods, one per zone. */
  public readonly privateSubnets: ec2.ISubnet[];

  /** Subnets of the DNS forwarder, one per zone. */
  public readonly forwarderSubnets: ec2.ISubnet[];

  /** Ranges of the VPC beside `cidr` that hold subnets of the DNS forwarder. */
  public readonly forwarderCidrs?: string[];

  /** Fixed addresses of the DNS forwarder, one per zone. */
  public readonly forwarderAddresses: string[];

  public constructor(scope: Construct, id: string, props: ExistingVpcProps) {
    super(scope, id);
    const { vpcId, cidr, availabilityZones } = props;
    this.cidr = cidr;
    // Without its subnets: EKS would want to tag those, and cannot tag what is not made here.
    this.vpc = ec2.Vpc.fromVpcAttributes(this, 'Resource', { vpcId, availabilityZones, vpcCidrBlock: cidr });
    const subnetsOf = (name: string, subnets: readonly ExistingSubnetSettings[]): ec2.ISubnet[] =>
      subnets.map((subnet, zone) =>
        ec2.Subnet.fromSubnetAttributes(this, `${name}${zone}`, {
          subnetId: subnet.subnetId,
          ipv4CidrBlock: subnet.cidr,
          routeTableId: subnet.routeTableId,
          availabilityZone: availabilityZones[zone],
        }),
      );
    this.privateSubnets = subnetsOf('Private', props.privateSubnets);
    this.forwarderSubnets = subnetsOf('Forwarder', props.forwarderSubnets);
    this.forwarderCidrs = forwarderCidrs({ vpcCidr: cidr, existingVpc: props });
    this.forwarderAddresses = networkPlan({ vpcCidr: cidr, existingVpc: props }).forwarderAddresses;
  }
}
