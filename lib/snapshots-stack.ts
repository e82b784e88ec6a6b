import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SnapshotBucket } from '../constructs/backup/snapshot-bucket';
import { snapshotNames } from '../constructs/topology/plan/snapshot-storage';
import type { Topology } from '../constructs/topology/topology';
import { assertPlaced } from './placement-problems';

/** Properties of a `SnapshotsStack`. */
export interface SnapshotsStackProps extends StackProps {
  /** The description of both regions. */
  readonly topology: Topology;

  /** The region of the stack, 0 or 1. */
  readonly regionId: number;
}

/**
 * The bucket that a region's Elasticsearch keeps its snapshots in, with a copy in the other region. The bucket of the copy must
 * be there first, and is known by its name.
 */
export class SnapshotsStack extends Stack {
  public constructor(scope: Construct, id: string, props: SnapshotsStackProps) {
    super(scope, id, props);
    const { topology, regionId } = props;
    assertPlaced(this, topology, regionId);
    const { backup, kubernetes } = topology._settings;
    const { bucket } = new SnapshotBucket(this, 'Snapshots', {
      bucketName: snapshotNames(topology.name, topology.regions[regionId].awsRegion, this.account).bucket,
      copyTo: snapshotNames(topology.name, topology.peerOf(regionId).awsRegion, this.account).copies,
      expiry: Duration.days(backup.expiryDays),
      retain: backup.retainBuckets,
      logRetention: kubernetes.logRetentionDays,
    });
    new CfnOutput(this, 'SnapshotBucket', {
      value: bucket.bucketName,
      description: "Bucket of this region's snapshots",
    });
  }
}
