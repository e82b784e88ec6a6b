/** A VPC that exists already, and what of it is used. `availabilityZones` must be stated with it. */
export interface ExistingVpcSettings {
  /** Id of the VPC, for example `vpc-0123456789abcdef0`. It must have DNS support and DNS host names. */
  readonly vpcId: string;

  /** Private subnets for nodes and pods: one in each of `availabilityZones`, in the same order. Images are pulled from there. */
  readonly privateSubnets: ExistingSubnetSettings[];

  /**
   * Subnets for the DNS forwarder and nothing else, so that nobody can take its addresses: one in each of `availabilityZones`,
   * in the same order.
   */
  readonly forwarderSubnets: ExistingSubnetSettings[];

  /**
   * Fixed private addresses of the DNS forwarder, one in each of `forwarderSubnets`, in the same order. Nobody else may have them.
   *
   * @default - the eleventh address of each forwarder subnet
   */
  readonly forwarderAddresses?: string[];
}

/** A subnet that exists already. */
export interface ExistingSubnetSettings {
  /** Id of the subnet, for example `subnet-0123456789abcdef0`. */
  readonly subnetId: string;

  /** Range of the subnet. Must lie within `vpcCidr`. */
  readonly cidr: string;

  /** Id of the route table of the subnet. It gets a route to the other region. Subnets may share one. */
  readonly routeTableId: string;
}
