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

/** @internal */
export const NODE_GROUP = 'AWS::EKS::Nodegroup';

/** @internal */
export const LAUNCH_TEMPLATE = 'AWS::EC2::LaunchTemplate';

/** @internal */
export const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/**
 * What a network load balancer keeps, although CloudFormation takes it for an update in place.
 *
 * @internal
 */
export const FIXED_OF_LOAD_BALANCER: readonly string[] = ['SubnetMappings', 'Subnets'];

/** Each of them makes EKS drain and replace every node of a group. */
const NODE_VERSION = ['LaunchTemplate', 'Version', 'ReleaseVersion'];

/** @internal */
export const UPDATE_RULES: readonly UpdateRule[] = [
  {
    type: NODE_GROUP,
    properties: NODE_VERSION,
    effect: Effect.NODES_ROLL,
    source: 'Amazon EKS user guide, understand each phase of node updates',
  },
  {
    type: LAUNCH_TEMPLATE,
    properties: ['LaunchTemplateData'],
    effect: Effect.NODES_ROLL,
    source: 'Amazon EKS user guide, customize managed nodes with launch templates',
  },
  {
    type: 'AWS::EKS::Cluster',
    properties: ['Version'],
    effect: Effect.PROCEDURE,
    source: 'Amazon EKS user guide, update existing cluster to new Kubernetes version',
  },
  {
    type: 'AWS::EKS::Addon',
    properties: ['AddonVersion', 'ConfigurationValues', 'ServiceAccountRoleArn'],
    effect: Effect.PODS_ROLL,
    source: 'Amazon EKS user guide, update an Amazon EKS add-on',
  },
  {
    type: 'Custom::AWSCDK-EKS-HelmChart',
    effect: Effect.PODS_ROLL,
    source: 'Helm documentation, helm upgrade',
  },
  {
    type: LOAD_BALANCER,
    properties: FIXED_OF_LOAD_BALANCER,
    effect: Effect.FIXED,
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
