import { PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import type { RecoveryRegion } from '../../constructs/topology/recovery-topology';
import type { FenceMeans } from './deployment';
import { inTime, statusOf, type KubernetesRegion } from './kubernetes-region';

const POLICY = 'camunda-recovery-fence';

/**
 * Cuts off the brokers of a region that is to be given up. A policy acts at once and can be taken away again; without brokers
 * nothing can come back by itself.
 */
export async function fenceRegion(cluster: KubernetesRegion, region: RecoveryRegion, how: FenceMeans): Promise<string> {
  return how === 'scale' ? scaleToZero(cluster, region) : isolate(cluster, region);
}

async function scaleToZero({ apps }: KubernetesRegion, { namespace, statefulSet, deployments }: RecoveryRegion): Promise<string> {
  const body = { spec: { replicas: 0 } };
  const asMerge = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
  await inTime(apps.patchNamespacedStatefulSetScale({ namespace, name: statefulSet, body }, asMerge));
  for (const name of deployments.gateways) await inTime(apps.patchNamespacedDeploymentScale({ namespace, name, body }, asMerge));
  return `scaled ${[statefulSet, ...deployments.gateways].join(', ')} in ${namespace} to zero; the next deployment of that region would start them again`;
}

/** Network policies only ever add: one that admits nothing would change nothing, so all others have to go. */
async function isolate({ networking }: KubernetesRegion, { namespace }: RecoveryRegion): Promise<string> {
  const body = { metadata: { name: POLICY, namespace }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } };
  try {
    await inTime(networking.createNamespacedNetworkPolicy({ namespace, body }));
  } catch (error) {
    if (statusOf(error) !== 409) throw error;
  }
  const { items } = await inTime(networking.listNamespacedNetworkPolicy({ namespace }));
  const others = items.map(({ metadata }) => metadata?.name ?? '').filter(name => name !== POLICY);
  for (const name of others) await inTime(networking.deleteNamespacedNetworkPolicy({ namespace, name }));
  return `pods in ${namespace} can neither send nor receive: NetworkPolicy ${POLICY} is there, ${others.length} others are deleted; the next deployment of that region brings them back`;
}
