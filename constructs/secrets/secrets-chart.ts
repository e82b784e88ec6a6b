import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { awsSecretNames, FIXED_NAMES } from '../topology/plan/names';
import { planOf } from '../topology/plan-of';
import type { Topology } from '../topology/topology';
import { EXTERNAL_SECRETS_API, externalSecret } from './external-secret';
import type { ExternalSecretData, SecretStoreSpec } from './external-secrets-types';

/** Properties of a `SecretsChart`. */
export interface SecretsChartProps {
  /** Both regions. */
  readonly topology: Topology;

  /** The region that the chart is for, 0 or 1. */
  readonly regionId: number;
}

/** Property of the JSON text in AWS Secrets Manager. */
const PASSWORD_PROPERTY = 'password';

/**
 * Brings passwords from the region's own AWS Secrets Manager into Kubernetes Secrets. Both regions read replicas of the
 * same secret, so that they agree without anybody copying a password.
 *
 * @see External Secrets Operator, API: SecretStore
 */
export class SecretsChart extends Chart {
  public constructor(scope: Construct, id: string, { topology, regionId }: SecretsChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const { namespace, awsRegion } = topology.regions[regionId];
    const names = awsSecretNames(topology.name);

    const store: SecretStoreSpec = {
      // Without an auth block the operator uses its own identity: no key is stored in the cluster.
      provider: { aws: { service: 'SecretsManager', region: awsRegion } },
    };
    new ApiObject(this, 'SecretStore', {
      apiVersion: EXTERNAL_SECRETS_API,
      kind: 'SecretStore',
      metadata: { name: FIXED_NAMES.secretStore, namespace },
      spec: store,
    });

    externalSecret(this, 'ElasticsearchUser', namespace, {
      name: FIXED_NAMES.elasticsearchUserSecret,
      data: [passwordOf(names.elasticsearch, PASSWORD_PROPERTY)],
      template: {
        type: 'kubernetes.io/basic-auth',
        engineVersion: 'v2',
        data: {
          username: FIXED_NAMES.elasticsearchUser,
          [FIXED_NAMES.passwordKey]: `{{ .${PASSWORD_PROPERTY} }}`,
          roles: FIXED_NAMES.elasticsearchRole,
        },
      },
    });
    const plan = planOf(topology);
    externalSecret(this, 'CamundaUsers', namespace, {
      name: FIXED_NAMES.camundaUsersSecret,
      data: [
        passwordOf(names.admin, FIXED_NAMES.adminPasswordKey),
        passwordOf(names.connectors, FIXED_NAMES.connectorsPasswordKey),
        // Up to 8.7 the REST API asks for no password.
        ...(plan.version.components ? [] : [passwordOf(names.recovery, FIXED_NAMES.recoveryPasswordKey)]),
      ],
    });
    const { oidc } = plan.settings.users;
    if (oidc === undefined) return;
    const { orchestration, connectors, recovery } = FIXED_NAMES.oidcKeys;
    const clients = [orchestration, ...(oidc.connectors ? [connectors] : []), recovery];
    externalSecret(this, 'Oidc', namespace, {
      name: FIXED_NAMES.oidcSecret,
      data: clients.map(key => ({ secretKey: key, remoteRef: { key: names.oidc, property: key } })),
    });
  }
}

function passwordOf(awsSecret: string, secretKey: string): ExternalSecretData {
  return { secretKey, remoteRef: { key: awsSecret, property: PASSWORD_PROPERTY } };
}
