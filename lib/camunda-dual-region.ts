import { Stack, Tags, type StackProps } from 'aws-cdk-lib';
import { DEFAULT_CROSS_STACK_REFERENCES } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import type { IRegionNetwork } from '../constructs/network/region-network';
import { planOf } from '../constructs/topology/plan-of';
import { ConfigurationError } from '../constructs/topology/rules/judging/configuration-error';
import type { DualRegionSettings } from '../constructs/topology/settings/settings';
import { areInS3 } from '../constructs/topology/settings/storage/documents';
import { Topology } from '../constructs/topology/topology';
import { CamundaStack } from './camunda-stack';
import { DocumentCopiesStack } from './documents/document-copies-stack';
import { DocumentsStack } from './documents/documents-stack';
import { PeerRoutesStack } from './peer-routes-stack';
import { PeeringStack } from './peering-stack';
import { BuiltRegion } from './region/built-region';
import type { CamundaRegion } from './region/camunda-region';
import { deploymentNameProblems } from './region/deployment-name';
import { warn } from './region/warn';
import { encryptLogs } from './region-keys';
import { RegionStack } from './region-stack';
import { SnapshotCopiesStack } from './snapshot-copies-stack';
import { SnapshotsStack } from './snapshots-stack';
import { RecordsStack } from './traffic/records-stack';
import { TrafficStack } from './traffic/traffic-stack';

/** Properties of a `CamundaDualRegion`. */
export interface CamundaDualRegionProps extends DualRegionSettings {
  /**
   * The day for which warnings hold, such as that the support of a version has ended. No day makes an error.
   *
   * @default - the day of the synthesis
   */
  readonly today?: Date;
}

/**
 * Camunda 8 as one cluster over two AWS regions: ten stacks, from the network to the last pod, four more for documents in S3, and four for `traffic`.
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

  /** Region 0 and region 1, with what is there and what can be added. */
  public readonly regions: CamundaRegion[];

  /** The region that user traffic goes to. */
  public readonly activeRegion: CamundaRegion;

  public constructor(scope: Construct, id: string, props: CamundaDualRegionProps) {
    super(scope, id);
    // What the app decides counts. Where it decides nothing, the CDK would warn, although all references here are weak.
    if (this.node.tryGetContext(DEFAULT_CROSS_STACK_REFERENCES) === undefined) this.node.setContext(DEFAULT_CROSS_STACK_REFERENCES, 'weak');
    // Without types somebody may give nothing at all, which the rules tell.
    const { today, ...settings } = props ?? { regions: [] };
    const topology = Topology.of(settings, today);
    this.topology = topology;
    const others = this.node.root.node
      .findAll()
      .filter((other): other is CamundaDualRegion => other instanceof CamundaDualRegion && other !== this);
    const problems = deploymentNameProblems(this, others);
    if (problems.length > 0) throw new ConfigurationError(problems);
    const options = (name: string, regionId: number): StackOptions => ({
      stackName: `${topology.name}-${name}`,
      env: { region: topology.regions[regionId].awsRegion, account: topology.regions[regionId].account },
      description: DESCRIPTIONS[name],
    });
    const regionStacks = topology.regions.map(
      ({ regionId }) => new RegionStack(this, `Region${regionId}`, { topology, regionId, ...options(`Region${regionId}`, regionId) }),
    );
    // On a stack, because the CDK shows no warnings of constructs outside of stacks unless a feature flag is set.
    warn(regionStacks[0], topology.warnings);
    this.addPeering(
      regionStacks.map(({ network }) => network),
      options,
    );
    const camundaStacks = regionStacks.map(
      (regionStack, regionId) =>
        new CamundaStack(this, `Camunda${regionId}`, { topology, regionId, regionStack, ...options(`Camunda${regionId}`, regionId) }),
    );
    // Their references are weak, so the CDK would not see the order by itself in every case.
    camundaStacks.forEach((stack, regionId) => stack.addStackDependency(regionStacks[regionId]));
    const plan = planOf(topology);
    if (plan.settings.backup.enabled) this.addSnapshots(options);
    if (areInS3(plan.settings.documents)) this.addDocuments(camundaStacks, options);
    if (plan.settings.traffic) this.addTraffic(regionStacks, camundaStacks, options);
    this.regions = regionStacks.map(
      (regionStack, regionId) =>
        new BuiltRegion(regionStack, 'Extensions', { topology, regionId, regionStack, camundaStack: camundaStacks[regionId] }),
    );
    this.activeRegion = this.regions[topology.activeRegion];
    for (const stack of this.node.children.filter(child => Stack.isStack(child))) {
      encryptLogs(stack, topology.regions.find(({ awsRegion }) => awsRegion === stack.region)?.keys?.logs);
    }
    Object.entries(plan.settings.tags).forEach(([key, value]) =>
      Tags.of(this).add(key, value, { excludeResourceTypes: ['aws:cdk:stack'] }),
    );
  }

  private addPeering([requester, accepter]: readonly IRegionNetwork[], options: OptionsOfStack): void {
    const { peeringConnectionId } = new PeeringStack(this, 'Peering', { requester, accepter, ...options('Peering', 0) });
    new PeerRoutesStack(this, 'PeerRoutes', { requester, accepter, peeringConnectionId, ...options('PeerRoutes', 1) });
  }

  private addSnapshots(options: OptionsOfStack): void {
    const { topology } = this;
    const copies = topology.regions.map(
      ({ regionId }) =>
        new SnapshotCopiesStack(this, `SnapshotCopies${regionId}`, {
          topology,
          regionId,
          ...options(`SnapshotCopies${regionId}`, regionId),
        }),
    );
    for (const { regionId } of topology.regions) {
      // Their names end in no number: a deployment to 'Camunda/*0' must not wait for the other region.
      const id = ['Snapshots', 'PeerSnapshots'][regionId];
      const stack = new SnapshotsStack(this, id, { topology, regionId, ...options(id, regionId) });
      stack.addStackDependency(copies[1 - regionId]);
    }
  }

  private addTraffic(regionStacks: readonly RegionStack[], camundaStacks: readonly CamundaStack[], options: OptionsOfStack): void {
    const { topology } = this;
    const traffic = regionStacks.map((regionStack, regionId) => {
      const id = `Traffic${regionId}`;
      const stack = new TrafficStack(this, id, { topology, regionId, regionStack, ...options(id, regionId) });
      // It binds what is in Camunda's namespace, which goes after the binding.
      stack.addStackDependency(camundaStacks[regionId]);
      return stack;
    });
    traffic.forEach((trafficStack, regionId) => {
      // Their names end in no number: a deployment to 'Camunda/*0' must not wait for the other region.
      const id = ['Records', 'PeerRecords'][regionId];
      const stack = new RecordsStack(this, id, { topology, regionId, trafficStack, ...options(id, regionId) });
      stack.addStackDependency(trafficStack);
      // Its health check names an alarm there.
      stack.addStackDependency(traffic[1 - regionId]);
    });
  }

  private addDocuments(camundaStacks: readonly CamundaStack[], options: OptionsOfStack): void {
    const { topology } = this;
    const buckets = topology.regions.map(
      ({ regionId }) =>
        new DocumentsStack(this, `Documents${regionId}`, { topology, regionId, ...options(`Documents${regionId}`, regionId) }),
    );
    // The bucket of the own region alone: no deployment of Camunda waits for the other one.
    camundaStacks.forEach((stack, regionId) => stack.addStackDependency(buckets[regionId]));
    for (const { regionId } of topology.regions) {
      const id = ['DocumentCopies', 'PeerDocumentCopies'][regionId];
      const stack = new DocumentCopiesStack(this, id, { topology, regionId, ...options(id, regionId) });
      buckets.forEach(bucket => stack.addStackDependency(bucket));
    }
  }
}

