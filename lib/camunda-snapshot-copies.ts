import { Duration, Stack } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { SnapshotBucket } from '../constructs/backup/snapshot-bucket';
import { snapshotNames } from '../constructs/topology/plan/storage/snapshot-storage';
import { planOf } from '../constructs/topology/plan-of';
import type { Topology } from '../constructs/topology/topology';
import { assertPlaced } from './placement-problems';
import { regionKey } from './region-keys';

/** Properties of `CamundaSnapshotCopies`. */
export interface CamundaSnapshotCopiesProps {
  /** The description of both regions. */
  readonly topology: Topology;

  /** The region of the stack, 0 or 1. */
  readonly regionId: number;
}

/**
 * The bucket of a region that gets copies of the other region's snapshots. In a stack of its own, because a bucket can only be
 * copied to one that is there, in both directions, and because it must stay when a region is made anew.
 */
export class CamundaSnapshotCopies extends Construct {
  /** The bucket. */
  public readonly bucket: s3.IBucket;

  public constructor(scope: Construct, id: string, props: CamundaSnapshotCopiesProps) {
    super(scope, id);
    assertPlaced(this, props.topology, props.regionId);
    const { name, regions } = props.topology;
    const { settings } = planOf(props.topology);
    const { copies } = snapshotNames(name, regions[props.regionId].awsRegion, Stack.of(this).account);
    const { bucket } = new SnapshotBucket(this, 'Copies', {
      bucketName: copies,
      encryptionKey: regionKey(this, props.topology, { regionId: props.regionId, purpose: 'buckets' }),
      expiry: Duration.days(settings.backup.expiryDays),
      retain: settings.backup.retainBuckets,
      logRetention: settings.kubernetes.logRetentionDays,
    });
    this.bucket = bucket;
  }
}
