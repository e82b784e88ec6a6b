import { Lazy, type Size, TagManager, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeManagedPolicies } from './managed-policy-finding';

const NODE_POLICIES = ['AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy', 'AmazonEC2ContainerRegistryPullOnly'];

/** Properties of `ZonalNodes`. */
export interface ZonalNodesProps {
  /** The cluster. */
  readonly cluster: eks.ICluster;

  /** One private subnet a zone. */
  readonly subnets: ec2.ISubnet[];

  /** EC2 instance type. */
  readonly instanceType: ec2.InstanceType;

  /** Number of nodes in each zone. */
  readonly perZone: number;

  /** Upper limit for the nodes in a zone. */
  readonly maxPerZone: number;

  /** Size of each node's root volume. */
  readonly volumeSize: Size;

  /**
   * Kubernetes version of the nodes: that of the cluster. Raise both together, and the nodes follow.
   *
   * @default - the version that the cluster has when the nodes are made, whatever becomes of the cluster
   */
  readonly version?: eks.KubernetesVersion;

  /**
   * Release of the nodes' image, for example `1.36.4-20260923`.
   *
   * @default - the newest one when the nodes are made, and when their version is raised
   */
  readonly releaseVersion?: string;
}

/**
 * Nodes in every zone, one managed node group each: volumes cannot leave their zone, so neither can their brokers, and
 * one group over all zones would not promise a node where a volume is.
 *
 * Nodes are private, demand IMDSv2 and keep pods away from the instance's credentials (hop limit 1).
 *
 * @see Amazon EKS best practices guide: one node group for each availability zone with persistent volumes
 */
export class ZonalNodes extends Construct {
  /** The node groups, by zone. */
  public readonly nodegroups: eks.Nodegroup[];

  public constructor(scope: Construct, id: string, props: ZonalNodesProps) {
    super(scope, id);
    const template = new ec2.LaunchTemplate(this, 'Template', {
      httpTokens: ec2.LaunchTemplateHttpTokens.REQUIRED,
      httpPutResponseHopLimit: 1,
      requireImdsv2: true,
      // In the launch template another type is a rolling update. In the node group it is another group, and the old one is deleted.
      instanceType: props.instanceType,
      blockDevices: [
        {
          deviceName: '/dev/xvda',
          volume: ec2.BlockDeviceVolume.ebs(props.volumeSize.toGibibytes(), {
            encrypted: true,
            volumeType: ec2.EbsDeviceVolumeType.GP3,
            deleteOnTermination: true,
          }),
        },
      ],
    });
    Tags.of(template).add('Name', `${props.cluster.node.path}/Node`);
    // The CDK writes instances and volumes.
    (template.node.defaultChild as ec2.CfnLaunchTemplate).addPropertyOverride('LaunchTemplateData.TagSpecifications.2', {
      ResourceType: 'network-interface',
      Tags: Lazy.any({ produce: () => TagManager.of(template)?.renderedTags as unknown }),
    });
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: NODE_POLICIES.map(name => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    acknowledgeManagedPolicies(role, 'the policies that EKS requires of nodes, which AWS maintains', ...NODE_POLICIES);
    this.nodegroups = props.subnets.map((subnet, zone) => {
      const nodegroup = new eks.Nodegroup(this, `Zone${zone}`, {
        cluster: props.cluster,
        nodeRole: role,
        subnets: { subnets: [subnet] },
        amiType:
          props.instanceType.architecture === ec2.InstanceArchitecture.ARM_64
            ? eks.NodegroupAmiType.AL2023_ARM_64_STANDARD
            : eks.NodegroupAmiType.AL2023_X86_64_STANDARD,
        minSize: props.perZone,
        desiredSize: props.perZone,
        maxSize: props.maxPerZone,
        // One node at a time: a zone holds at most one broker of which a partition has a second replica elsewhere.
        maxUnavailable: 1,
        // By force, EKS would end nodes after 15 minutes whatever a disruption budget says.
        forceUpdate: false,
        enableNodeAutoRepair: true,
        releaseVersion: props.releaseVersion,
        launchTemplateSpec: { id: template.launchTemplateId!, version: template.latestVersionNumber },
      });
      const resource = nodegroup.node.defaultChild as eks.CfnNodegroup;
      resource.version = props.version?.version;
      // EKS refuses an update that changes tags together with the launch template, which carries the same tags.
      resource.addPropertyDeletionOverride('Tags');
      return nodegroup;
    });
    this.orderZones();
  }

  /**
   * Brokers wait for those of other zones, so no two zones are updated at once. At creation each group waits for the one before, which
   * takes two or three minutes a group.
   */
  private orderZones(): void {
    this.nodegroups.slice(1).forEach((nodegroup, i) => nodegroup.node.addDependency(this.nodegroups[i]));
  }
}
