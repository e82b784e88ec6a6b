import { PatchStrategy, setHeaderOptions, type V1NetworkPolicy } from '@kubernetes/client-node';
import { deploymentNames } from '../../../constructs/topology/plan/cluster-members';
import type { RecoveryRegion } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { RecoveryStop } from '../../../lib/recovery/stop';
import type { FenceMeans } from '../deployment';
import { inTime, statusOf, type KubernetesRegion } from './kubernetes-region';

/**
 * Cuts off the members of a region that is to be given up. Without network they are cut off at once; without pods nothing can
 * come back by itself.
 */
export async function fenceRegion(cluster: KubernetesRegion, region: RecoveryRegion, how: FenceMeans): Promise<string> {
  return how === 'scale' ? scaleToZero(cluster, region) : isolate(cluster, region);
}

async function scaleToZero({ apps }: KubernetesRegion, { namespace, statefulSet, deployments }: RecoveryRegion): Promise<string> {
  const body = { spec: { replicas: 0 } };
  const asMerge = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
  const scaled: string[] = [];
  if (await unlessGone(apps.patchNamespacedStatefulSetScale({ namespace, name: statefulSet, body }, asMerge))) scaled.push(statefulSet);
  for (const name of deploymentNames(deployments)) {
    if (await unlessGone(apps.patchNamespacedDeploymentScale({ namespace, name, body }, asMerge))) scaled.push(name);
  }
  return scaled.length === 0
    ? `nothing to scale in ${namespace}: neither brokers nor gateways are there`
    : `scaled ${scaled.join(', ')} in ${namespace} to zero; a deployment that changes them starts them again`;
}

/**
 * Network policies only ever add: one more that admits nothing would change nothing, so those that admit have to go. Which ones
 * there are is in the description: listing them, or making one, would take a right to open what others keep closed.
 */
async function isolate({ networking }: KubernetesRegion, { namespace, networkPolicies }: RecoveryRegion): Promise<string> {
  const { members, denyAll } = networkPolicies;
  if (!(await deniesEverything(networking.readNamespacedNetworkPolicy({ namespace, name: denyAll })))) {
    throw new RecoveryStop(
      'refused',
      `namespace ${namespace} has no NetworkPolicy ${denyAll} that denies everything: without it, deleting the others would open the region`,
      `deploy it again ('kubectl apply --filename 10-network-policies.yaml' of 'camunda-dual-region manifests'), or take away the pods instead: --how scale`,
    );
  }
  const deleted: string[] = [];
  for (const name of members) {
    if (await unlessGone(networking.deleteNamespacedNetworkPolicy({ namespace, name }))) deleted.push(name);
  }
  const what = deleted.length === 0 ? 'their NetworkPolicies were gone already' : `deleted NetworkPolicies ${deleted.join(', ')}`;
  return (
    `members of the cluster in ${namespace} reach nothing but DNS, and nobody reaches them: ${what}, and ${denyAll} is there. ` +
    `Apply 10-network-policies.yaml of 'camunda-dual-region manifests' to take it back`
  );
}

async function deniesEverything(request: Promise<V1NetworkPolicy>): Promise<boolean> {
  const { spec } = (await unlessGone(request)) ?? {};
  if (!spec) return false;
  const { podSelector: { matchLabels = {}, matchExpressions = [] } = {}, policyTypes = [], ingress = [], egress = [] } = spec;
  const exceptions = [Object.keys(matchLabels), matchExpressions, ingress, egress].flat();
  return exceptions.length === 0 && ['Ingress', 'Egress'].every(type => policyTypes.includes(type));
}

/** The answer, or undefined if there is no such object. */
async function unlessGone<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await inTime(request);
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
