import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { FIXED_NAMES } from '../topology/plan/names';
import type { ExternalSecretData, ExternalSecretSpec } from './external-secrets-types';

/** What stands in one Kubernetes Secret, and where it comes from. */
export interface SecretContent {
  readonly name: string;
  readonly data: ExternalSecretData[];
  readonly template?: ExternalSecretSpec['target']['template'];
}

/**
 * Version of the API of External Secrets.
 *
 * @internal
 */
export const EXTERNAL_SECRETS_API = 'external-secrets.io/v1';

const REFRESH_INTERVAL = '1h';

/**
 * A Kubernetes Secret with what AWS Secrets Manager has. It goes with this object.
 *
 * @see External Secrets Operator, API: ExternalSecret
 *
 * @internal
 */
export function externalSecret(scope: Construct, id: string, namespace: string, { name, data, template }: SecretContent): void {
  const spec: ExternalSecretSpec = {
    refreshInterval: REFRESH_INTERVAL,
    secretStoreRef: { kind: 'SecretStore', name: FIXED_NAMES.secretStore },
    // While Secrets Manager cannot be reached, or a secret was deleted there, pods must still be able to start.
    target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain', template },
    data,
  };
  new ApiObject(scope, id, { apiVersion: EXTERNAL_SECRETS_API, kind: 'ExternalSecret', metadata: { name, namespace }, spec });
}
