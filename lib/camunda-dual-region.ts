import { Annotations, Tags, type Environment, type Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { describeProblem } from '../constructs/topology/rules/problem';
import type { DualRegionSettings } from '../constructs/topology/settings/settings';
import { Topology } from '../constructs/topology/topology';
import { CamundaStack } from './camunda-stack';
import { PeerRoutesStack } from './peer-routes-stack';
import { PeeringStack } from './peering-stack';
import { RegionStack } from './region-stack';
import { SnapshotCopiesStack } from './snapshot-copies-stack';
import { SnapshotsStack } from './snapshots-stack';

/** Properties of a `CamundaDualRegion`. */
export interface CamundaDualRegionProps extends DualRegionSettings {}

/**
 * Camunda 8 as one cluster over two AWS regions: ten stacks, from the network to the last pod.
 *
 * @example
 * new CamundaDualRegion(app, 'Camunda', {
 *   regions: [
 *     { awsRegion: 'eu-west-2', vpcCidr: '10.192.0.0/16', serviceCidr: '10.190.0.0/16', namespace: 'camunda-london' },
 *     { awsRegion: 'eu-west-3', vpcCidr: '10.202.0.0/16', serviceCidr: '10.200.0.0/16', namespace: 'camunda-paris' },
 *   ],
 * });
 */
export class CamundaDualRegion extends Construct {
  /** All that follows from the settings. */
  public readonly topology: Topology;

  /** Network, cluster and controllers, region 0 first. */
  public readonly regionStacks: Stack[];

  /** The peering connection and region 0's routes. */
  public readonly peeringStack: Stack;

  /** Region 1's routes. */
  public readonly peerRoutesStack: Stack;

  /** Camunda and Elasticsearch, region 0 first. */
  public readonly camundaStacks: Stack[];

  /** Buckets for copies of the other region's snapshots, region 0 first. Empty without backup. */
  public readonly snapshotCopiesStacks: Stack[];

  /** Buckets for snapshots, region 0 first. Empty without backup. */
  public readonly snapshotsStacks: Stack[];

  public constructor(scope: Construct, id: string, props: CamundaDualRegionProps) {
    super(scope, id);
    const topology = Topology.of(props);
    this.topology = topology;
    const options = (
      name: string,
      regionId: number,
    ): { readonly stackName: string; readonly env: Environment; readonly description: string } => ({
      stackName: `${topology.name}-${name}`,
      env: { region: topology.regions[regionId].awsRegion, account: topology.regions[regionId].account },
      description: DESCRIPTIONS[name],
    });
    const regionStacks = topology.regions.map(
      ({ regionId }) => new RegionStack(this, `Region${regionId}`, { topology, regionId, ...options(`Region${regionId}`, regionId) }),
    );
    for (const problem of topology.warnings) {
      // On a stack, because the CDK shows no warnings of constructs outside of stacks unless a feature flag is set.
      Annotations.of(regionStacks[0]).addWarningV2(`camunda-dual-region:${problem.rule}`, describeProblem(problem));
    }
    const networks = regionStacks.map(({ network }) => network);
    const peeringStack = new PeeringStack(this, 'Peering', { requester: networks[0], accepter: networks[1], ...options('Peering', 0) });
    this.peerRoutesStack = new PeerRoutesStack(this, 'PeerRoutes', {
      requester: networks[0],
      accepter: networks[1],
      peeringConnectionId: peeringStack.peeringConnectionId,
      ...options('PeerRoutes', 1),
    });
    this.camundaStacks = regionStacks.map(
      (regionStack, regionId) =>
        new CamundaStack(this, `Camunda${regionId}`, { topology, regionId, regionStack, ...options(`Camunda${regionId}`, regionId) }),
    );
    // Their references are weak, so the CDK would not see the order by itself in every case.
    this.camundaStacks.forEach((stack, regionId) => stack.addStackDependency(regionStacks[regionId]));
    const backedUp = topology._settings.backup.enabled ? topology.regions : [];
    this.snapshotCopiesStacks = backedUp.map(
      ({ regionId }) =>
        new SnapshotCopiesStack(this, `SnapshotCopies${regionId}`, {
          topology,
          regionId,
          ...options(`SnapshotCopies${regionId}`, regionId),
        }),
    );
    this.snapshotsStacks = backedUp.map(({ regionId }) => {
      // Their names end in no number: a deployment to 'Camunda/*0' must not wait for the other region.
      const id = ['Snapshots', 'PeerSnapshots'][regionId];
      const stack = new SnapshotsStack(this, id, { topology, regionId, ...options(id, regionId) });
      stack.addStackDependency(this.snapshotCopiesStacks[1 - regionId]);
      return stack;
    });
    this.regionStacks = regionStacks;
    this.peeringStack = peeringStack;
    Object.entries(topology._settings.tags).forEach(([key, value]) => Tags.of(this).add(key, value));
  }
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  Region0: 'Camunda dual-region: network, EKS cluster and controllers of region 0',
  Region1: 'Camunda dual-region: network, EKS cluster and controllers of region 1',
  Peering: "Camunda dual-region: VPC peering and region 0's routes",
  PeerRoutes: "Camunda dual-region: region 1's routes",
  SnapshotCopies0: "Camunda dual-region: bucket of region 0 for copies of region 1's snapshots",
  SnapshotCopies1: "Camunda dual-region: bucket of region 1 for copies of region 0's snapshots",
  Snapshots: 'Camunda dual-region: bucket for snapshots of region 0',
  PeerSnapshots: 'Camunda dual-region: bucket for snapshots of region 1',
  Camunda0: 'Camunda dual-region: Camunda and Elasticsearch of region 0',
  Camunda1: 'Camunda dual-region: Camunda and Elasticsearch of region 1',
};
