import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { awsSecretNames, FIXED_NAMES } from '../topology/plan/names';
import { externalSecret } from './external-secret';
import type { SecretsChartProps } from './secrets-chart';

/**
 * Brings the certificate authority from AWS Secrets Manager to cert-manager. A chart of its own, so that it goes with TLS: who reads its
 * key can issue certificates that Camunda trusts.
 */
export class CertificateAuthorityChart extends Chart {
  public constructor(scope: Construct, id: string, { topology, regionId }: SecretsChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    externalSecret(this, 'CertificateAuthority', topology.regions[regionId].namespace, {
      name: FIXED_NAMES.certificateAuthoritySecret,
      data: ['certificate', 'key'].map(property => ({
        secretKey: property,
        remoteRef: { key: awsSecretNames(topology.name).certificateAuthority, property },
      })),
      template: {
        type: 'kubernetes.io/tls',
        engineVersion: 'v2',
        data: { 'tls.crt': '{{ .certificate }}', 'tls.key': '{{ .key }}' },
      },
    });
  }
}
