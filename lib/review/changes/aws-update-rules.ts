import { Effect } from '../../../constructs/topology/settings/rows/later';

/**
 * What AWS does when a property of a resource changes, beyond the update or replacement of the resource itself, of which
 * CloudFormation publishes tables.
 *
 * @internal
 */
export interface UpdateRule {
  readonly type: string;
  /** Without it, any property. */
  readonly properties?: readonly string[];
  readonly effect: Effect;
  /** What happens, as a sentence. */
  readonly meaning: string;
  readonly source: string;
}

/**
 * Properties of one resource that AWS refuses to change in one update.
 *
 * @internal
 */
export interface RefusedCombination {
  readonly type: string;
  readonly one: readonly string[];
  readonly others: readonly string[];
  readonly message: string;
  readonly source: string;
}

/**
 * A type of which another one makes a new version.
 *
 * @internal
 */
export const NODE_GROUP = 'AWS::EKS::Nodegroup';

/** @internal */
export const LAUNCH_TEMPLATE = 'AWS::EC2::LaunchTemplate';

const NODE_VERSION = ['LaunchTemplate', 'Version', 'ReleaseVersion'];

/** @internal */
export const UPDATE_RULES: readonly UpdateRule[] = [
  {
    type: NODE_GROUP,
    properties: NODE_VERSION,
    effect: Effect.NODES_ROLL,
    meaning: 'Every node of the group is drained and replaced.',
    source: 'Amazon EKS user guide, understand each phase of node updates',
  },
  {
    type: LAUNCH_TEMPLATE,
    properties: ['LaunchTemplateData'],
    effect: Effect.NODES_ROLL,
    meaning: 'A new version of the launch template replaces every node of its groups, whatever it changes.',
    source: 'Amazon EKS user guide, customize managed nodes with launch templates',
  },
  {
    type: 'AWS::EKS::Cluster',
    properties: ['Version'],
    effect: Effect.PROCEDURE,
    meaning: 'The control plane is upgraded by one minor version, and cannot go back.',
    source: 'Amazon EKS user guide, update existing cluster to new Kubernetes version',
  },
  {
    type: 'AWS::EKS::Addon',
    properties: ['AddonVersion', 'ConfigurationValues', 'ServiceAccountRoleArn'],
    effect: Effect.PODS_ROLL,
    meaning: 'Pods of the add-on are replaced.',
    source: 'Amazon EKS user guide, update an Amazon EKS add-on',
  },
  {
    type: 'Custom::AWSCDK-EKS-HelmChart',
    effect: Effect.PODS_ROLL,
    meaning: 'The release is upgraded. Pods whose template differs are replaced.',
    source: 'Helm documentation, helm upgrade',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    properties: ['SubnetMappings', 'Subnets'],
    effect: Effect.FIXED,
    meaning: 'A network load balancer keeps its subnets and addresses.',
    source: 'Elastic Load Balancing API reference, SetSubnets',
  },
];

/** @internal */
export const REFUSED_COMBINATIONS: readonly RefusedCombination[] = [
  {
    type: NODE_GROUP,
    one: NODE_VERSION,
    others: ['ScalingConfig', 'Labels', 'Taints', 'Tags', 'UpdateConfig', 'NodeRepairConfig'],
    message: 'Version and ReleaseVersion updates cannot be combined with other updates',
    source: 'https://github.com/aws/aws-cdk/issues/16644, https://github.com/aws/containers-roadmap/issues/1258',
  },
];

/**
 * How far a version of Kubernetes may be raised in one update of a control plane, in minor versions. It is never lowered.
 *
 * @see Amazon EKS user guide, update existing cluster to new Kubernetes version
 *
 * @internal
 */
export const KUBERNETES_STEP = 1;

/**
 * How long a volume cannot be changed again, in hours.
 *
 * @see Amazon EBS user guide, requirements for EBS volume modifications
 *
 * @internal
 */
export const VOLUME_PAUSE_HOURS = 6;
