import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { awsSecretNames, FIXED_NAMES } from '../topology/plan/names';
import { planOf } from '../topology/plan-of';
import type { Topology } from '../topology/topology';
import type { ExternalSecretData, ExternalSecretSpec, SecretStoreSpec } from './external-secrets-types';

/** Properties of a `SecretsChart`. */
export interface SecretsChartProps {
  /** Both regions. */
  readonly topology: Topology;

  /** The region that the chart is for, 0 or 1. */
  readonly regionId: number;
}

const API_VERSION = 'external-secrets.io/v1';
const REFRESH_INTERVAL = '1h';
/** Property of the JSON text in AWS Secrets Manager. */
const PASSWORD_PROPERTY = 'password';

/**
 * Brings passwords from the region's own AWS Secrets Manager into Kubernetes Secrets. Both regions read replicas of the
 * same secret, so that they agree without anybody copying a password.
 *
 * @see External Secrets Operator, API: SecretStore and ExternalSecret
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
      apiVersion: API_VERSION,
      kind: 'SecretStore',
      metadata: { name: FIXED_NAMES.secretStore, namespace },
      spec: store,
    });

    this.externalSecret('ElasticsearchUser', namespace, {
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
    this.externalSecret('CamundaUsers', namespace, {
      name: FIXED_NAMES.camundaUsersSecret,
      data: [
        passwordOf(names.admin, FIXED_NAMES.adminPasswordKey),
        passwordOf(names.connectors, FIXED_NAMES.connectorsPasswordKey),
        // Up to 8.7 the REST API asks for no password.
        ...(plan.version.components ? [] : [passwordOf(names.recovery, FIXED_NAMES.recoveryPasswordKey)]),
      ],
    });
    if (plan.settings.tls.enabled) {
      this.externalSecret('CertificateAuthority', namespace, {
        name: FIXED_NAMES.certificateAuthoritySecret,
        data: ['certificate', 'key'].map(property => ({
          secretKey: property,
          remoteRef: { key: names.certificateAuthority, property },
        })),
        template: {
          type: 'kubernetes.io/tls',
          engineVersion: 'v2',
          data: { 'tls.crt': '{{ .certificate }}', 'tls.key': '{{ .key }}' },
        },
      });
    }
    const { licenseSecretName } = plan.settings.camunda;
    if (licenseSecretName !== undefined) {
      const data = [{ secretKey: FIXED_NAMES.licenseKey, remoteRef: { key: licenseSecretName } }];
      this.externalSecret('License', namespace, { name: FIXED_NAMES.licenseSecret, data });
    }
  }

  private externalSecret(id: string, namespace: string, { name, data, template }: SecretContent): void {
    const spec: ExternalSecretSpec = {
      refreshInterval: REFRESH_INTERVAL,
      secretStoreRef: { kind: 'SecretStore', name: FIXED_NAMES.secretStore },
      // While Secrets Manager cannot be reached, or a secret was deleted there, pods must still be able to start.
      target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain', template },
      data,
    };
    new ApiObject(this, id, { apiVersion: API_VERSION, kind: 'ExternalSecret', metadata: { name, namespace }, spec });
  }
}

/** What stands in one Kubernetes Secret, and where it comes from. */
interface SecretContent {
  readonly name: string;
  readonly data: ExternalSecretData[];
  readonly template?: ExternalSecretSpec['target']['template'];
}

function passwordOf(awsSecret: string, secretKey: string): ExternalSecretData {
  return { secretKey, remoteRef: { key: awsSecret, property: PASSWORD_PROPERTY } };
}
