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
  const pods = Array.from({ length: COUNT }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${service}-stand-in-${index}`, namespace, labels },
    spec: {
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
  }));
  const headless = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: service, namespace, labels },
    spec: { clusterIP: 'None', selector: labels, ports: [{ name: 'http', port }] },
  };
  await kubectlApply(regionId, [headless, ...pods]);
  await kubectl(regionId, '-n', namespace, 'wait', '--for=condition=Ready', 'pod', '--selector', LABEL, '--timeout=30s');
  return Object.values(await podAddresses(regionId, '--selector', LABEL)).map(String);
}

export async function removeElasticsearch(regionId: number): Promise<void> {
  await kubectl(regionId, '-n', bed().regions[regionId].namespace, 'delete', 'service,pod', '--selector', LABEL, '--now');
}
