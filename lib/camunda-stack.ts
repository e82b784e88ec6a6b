import { Stack, type StackProps } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import type { Topology } from '../constructs/topology/topology';
import { CamundaManifests } from './camunda-manifests';
import { deployedCluster } from './region/deployed-cluster';
import type { RegionStack } from './region-stack';

/** @internal */
export interface CamundaStackProps extends StackProps {
  readonly topology: Topology;
  readonly regionId: number;
  readonly regionStack: RegionStack;
}

/**
 * Camunda and Elasticsearch of one region: the manifests, applied in order.
 *
 * @internal
 */
export class CamundaStack extends Stack {
  /** The cluster as seen from this stack. */
  public readonly cluster: eks.ICluster;
  /** What comes after Camunda. */
  public readonly extensions: Construct;

  public constructor(scope: Construct, id: string, props: CamundaStackProps) {
    super(scope, id, props);
    // CDK leaves 'Default' out of logical ids: other ones would delete every object after making it anew.
    this.cluster = deployedCluster(this, props.regionStack);
    const { topology, regionId } = props;
    const camunda = new CamundaManifests(this, 'Default', { topology, regionId, cluster: this.cluster });
    this.extensions = new Construct(this, 'Extensions');
    this.extensions.node.addDependency(camunda);
  }
}
