import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import { bed } from './bed';
import { kubectl, kubectlApply } from './kubectl';

/** Namespaces that a proof makes: one that carries the client label, and one that does not. */
const CLIENTS = 'policy-proof-clients';
const STRANGERS = 'policy-proof-strangers';
/** A pod that somebody made by hand in Camunda's namespace. */
const STRAY = 'stray';

/** Pods that are no part of the deployment: of a client, of a stranger, and one in Camunda's namespace that nobody planned. */
export async function addNeighbours(regionId: number): Promise<void> {
  const { namespace } = bed().regions[regionId];
  const places = { [CLIENTS]: { [FIXED_NAMES.clientLabel]: 'true' }, [STRANGERS]: {} };
  const namespaces = Object.entries(places).map(([name, labels]) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }));
  await kubectlApply(regionId, namespaces);
  // A pod is refused until its namespace has an account for it.
  await Promise.all(Object.keys(places).map(place => kubectl(regionId, 'wait', '--for=create', 'serviceaccount/default', '-n', place)));
  await kubectlApply(regionId, [pod(CLIENTS, 'client'), pod(STRANGERS, 'stranger'), pod(namespace, STRAY)]);
  await Promise.all(
    [CLIENTS, STRANGERS].map(place => kubectl(regionId, 'wait', '--for=condition=Ready', 'pod', '--all', '-n', place, '--timeout=60s')),
  );
  await kubectl(regionId, 'wait', '--for=condition=Ready', 'pod', STRAY, '-n', namespace, '--timeout=60s');
}

export async function removeNeighbours(regionId: number): Promise<void> {
  await kubectl(regionId, 'delete', 'pod', STRAY, '-n', bed().regions[regionId].namespace, '--ignore-not-found', '--now');
  await kubectl(regionId, 'delete', 'namespace', CLIENTS, STRANGERS, '--ignore-not-found', '--timeout=60s');
}

function pod(namespace: string, name: string): object {
  const little = { cpu: '10m', memory: '16Mi', 'ephemeral-storage': '16Mi' };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'any',
          image: 'any',
          resources: { requests: little, limits: little },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
}
