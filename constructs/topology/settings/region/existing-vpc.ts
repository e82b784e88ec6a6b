import { ZONE_COUNT } from '../../plan/subnets';
import { UNNOTICED } from '../rows/later';
import type { Rows } from '../rows/row';

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
   * Subnets for the load balancers of `traffic` and nothing else of Camunda: one in each of `availabilityZones`, of at least /27. Their
   * route tables get no route; those of public load balancers lead to the internet.
   *
   * @default - none, which is an error with `traffic`
   */
  readonly loadBalancerSubnets?: ExistingSubnetSettings[];

  /**
   * Fixed private addresses of the DNS forwarder, one in each of `forwarderSubnets`, in the same order. Nobody else may have them.
   *
   * @default - the eleventh address of each forwarder subnet
   */
  readonly forwarderAddresses?: string[];

  /**
   * All other ranges of the VPC beside `vpcCidr`, secondary ones included. None may overlap a range of the other region: AWS would
   * refuse the peering. Forwarder subnets may lie in them.
   *
   * @default - `vpcCidr` is the only one
   */
  readonly otherCidrs?: string[];

  /**
   * Ranges of the VPC in which interface endpoints of AWS services have their addresses. Elasticsearch may reach those on port 443:
   * without NAT, its snapshots need the endpoint of AWS STS.
   *
   * @default - none: AWS is reached by public addresses
   */
  readonly endpointCidrs?: string[];
}

/** A subnet that exists already. */
export interface ExistingSubnetSettings {
  /** Id of the subnet, for example `subnet-0123456789abcdef0`. */
  readonly subnetId: string;

  /** Range of the subnet. Must lie within `vpcCidr`; that of a forwarder subnet may lie within one of `otherCidrs`. */
  readonly cidr: string;

  /** Id of the route table of the subnet. It gets a route to the other region. Subnets may share one. */
  readonly routeTableId: string;
}

const SUBNET = {
  subnetId: { kind: 'string', required: true },
  cidr: { kind: 'string', required: true },
  routeTableId: { kind: 'string', required: true },
} as const satisfies Rows<ExistingSubnetSettings>;

/** @internal */
export const EXISTING_VPC = {
  vpcId: { kind: 'string', required: true },
  privateSubnets: { kind: 'list', required: true, rows: SUBNET, length: ZONE_COUNT },
  forwarderSubnets: { kind: 'list', required: true, rows: SUBNET, length: ZONE_COUNT },
  loadBalancerSubnets: { kind: 'list', rows: SUBNET, length: ZONE_COUNT },
  forwarderAddresses: { kind: 'strings', length: ZONE_COUNT },
  otherCidrs: { kind: 'strings', later: UNNOTICED },
  endpointCidrs: { kind: 'strings', later: UNNOTICED },
} as const satisfies Rows<ExistingVpcSettings>;
