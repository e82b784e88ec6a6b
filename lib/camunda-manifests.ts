import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { ConfigurationError } from '../constructs/topology/rules/judging/configuration-error';
import { errorOf, type Problem } from '../constructs/topology/rules/judging/problem';
import type { Topology } from '../constructs/topology/topology';
import { withAccount } from './account';
import { assertManifestsFit } from './manifest-limits';
import { placementProblems } from './placement-problems';
import { regionManifests } from './region-manifests';

/** Properties of `CamundaManifests`. */
export interface CamundaManifestsProps {
  /** The description of both regions. */
  readonly topology: Topology;

  /** The region of the cluster, 0 or 1. */
  readonly regionId: number;

  /**
   * The cluster, made or imported, with a function that applies manifests. `docs/existing.md` says what must be in it.
   */
  readonly cluster: eks.ICluster;
}

/**
 * Camunda and Elasticsearch of one region in any EKS cluster: the manifests, applied in order. They are the very objects that
 * `camunda-dual-region manifests` writes.
 *
 * Throws one error that lists what does not fit the topology.
 */
export class CamundaManifests extends Construct {
  /** The manifests, each after the one before. Escape hatch for raw overrides. */
  public readonly manifests: eks.KubernetesManifest[];

  public constructor(scope: Construct, id: string, props: CamundaManifestsProps) {
    super(scope, id);
    const { topology, regionId, cluster } = props;
    const problems = [...placementProblems(this, topology, regionId), ...clusterProblems(cluster)];
    if (problems.length > 0) throw new ConfigurationError(problems);
    const groups = regionManifests(topology, regionId);
    assertManifestsFit(groups, topology.brokers.length);
    this.manifests = groups.map(
      ({ name, objects }) =>
        new eks.KubernetesManifest(this, constructId(name), {
          cluster,
          manifest: withAccount(objects, Stack.of(this).account),
          // Pruning would delete volumes and brokers that a changed manifest no longer names.
          prune: false,
        }),
    );
    this.manifests.slice(1).forEach((manifest, i) => manifest.node.addDependency(this.manifests[i]));
  }
}

function clusterProblems({ clusterName, kubectlProvider }: eks.ICluster): Problem[] {
  if (kubectlProvider) return [];
  return [
    errorOf({
      rule: 'cluster-provider',
      setting: 'cluster.kubectlProvider',
      value: undefined,
      requirement: `must be the function that applies manifests to cluster '${clusterName}'`,
      fix: "take the cluster of an 'ExistingCluster', which makes one, or import it with the 'kubectlProvider' of the stack that made it",
    }),
  ];
}

/** `10-network-policies` becomes `NetworkPolicies`: the number orders files, and must be free to change. */
function constructId(name: string): string {
  return name
    .split('-')
    .slice(1)
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
