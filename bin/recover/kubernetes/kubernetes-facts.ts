import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import type { RecoveryRegion, RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { parseRecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology-document';
import type { KubernetesFacts, RegionFacts } from '../../../lib/recovery/ports';
import { UnreachableError } from '../exit-code';
import { reasonOf } from '../reason';
import { inTime, isReady, isRunning, nameOf, statusOf, type KubernetesRegion } from './kubernetes-region';

/** What the clusters say: the phase that is deployed, pods, rollouts. */
export class ClusterFacts implements KubernetesFacts {
  public constructor(
    private readonly topology: RecoveryTopology,
    /** Clusters by region. A region without one cannot be reached. */
    private readonly clusters: readonly (KubernetesRegion | undefined)[],
  ) {}

  public async region(regionId: number): Promise<RegionFacts | undefined> {
    const cluster = this.clusters[regionId];
    // Nobody was asked: that is not silence.
    if (!cluster) return { refused: 'the kubeconfig has no context for it; name it with --context' };
    const region = this.topology.regions[regionId];
    try {
      const recreatedRegion = await deployedPhase(cluster, region);
      const pods = await cluster.brokerPods(region);
      const rolloutOpen = await rollout(cluster, region);
      return {
        ...(recreatedRegion === undefined ? {} : { recreatedRegion }),
        brokerPods: pods.map(pod => ({ name: nameOf(pod), running: isRunning(pod), ready: isReady(pod) })),
        applicationPods: await applications(cluster, region),
        ...(rolloutOpen === undefined ? {} : { rolloutOpen }),
      };
    } catch (error) {
      // Only silence is an outage: with wrong rights or without credentials, a living region would pass for a lost one.
      if (error instanceof UnreachableError) return undefined;
      const status = statusOf(error);
      const why = reasonOf(error);
      return {
        refused: status === undefined ? `context '${cluster.context}': ${why}` : `it answers ${status} to context '${cluster.context}'`,
        ...(status === 401 || status === 403 ? { denied: true } : {}),
      };
    }
  }
}

/** Phase that the deployment describes, or undefined for the steady state, and also before anything is deployed. */
async function deployedPhase(cluster: KubernetesRegion, { namespace }: RecoveryRegion): Promise<number | undefined> {
  try {
    const { data } = await inTime(cluster.core.readNamespacedConfigMap({ namespace, name: FIXED_NAMES.recoveryTopology }));
    return parseRecoveryTopology(data?.[FIXED_NAMES.recoveryTopologyKey] ?? '', FIXED_NAMES.recoveryTopology).recreatedRegion;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

async function rollout(cluster: KubernetesRegion, { namespace, statefulSet }: RecoveryRegion): Promise<string | undefined> {
  try {
    const { metadata, spec, status } = await inTime(cluster.apps.readNamespacedStatefulSet({ namespace, name: statefulSet }));
    if ((status?.observedGeneration ?? 0) < (metadata?.generation ?? 0)) return `StatefulSet ${statefulSet} is about to change`;
    if (status?.updateRevision !== status?.currentRevision && (status?.updatedReplicas ?? 0) < (spec?.replicas ?? 0)) {
      return `${status?.updatedReplicas ?? 0} of ${spec?.replicas} pods of StatefulSet ${statefulSet} are replaced`;
    }
    return undefined;
  } catch (error) {
    if (statusOf(error) === 404) return `there is no StatefulSet ${statefulSet}`;
    throw error;
  }
}

async function applications(cluster: KubernetesRegion, { namespace, deployments }: RecoveryRegion): Promise<string[]> {
  if (deployments.applications.length === 0) return [];
  const { items } = await inTime(
    cluster.core.listNamespacedPod({ namespace, labelSelector: 'app.kubernetes.io/component in (operate, tasklist)' }),
  );
  return items.map(nameOf);
}
