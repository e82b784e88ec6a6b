import { bed } from './bed';
import { kubectl, kubectlApply, kubectlJson } from './kubectl';

const LABEL = 'dns-proof/stand-in';
const COUNT = 3;

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

/** Service and pods in place of those that the Elasticsearch operator makes, which doesn't run here. Returns the pods' addresses. */
export async function addElasticsearch(regionId: number, service: string, port: number): Promise<string[]> {
  const { namespace } = bed().regions[regionId];
  const labels = { [LABEL]: service };
  const headless = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: service, namespace, labels },
    spec: { clusterIP: 'None', selector: labels, ports: [{ name: 'http', port }] },
  };
  await kubectlApply(regionId, [headless, ...Array.from({ length: COUNT }, (_, index) => pod(namespace, service, index))]);
  await kubectl(regionId, '-n', namespace, 'wait', '--for=condition=Ready', 'pod', '--selector', LABEL, '--timeout=30s');
  return Object.values(await podAddresses(regionId, '--selector', LABEL)).map(String);
}

/** DNS name of the first pod. */
export function standInName(regionId: number, service: string): string {
  return `${podName(service, 0)}.${service}.${bed().regions[regionId].namespace}.svc.cluster.local`;
}

/**
 * Makes the first pod anew on another node, and returns once it has an address there. On its old node, kwok would give it the
 * old address again.
 */
export async function moveStandIn(regionId: number, service: string): Promise<{ readonly from: string; readonly to: string }> {
  const { namespace } = bed().regions[regionId];
  const name = podName(service, 0);
  const nodes = await kubectlJson<{ items: readonly { metadata: { name: string } }[] }>(regionId, 'get', 'nodes');
  const { spec, status } = await kubectlJson<{ spec: { nodeName: string }; status: { podIP: string } }>(
    regionId,
    ...['-n', namespace, 'get', 'pod', name],
  );
  const target = nodes.items.map(({ metadata }) => metadata.name).find(node => node !== spec.nodeName);
  await kubectl(regionId, '-n', namespace, 'delete', 'pod', name, '--now');
  await kubectlApply(regionId, [pod(namespace, service, 0, target)]);
  await kubectl(regionId, '-n', namespace, 'wait', '--for=jsonpath={.status.podIP}', 'pod', name, '--timeout=30s');
  return { from: status.podIP, to: String((await podAddresses(regionId))[name]) };
}

export async function removeElasticsearch(regionId: number): Promise<void> {
  await kubectl(regionId, '-n', bed().regions[regionId].namespace, 'delete', 'service,pod', '--selector', LABEL, '--now');
}

const podName = (service: string, index: number): string => `${service}-stand-in-${index}`;

function pod(namespace: string, service: string, index: number, nodeName?: string): object {
  const name = podName(service, index);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { [LABEL]: service } },
    spec: {
      nodeName,
      hostname: name,
      subdomain: service,
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
