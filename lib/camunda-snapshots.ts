import { Duration, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { SnapshotBucket } from '../constructs/backup/snapshot-bucket';
import { snapshotNames } from '../constructs/topology/plan/storage/snapshot-storage';
import { planOf } from '../constructs/topology/plan-of';
import type { Topology } from '../constructs/topology/topology';
import { assertPlaced } from './placement-problems';
import { regionKey } from './region-keys';

/** Properties of `CamundaSnapshots`. */
export interface CamundaSnapshotsProps {
  /** The description of both regions. */
  readonly topology: Topology;

  /** The region of the stack, 0 or 1. */
  readonly regionId: number;
}

/**
 * The bucket that a region's Elasticsearch keeps its snapshots in, with a copy in the other region. The bucket of the copy must
 * be there first, and is known by its name. In a stack of its own, which must stay when a region is made anew.
 */
export class CamundaSnapshots extends Construct {
  /** The bucket. */
  public readonly bucket: s3.IBucket;

  public constructor(scope: Construct, id: string, props: CamundaSnapshotsProps) {
    super(scope, id);
    const { topology, regionId } = props;
    assertPlaced(this, topology, regionId);
    const { backup, kubernetes } = planOf(topology).settings;
    const { account } = Stack.of(this);
    const { bucket } = new SnapshotBucket(this, 'Snapshots', {
      bucketName: snapshotNames(topology.name, topology.regions[regionId].awsRegion, account).bucket,
      copyTo: s3.Bucket.fromBucketAttributes(this, 'Copies', {
        bucketName: snapshotNames(topology.name, topology.peerOf(regionId).awsRegion, account).copies,
        encryptionKey: regionKey(this, topology, { regionId: 1 - regionId, purpose: 'buckets' }),
      }),
      encryptionKey: regionKey(this, topology, { regionId, purpose: 'buckets' }),
      expiry: Duration.days(backup.expiryDays),
      retain: backup.retainBuckets,
      logRetention: kubernetes.logRetentionDays,
    });
    this.bucket = bucket;
  }
}
