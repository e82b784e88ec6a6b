import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { KeySettings } from '../constructs/topology/settings/region/keys';
import type { Topology } from '../constructs/topology/topology';

/** Whose key, and what for. */
interface Wanted {
  readonly regionId: number;
  readonly purpose: keyof KeySettings;
}

/**
 * A key that the settings name for a region. Undefined where they leave it to AWS.
 *
 * @internal
 */
export function regionKey(scope: Construct, topology: Topology, { regionId, purpose }: Wanted): kms.IKey | undefined {
  const arn = topology.regions[regionId].keys?.[purpose];
  return arn === undefined ? undefined : kms.Key.fromKeyArn(scope, `Key-${purpose}${regionId}`, arn);
}

/**
 * Encrypts every log group that is there with a key of the settings.
 *
 * @internal
 */
export function encryptLogs(scope: Construct, keyArn: string | undefined): void {
  if (keyArn === undefined) return;
  for (const one of scope.node.findAll()) {
    if (one instanceof logs.CfnLogGroup) one.kmsKeyId = keyArn;
  }
}
