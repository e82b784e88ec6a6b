import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** Properties of `VpcEndpoints`. */
export interface VpcEndpointsProps {
  /** The VPC. */
  readonly vpc: ec2.IVpc;

  /**
   * Subnets for the endpoints, one per zone, /26 or larger. Best for nothing else: network policies then name them, as
   * `regions[].existingVpc.endpointCidrs` says.
   */
  readonly subnets: ec2.ISubnet[];

  /** Subnets of nodes and pods, whose route tables get the gateway endpoint of S3. */
  readonly clientSubnets: ec2.ISubnet[];

  /** Ranges of nodes and pods, which may use the endpoints. */
  readonly clientCidrs: string[];
}

/**
 * What nodes, controllers and the deployment function ask. Everything else goes through the cluster's own endpoint.
 *
 * @see Amazon EKS user guide, deploy private clusters with limited internet access
 */
const SERVICES: Readonly<Record<string, ec2.InterfaceVpcEndpointAwsService>> = {
  Compute: ec2.InterfaceVpcEndpointAwsService.EC2,
  Registry: ec2.InterfaceVpcEndpointAwsService.ECR,
  RegistryImages: ec2.InterfaceVpcEndpointAwsService.ECR_DOCKER,
  Clusters: ec2.InterfaceVpcEndpointAwsService.EKS,
  PodIdentity: ec2.InterfaceVpcEndpointAwsService.EKS_AUTH,
  LoadBalancing: ec2.InterfaceVpcEndpointAwsService.ELASTIC_LOAD_BALANCING,
  Functions: ec2.InterfaceVpcEndpointAwsService.LAMBDA,
  Secrets: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  SecurityTokens: ec2.InterfaceVpcEndpointAwsService.STS,
};

/**
 * Everything of AWS that a region needs of its network, for a VPC without a way to the internet: interface endpoints, and the gateway
 * endpoint of S3, in which Amazon ECR keeps its layers.
 */
export class VpcEndpoints extends Construct {
  /** The security group of the interface endpoints. */
  public readonly securityGroup: ec2.SecurityGroup;

  public constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    const { vpc } = props;
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Interface endpoints of AWS services',
      allowAllOutbound: false,
    });
    for (const cidr of props.clientCidrs) this.securityGroup.addIngressRule(ec2.Peer.ipv4(cidr), ec2.Port.tcp(443), 'nodes and pods');
    for (const [name, service] of Object.entries(SERVICES)) {
      new ec2.InterfaceVpcEndpoint(this, name, {
        vpc,
        service,
        subnets: { subnets: props.subnets },
        securityGroups: [this.securityGroup],
        open: false,
        // The services' usual names lead to the endpoints: nobody is told of them.
        privateDnsEnabled: true,
      });
    }
    new ec2.GatewayVpcEndpoint(this, 'ObjectStorage', {
      vpc,
      service: ec2.GatewayVpcEndpointAwsService.S3,
      subnets: [{ subnets: props.clientSubnets }],
    });
  }
}
