import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** The network of one region, made or found. What is built in it and towards it needs to know no more. */
export interface IRegionNetwork {
  /** The VPC. */
  readonly vpc: ec2.IVpc;

  /** Range of the VPC, as text: the other region names it in routes and rules. */
  readonly cidr: string;

  /** Subnets of nodes and pods, one per zone. */
  readonly privateSubnets: ec2.ISubnet[];

  /** Subnets of the DNS forwarder, one per zone. */
  readonly forwarderSubnets: ec2.ISubnet[];

  /**
   * Ranges of the VPC beside `cidr` that hold subnets of the DNS forwarder. Nodes of the other region get routes to them.
   *
   * @default - none: those subnets are within `cidr`
   */
  readonly forwarderCidrs?: string[];

  /** Fixed addresses of the DNS forwarder, one per zone. Known before anything is deployed. */
  readonly forwarderAddresses: string[];
}
