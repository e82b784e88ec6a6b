import { bed } from './bed';
import { kubectl, kubectlApply, kubectlJson } from './kubectl';

const LABEL = 'dns-proof/stand-in';
const NAME = 'dns-proof';
const POD = `${NAME}-0`;
const PORT = 9200;

interface PodList {
  readonly items: readonly { readonly metadata: { readonly name: string }; readonly status: { readonly podIP?: string } }[];
}

/** Addresses of a namespace's pods, by pod. */
export async function podAddresses(
  regionId: number,
  ...selection: readonly string[]
): Promise<Readonly<Record<string, string | undefined>>> {
  const { items } = await kubectlJson<PodList>(regionId, '-n', bed().regions[regionId].namespace, 'get', 'pods', ...selection);
  return Object.fromEntries(items.map(({ metadata, status }) => [metadata.name, status.podIP]));
}

/** A headless Service with one pod that a proof may move: pods of the deployment follow their volumes. */
export async function addStandIn(regionId: number): Promise<void> {
  const { namespace } = bed().regions[regionId];
  const labels = { [LABEL]: 'true' };
  const headless = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: NAME, namespace, labels },
    spec: { clusterIP: 'None', selector: labels, ports: [{ name: 'http', port: PORT }] },
  };
  await kubectlApply(regionId, [headless, pod(namespace)]);
  await kubectl(regionId, '-n', namespace, 'wait', '--for=condition=Ready', 'pod', POD, '--timeout=30s');
}

/** DNS name of its pod. */
export function standInName(regionId: number): string {
  return `${POD}.${NAME}.${bed().regions[regionId].namespace}.svc.cluster.local`;
}

/**
 * Makes the pod anew on another node, and returns once it has an address there. On its old node, kwok would give it the
 * old address again.
 */
export async function moveStandIn(regionId: number): Promise<{ readonly from: string; readonly to: string }> {
  const { namespace } = bed().regions[regionId];
  const nodes = await kubectlJson<{ items: readonly { metadata: { name: string } }[] }>(regionId, 'get', 'nodes');
  const { spec, status } = await kubectlJson<{ spec: { nodeName: string }; status: { podIP: string } }>(
    regionId,
    ...['-n', namespace, 'get', 'pod', POD],
  );
  const target = nodes.items.map(({ metadata }) => metadata.name).find(node => node !== spec.nodeName);
  await kubectl(regionId, '-n', namespace, 'delete', 'pod', POD, '--now');
  await kubectlApply(regionId, [pod(namespace, target)]);
  await kubectl(regionId, '-n', namespace, 'wait', '--for=jsonpath={.status.podIP}', 'pod', POD, '--timeout=30s');
  return { from: status.podIP, to: String((await podAddresses(regionId))[POD]) };
}

export async function removeStandIn(regionId: number): Promise<void> {
  await kubectl(regionId, '-n', bed().regions[regionId].namespace, 'delete', 'service,pod', '--selector', LABEL, '--now');
}

function pod(namespace: string, nodeName?: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: POD, namespace, labels: { [LABEL]: 'true' } },
    spec: {
      nodeName,
      hostname: POD,
      subdomain: NAME,
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'stand-in',
          image: 'stand-in:1',
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          resources: { requests: { cpu: '1m', memory: '1Mi' }, limits: { memory: '1Mi' } },
        },
      ],
    },
  };
}
