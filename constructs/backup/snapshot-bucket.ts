import type { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { dataBucket } from './data-bucket';
import { ReplicationRole } from './replication-role';

/** Properties of a `SnapshotBucket`. */
export interface SnapshotBucketProps {
  /** Name of the bucket. Fixed, because the other region knows it by its name alone. */
  readonly bucketName: string;

  /** How long objects are kept after they were replaced or deleted, and how far back the content can thus be restored. */
  readonly expiry: Duration;

  /**
   * A bucket in another region, in the same account, that gets a copy of every object. It must be there, with versions, before this
   * one is made. Import it by its name, so that neither region holds on to the other.
   *
   * @default - no copy
   */
  readonly copyTo?: s3.IBucket;

  /**
   * Key of yours that encrypts the bucket. Where a copy is made, that bucket has a key too, which its import names.
   *
   * @default - the key that Amazon S3 manages
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Whether the bucket outlives its stack.
   *
   * @default true
   */
  readonly retain?: boolean;

  /**
   * How long logs of the function are kept that empties a bucket which is not retained.
   *
   * @default - 90 days
   */
  readonly logRetention?: logs.RetentionDays;
}

/**
 * A bucket for snapshots of Elasticsearch: private, encrypted, with versions, over TLS alone.
 *
 * Nothing in it ever expires but what was replaced or deleted: objects of a snapshot repository refer to each other, and a
 * missing one makes the others useless.
 *
 * @see Elasticsearch guide, S3 repository
 */
export class SnapshotBucket extends Construct {
  /** The bucket. */
  public readonly bucket: s3.IBucket;

  public constructor(scope: Construct, id: string, props: SnapshotBucketProps) {
    super(scope, id);
    const { bucketName, copyTo, encryptionKey } = props;
    const replication =
      copyTo &&
      new ReplicationRole(this, 'Replication', {
        from: s3.Bucket.fromBucketAttributes(this, 'Original', { bucketName, encryptionKey }),
        to: copyTo,
      });
    this.bucket = dataBucket(this, {
      bucketName,
      expiry: props.expiry,
      encryptionKey,
      retain: props.retain ?? true,
      logRetention: props.logRetention ?? logs.RetentionDays.THREE_MONTHS,
      replication: copyTo && {
        replicationRole: replication?.role,
        replicationRules: [
          {
            id: 'CopyToOtherRegion',
            destination: copyTo,
            priority: 0,
            // Otherwise the copy would grow for ever. Its versions keep what was deleted as long as this one's.
            deleteMarkerReplication: true,
            kmsKey: copyTo.encryptionKey,
            sseKmsEncryptedObjects: encryptionKey && true,
          },
        ],
      },
    });
  }
}
