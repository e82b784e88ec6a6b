import { bed } from './bed';
import { kubectl, kubectlApply, kubectlJson } from './kubectl';
import { namespaceOf } from './life';

const KINDS = ['externalsecret', 'secretstore'];
/** Where nobody listens. */
const NOBODY = 'https://127.0.0.1:1/validate';

interface Namespace {
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message: string }[] };
}

/**
 * Makes External Secrets look as after its operator was taken away: its webhook refuses deletions because nobody answers it, and its
 * objects have finalizers that nobody takes off. The version of the bed sets none.
 */
export async function orphanExternalSecrets(regionId: number): Promise<void> {
  const secrets = await kubectl(regionId, '--namespace', namespaceOf(regionId), 'get', 'externalsecrets', '--output', 'name');
  const patch = JSON.stringify({ metadata: { finalizers: ['externalsecrets.external-secrets.io/externalsecret-cleanup'] } });
  for (const name of secrets.trim().split('\n')) {
    await kubectl(regionId, '--namespace', namespaceOf(regionId), 'patch', name, '--type', 'merge', '--patch', patch);
  }
  await kubectlApply(regionId, KINDS.map(unansweredWebhook));
}

/** What the API server says about a namespace that is being deleted: the conditions that hold. */
export async function deletionConditions(regionId: number): Promise<ReadonlyMap<string, string>> {
  const { status } = await kubectlJson<Namespace>(regionId, 'get', 'namespace', namespaceOf(regionId));
  const held = (status.conditions ?? []).filter(condition => condition.status === 'True');
  return new Map(held.map(({ type, message }) => [type, message]));
}

/** Address of the administrator's configuration of a region, as an option of kubectl. */
export function kubeconfigOption(regionId: number): string {
  return `--kubeconfig ${bed().regions[regionId].kubeconfig}`;
}

function unansweredWebhook(kind: string): object {
  const rule = { apiGroups: ['external-secrets.io'], apiVersions: ['*'], operations: ['DELETE'], resources: [`${kind}s`] };
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: `${kind}-validate` },
    webhooks: [
      {
        name: `validate.${kind}.external-secrets.io`,
        rules: [rule],
        clientConfig: { url: NOBODY },
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        timeoutSeconds: 5,
        failurePolicy: 'Fail',
      },
    ],
  };
}
