import type { Topology } from '../../topology';
import { partitionOf } from '../../versions/aws-partitions';

/**
 * Stands for the AWS account in manifests while the settings name none. It has the form of a variable, so that a user who applies
 * the manifests by hand can fill it in; stacks put their account there.
 *
 * @internal
 */
export const ACCOUNT_PLACEHOLDER = '${AWS_ACCOUNT_ID}';

/**
 * Names that have to do with snapshots of one region. They follow from the settings and the account, so that neither region has
 * to ask the other. They name the AWS region because buckets and roles share one namespace over all regions.
 *
 * @internal
 */
export interface SnapshotNames {
  /** Bucket that the region's own Elasticsearch writes, and nobody else. */
  readonly bucket: string;

  /** Bucket in the region that holds copies of the other region's snapshots. No Elasticsearch writes to it. */
  readonly copies: string;

  /** Role of the region's Elasticsearch. */
  readonly role: string;
}

/** @internal */
export function snapshotNames(release: string, awsRegion: string, account: string): SnapshotNames {
  return {
    bucket: `${release}-snapshots-${account}-${awsRegion}`,
    copies: `${release}-copies-${account}-${awsRegion}`,
    role: `${release}-elasticsearch-${awsRegion}`,
  };
}

/**
 * What a region's cluster has to know of snapshots.
 *
 * @internal
 */
export interface SnapshotStorage extends SnapshotNames {
  readonly roleArn: string;

  /**
   * S3 client of Elasticsearch for buckets in this region. It has this name in both regions' Elasticsearch, so that a repository
   * is described alike on both sides.
   */
  readonly client: string;
}

/** @internal */
export function snapshotStorage(topology: Topology, regionId: number): SnapshotStorage {
  const { awsRegion, account = ACCOUNT_PLACEHOLDER } = topology.regions[regionId];
  const names = snapshotNames(topology.name, awsRegion, account);
  return { ...names, roleArn: `arn:${partitionOf(awsRegion).id}:iam::${account}:role/${names.role}`, client: `region${regionId}` };
}