type StackOptions = Required<Pick<StackProps, 'stackName' | 'env' | 'description'>>;
type OptionsOfStack = (name: string, regionId: number) => StackOptions;

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  Region0: 'Camunda dual-region: network, EKS cluster and controllers of region 0',
  Region1: 'Camunda dual-region: network, EKS cluster and controllers of region 1',
  Peering: "Camunda dual-region: VPC peering and region 0's routes",
  PeerRoutes: "Camunda dual-region: region 1's routes",
  SnapshotCopies0: "Camunda dual-region: bucket of region 0 for copies of region 1's snapshots",
  SnapshotCopies1: "Camunda dual-region: bucket of region 1 for copies of region 0's snapshots",
  Snapshots: 'Camunda dual-region: bucket for snapshots of region 0',
  PeerSnapshots: 'Camunda dual-region: bucket for snapshots of region 1',
  Documents0: 'Camunda dual-region: bucket for documents of region 0',
  Documents1: 'Camunda dual-region: bucket for documents of region 1',
  DocumentCopies: 'Camunda dual-region: copies the documents of region 0 to region 1',
  PeerDocumentCopies: 'Camunda dual-region: copies the documents of region 1 to region 0',
  Camunda0: 'Camunda dual-region: Camunda and Elasticsearch of region 0',
  Camunda1: 'Camunda dual-region: Camunda and Elasticsearch of region 1',
  Traffic0: "Camunda dual-region: load balancer of region 0, and the switch of region 1's traffic",
  Traffic1: "Camunda dual-region: load balancer of region 1, and the switch of region 0's traffic",
  Records: 'Camunda dual-region: names and health checks of region 0',
  PeerRecords: 'Camunda dual-region: names and health checks of region 1',
};
