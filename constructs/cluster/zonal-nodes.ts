import type { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { SystemReservedSettings } from '../topology/settings/nodes';
import { acknowledgeManagedPolicies } from './managed-policy-finding';
import { nodeLaunchTemplate } from './node-launch-template';

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

  /**
   * Operating system and processor.
   *
   * @default - Amazon Linux 2023 for the processor of the instance type
   */
  readonly amiType?: eks.NodegroupAmiType;

  /**
   * On demand or Spot.
   *
   * @default eks.CapacityType.ON_DEMAND
   */
  readonly capacityType?: eks.CapacityType;

  /**
   * Labels of the nodes.
   *
   * @default - no labels
   */
  readonly labels?: { [key: string]: string };

  /**
   * Taints of the nodes.
   *
   * @default - no taints
   */
  readonly taints?: eks.TaintSpec[];

  /**
   * Policies of the nodes' role beside those that EKS needs.
   *
   * @default - no further policies
   */
  readonly managedPolicies?: iam.IManagedPolicy[];

  /**
   * What kubelet keeps of each node for the operating system, on top of what EKS reserves.
   *
   * @default - nothing
   */
  readonly systemReserved?: SystemReservedSettings;

  /**
   * Key of yours that encrypts the root volumes. Its policy must let the service-linked role of Amazon EC2 Auto Scaling use it.
   *
   * @default - the account's default key for EBS
   */
  readonly volumeKey?: kms.IKey;
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
    const amiType = props.amiType ?? defaultAmiType(props.instanceType);
    const template = nodeLaunchTemplate(this, 'Template', {
      name: `${props.cluster.node.path}/Node`,
      instanceType: props.instanceType,
      isBottlerocket: amiType.startsWith('BOTTLEROCKET'),
      volumeSize: props.volumeSize,
      systemReserved: props.systemReserved ?? {},
      volumeKey: props.volumeKey,
    });
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [...NODE_POLICIES.map(name => iam.ManagedPolicy.fromAwsManagedPolicyName(name)), ...(props.managedPolicies ?? [])],
    });
    acknowledgeManagedPolicies(role, 'the policies that EKS requires of nodes, which AWS maintains', ...NODE_POLICIES);
    this.nodegroups = props.subnets.map((subnet, zone) => {
      const nodegroup = new eks.Nodegroup(this, `Zone${zone}`, {
        cluster: props.cluster,
        nodeRole: role,
        subnets: { subnets: [subnet] },
        amiType,
        capacityType: props.capacityType,
        labels: props.labels,
        taints: props.taints,
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

function defaultAmiType({ architecture }: ec2.InstanceType): eks.NodegroupAmiType {
  return architecture === ec2.InstanceArchitecture.ARM_64
    ? eks.NodegroupAmiType.AL2023_ARM_64_STANDARD
    : eks.NodegroupAmiType.AL2023_X86_64_STANDARD;
}
