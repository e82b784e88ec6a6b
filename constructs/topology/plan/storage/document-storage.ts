import { planOf } from '../../plan-of';
import { areInS3 } from '../../settings/storage/documents';
import type { Topology } from '../../topology';
import { ACCOUNT_PLACEHOLDER } from './snapshot-storage';

/**
 * Bucket of a region's documents. The name follows from the settings and the account, so that neither region has to ask the other.
 *
 * @internal
 */
export function documentBucketName(release: string, awsRegion: string, account: string): string {
  return `${release}-documents-${account}-${awsRegion}`;
}

/**
 * The same as far as the settings know it: they may leave the account open.
 *
 * @internal
 */
export function documentBucketOf(topology: Topology, regionId: number): string {
  const { awsRegion, account = ACCOUNT_PLACEHOLDER } = topology.regions[regionId];
  return documentBucketName(topology.name, awsRegion, account);
}

/**
 * Variables by which what handles documents knows where they are kept.
 *
 * @internal
 */
export function documentVariables(topology: Topology, regionId: number): { readonly [name: string]: string } {
  const { settings, version } = planOf(topology);
  const { memory, s3 } = version.documents;
  if (!areInS3(settings.documents) || s3 === undefined) return memory;
  return {
    ...s3.variables,
    [s3.bucketVariable]: documentBucketOf(topology, regionId),
    // The client of AWS asks for it, and knows no other place.
    AWS_REGION: topology.regions[regionId].awsRegion,
  };
}
