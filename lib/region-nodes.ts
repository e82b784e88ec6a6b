import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct, IDependable } from 'constructs';
import { acknowledgeManagedPolicies } from '../constructs/cluster/managed-policy-finding';
import { ZonalNodes, type ZonalNodesProps } from '../constructs/cluster/zonal-nodes';
import type { DeploymentPlan } from '../constructs/topology/deployment-plan';
import { maxPerZoneOf } from '../constructs/topology/plan/node-groups';
import type { NodeGroupSettings, TaintSettings } from '../constructs/topology/settings/node-groups';
import { isGraviton } from '../constructs/topology/versions/instance-types';

/** @internal */
export interface RegionNodesProps {
  readonly plan: DeploymentPlan;
  readonly regionId: number;
  readonly cluster: eks.ICluster;
  readonly subnets: ec2.ISubnet[];
  readonly volumeKey?: kms.IKey;
  /** What must be there before a node. */
  readonly after: readonly IDependable[];
}

/**
 * The nodes of a region: those of Camunda, which are returned, and then the further groups, one after the other, so that no two are
 * updated at once.
 *
 * @internal
 */
export function addRegionNodes(scope: Construct, { plan, regionId, cluster, subnets, after, volumeKey }: RegionNodesProps): ZonalNodes {
  const { nodes } = plan.settings;
  const kubernetes = plan.kubernetesOf(regionId);
  const common = {
    cluster,
    subnets,
    volumeSize: Size.gibibytes(nodes.volumeGiB),
    volumeKey,
    version: eks.KubernetesVersion.of(kubernetes.version),
    releaseVersion: kubernetes.nodeRelease,
    systemReserved: nodes.systemReserved,
  };
  const main = add(scope, 'Nodes', nodes.managedPolicies, {
    ...common,
    ...machines(nodes.instanceType, nodes.amiFamily),
    perZone: nodes.perZone,
    maxPerZone: nodes.maxPerZone,
    labels: labelsOf(nodes.labels),
  });
  // Roles wait for none of it: made meanwhile, they cost no time.
  main.nodegroups.forEach(nodegroup => nodegroup.node.addDependency(...after));
  nodes.groups.reduce((before, group) => {
    const further = add(scope, `NodeGroup-${group.name}`, nodes.managedPolicies, {
      ...common,
      ...machines(group.instanceType, nodes.amiFamily),
      ...groupProps(group),
    });
    further.nodegroups.forEach(nodegroup => nodegroup.node.addDependency(...before.nodegroups));
    return further;
  }, main);
  return main;
}

function add(scope: Construct, id: string, policies: readonly string[], props: ZonalNodesProps): ZonalNodes {
  const isArn = (policy: string): boolean => policy.startsWith('arn:');
  const managedPolicies = policies.map((policy, i) =>
    isArn(policy)
      ? iam.ManagedPolicy.fromManagedPolicyArn(scope, `${id}Policy${i}`, policy)
      : iam.ManagedPolicy.fromAwsManagedPolicyName(policy),
  );
  const nodes = new ZonalNodes(scope, id, { ...props, managedPolicies });
  const named = policies.filter(policy => !isArn(policy));
  if (named.length > 0) acknowledgeManagedPolicies(nodes, 'the settings name it for nodes', ...named);
  return nodes;
}

function machines(instanceType: string, amiFamily: string): Pick<ZonalNodesProps, 'instanceType' | 'amiType'> {
  const [x86, graviton] = AMI_TYPES[amiFamily];
  return { instanceType: new ec2.InstanceType(instanceType), amiType: isGraviton(instanceType) ? graviton : x86 };
}

const AMI_TYPES: Readonly<Record<string, readonly [x86: eks.NodegroupAmiType, graviton: eks.NodegroupAmiType]>> = {
  AL2023: [eks.NodegroupAmiType.AL2023_X86_64_STANDARD, eks.NodegroupAmiType.AL2023_ARM_64_STANDARD],
  Bottlerocket: [eks.NodegroupAmiType.BOTTLEROCKET_X86_64, eks.NodegroupAmiType.BOTTLEROCKET_ARM_64],
};

type OfGroup = Pick<ZonalNodesProps, 'perZone' | 'maxPerZone' | 'capacityType' | 'labels' | 'taints'>;

function groupProps({ perZone, maxPerZone, capacityType, labels, taints }: NodeGroupSettings): OfGroup {
  return {
    perZone,
    maxPerZone: maxPerZoneOf({ perZone, maxPerZone }),
    capacityType: capacityType === 'SPOT' ? eks.CapacityType.SPOT : eks.CapacityType.ON_DEMAND,
    labels: labelsOf(labels),
    taints: taints.map(taintOf),
  };
}

/** An empty mapping would be a change of node groups that have none. */
function labelsOf(labels: { readonly [key: string]: string } = {}): { [key: string]: string } | undefined {
  return Object.keys(labels).length === 0 ? undefined : { ...labels };
}

const EFFECTS: Readonly<Record<string, eks.TaintEffect>> = {
  NoSchedule: eks.TaintEffect.NO_SCHEDULE,
  PreferNoSchedule: eks.TaintEffect.PREFER_NO_SCHEDULE,
  NoExecute: eks.TaintEffect.NO_EXECUTE,
};

function taintOf({ key, value, effect }: TaintSettings): eks.TaintSpec {
  return { key, value, effect: EFFECTS[effect] };
}
