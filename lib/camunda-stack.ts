import { Fn, Stack, type StackProps } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { Construct } from 'constructs';
import type { Topology } from '../constructs/topology/topology';
import { withAccount } from './account';
import { assertManifestsFit } from './manifest-limits';
import { regionManifests } from './region-manifests';
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
  public constructor(scope: Construct, id: string, props: CamundaStackProps) {
    super(scope, id, props);
    const cluster = this.importCluster(props.regionStack);
    const manifests = regionManifests(props.topology, props.regionId);
    assertManifestsFit(manifests, props.topology.brokers.length);
    let previous: Construct | undefined;
    for (const { name, objects } of manifests) {
      const manifest = new eks.KubernetesManifest(this, constructId(name), {
        cluster,
        manifest: withAccount(objects, this.account),
        // Pruning would delete volumes and brokers that a changed manifest no longer names.
        prune: false,
      });
      if (previous) manifest.node.addDependency(previous);
      previous = manifest;
    }
  }

  /** The cluster as seen from here: its name is known, its deployment function is an output of the other stack. */
  private importCluster(regionStack: RegionStack): eks.ICluster {
    return eks.Cluster.fromClusterAttributes(this, 'Cluster', {
      clusterName: regionStack.clusterName,
      prune: false,
      kubectlProvider: eks.KubectlProvider.fromKubectlProviderAttributes(this, 'KubectlProvider', {
        serviceToken: Fn.getStackOutput(regionStack.stackName, regionStack.deploymentFunctionOutput, regionStack.region),
      }),
    });
  }
}

/** `10-network-policies` becomes `NetworkPolicies`: the number orders files, and must be free to change. */
function constructId(name: string): string {
  return name
    .split('-')
    .slice(1)
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
