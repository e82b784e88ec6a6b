import { Fn } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { Construct } from 'constructs';
import type { RegionStack } from '../region-stack';

/**
 * The cluster as seen from another stack of its region: its name is known, its deployment function is an output.
 *
 * @internal
 */
export function deployedCluster(scope: Construct, regionStack: RegionStack): eks.ICluster {
  return eks.Cluster.fromClusterAttributes(scope, 'Cluster', {
    clusterName: regionStack.clusterName,
    prune: false,
    kubectlProvider: eks.KubectlProvider.fromKubectlProviderAttributes(scope, 'KubectlProvider', {
      serviceToken: Fn.getStackOutput(regionStack.stackName, regionStack.deploymentFunctionOutput, regionStack.region),
    }),
  });
}
