import { RemovalPolicy, Stack, type CfnResource } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { forwarderAddresses, subnetPlan, SubnetPurpose, type SubnetPlan } from '../topology/plan/subnets';
import { PlannedAddresses } from './planned-addresses';
import type { IRegionNetwork } from './region-network';

/** Properties of a `RegionVpc`. */
export interface RegionVpcProps {
  /** Range of the VPC. */
  readonly cidr: string;

  /**
   * Subnets of the VPC: public, private and forwarder ones in each zone.
   *
   * @default - a quarter of the range for the private subnet of each zone; the last quarter holds the public and forwarder ones
   */
  readonly subnets?: SubnetPlan[];

  /** The three availability zones, by name or as tokens. */
  readonly availabilityZones: string[];

  /** How long flow logs are kept. */
  readonly logRetention: logs.RetentionDays;
}

/** What of a VPC that is there a region uses. */
export interface RegionVpcAttributes {
  /** Range of the VPC, as text: the other region names it in routes and rules. */
  readonly cidr: string;

  /** Subnets of nodes and pods, one per zone. They need route tables that are known. */
  readonly privateSubnets: ec2.ISubnet[];

  /** Subnets of the DNS forwarder, one per zone, in the same order. */
  readonly forwarderSubnets: ec2.ISubnet[];

  /**
   * Ranges of the VPC beside `cidr` that hold subnets of the DNS forwarder.
   *
   * @default - none: those subnets are within `cidr`
   */
  readonly forwarderCidrs?: string[];

  /** Fixed addresses of the DNS forwarder, one in each of its subnets. Nobody else may have them. */
  readonly forwarderAddresses: string[];
}

/**
 * The network of one region: public subnets for NAT, private ones for nodes and pods, and small isolated ones in which
 * the DNS forwarder's addresses cannot be taken by anybody else.
 */
export class RegionVpc extends Construct implements IRegionNetwork {
  /**
   * The network of a region in a VPC of yours, which another construct makes or looks up.
   *
   * @param vpc the VPC
   * @param attributes what of it is used
   */
  public static fromVpc(vpc: ec2.IVpc, attributes: RegionVpcAttributes): IRegionNetwork {
    return { vpc, ...attributes };
  }

  /** The VPC. */
  public readonly vpc: ec2.IVpc;

  /** Range of the VPC. */
  public readonly cidr: string;

  /** Subnets of nodes and pods, one per zone. */
  public readonly privateSubnets: ec2.ISubnet[];

  /** Subnets of the DNS forwarder, one per zone. */
  public readonly forwarderSubnets: ec2.ISubnet[];

  /** Fixed addresses of the DNS forwarder, one per zone. */
  public readonly forwarderAddresses: string[];

  public constructor(scope: Construct, id: string, props: RegionVpcProps) {
    super(scope, id);
    const plan = props.subnets ?? subnetPlan(props.cidr);
    this.cidr = props.cidr;
    this.forwarderAddresses = forwarderAddresses(plan);
    this.vpc = new ec2.Vpc(this, 'Resource', {
      ipAddresses: new PlannedAddresses(props.cidr, plan),
      availabilityZones: props.availabilityZones,
      subnetConfiguration: [
        { name: SubnetPurpose.PUBLIC, subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
        { name: SubnetPurpose.PRIVATE, subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
        { name: SubnetPurpose.FORWARDER, subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      ],
    });
    this.privateSubnets = this.vpc.selectSubnets({ subnetGroupName: SubnetPurpose.PRIVATE }).subnets;
    this.forwarderSubnets = this.vpc.selectSubnets({ subnetGroupName: SubnetPurpose.FORWARDER }).subnets;
    this.vpc.addFlowLog('FlowLog', {
      // What was refused is what a closed port looks like; logging all traffic of a busy cluster costs more than it tells.
      trafficType: ec2.FlowLogTrafficType.REJECT,
      destination: ec2.FlowLogDestination.toCloudWatchLogs(
        new logs.LogGroup(this, 'FlowLogs', { retention: props.logRetention, removalPolicy: RemovalPolicy.DESTROY }),
      ),
    });
    // Images and snapshots are read and written in S3: through NAT gateways each byte would cost. Who may do what is said by roles
    // and buckets: a list here would have to name all that nodes, controllers and your processes ever fetch from S3.
    this.vpc.addGatewayEndpoint('ObjectStorage', {
      service: ec2.GatewayVpcEndpointAwsService.S3,
      subnets: [{ subnets: this.privateSubnets }],
    });
    this.limitDefaultGroupLogs(props.logRetention);
  }

  /**
   * The CDK's function that empties the default security group would log into a group that Lambda makes, without an end.
   * This group exists before the function and goes after it.
   */
  private limitDefaultGroupLogs(retention: logs.RetentionDays): void {
    const provider = Stack.of(this).node.tryFindChild('Custom::VpcRestrictDefaultSGCustomResourceProvider');
    if (!provider) return; // only with the CDK's feature flag
    const logGroup = new logs.LogGroup(this, 'DefaultGroupLogs', { retention, removalPolicy: RemovalPolicy.DESTROY });
    (provider.node.findChild('Handler') as CfnResource).addPropertyOverride('LoggingConfig.LogGroup', logGroup.logGroupName);
    (provider.node.findChild('Role') as CfnResource).addPropertyOverride('Policies.1', {
      PolicyName: 'KeepLogGroupDeleted',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: 'logs:CreateLogGroup', Resource: '*' }],
      },
    });
  }
}
