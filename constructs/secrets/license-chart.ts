import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { FIXED_NAMES } from '../topology/plan/names';
import { externalSecret } from './external-secret';
import type { SecretsChartProps } from './secrets-chart';

/** Properties of a `LicenseChart`. */
export interface LicenseChartProps extends SecretsChartProps {
  /** Name of the secret in AWS Secrets Manager whose whole text is the key. */
  readonly licenseSecretName: string;
}

/** Brings the licence key from AWS Secrets Manager. A chart of its own, so that the key goes once it is no longer used. */
export class LicenseChart extends Chart {
  public constructor(scope: Construct, id: string, { topology, regionId, licenseSecretName }: LicenseChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const data = [{ secretKey: FIXED_NAMES.licenseKey, remoteRef: { key: licenseSecretName } }];
    externalSecret(this, 'License', topology.regions[regionId].namespace, { name: FIXED_NAMES.licenseSecret, data });
  }
}
