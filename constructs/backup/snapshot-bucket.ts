import { Duration, RemovalPolicy, Stack, Validations, type CfnResource } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
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

const MINIMUM_TLS = 1.2;
/** Uploads take minutes. What is older was given up when its node went. */
const UPLOAD_EXPIRY = Duration.days(7);

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
    const retain = props.retain ?? true;
    const replication =
      copyTo &&
      new ReplicationRole(this, 'Replication', {
        from: s3.Bucket.fromBucketAttributes(this, 'Original', { bucketName, encryptionKey }),
        to: copyTo,
      });
    const bucket = new s3.Bucket(this, 'Resource', {
      bucketName,
      // A key that is made here could go with the region.
      encryption: encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
      encryptionKey,
      bucketKeyEnabled: encryptionKey && true,
      versioned: true,
      enforceSSL: true,
      minimumTLSVersion: MINIMUM_TLS,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [
        {
          id: 'ExpireWhatIsNotCurrent',
          noncurrentVersionExpiration: props.expiry,
          expiredObjectDeleteMarker: true,
          abortIncompleteMultipartUploadAfter: UPLOAD_EXPIRY,
        },
      ],
      replicationRole: replication?.role,
      replicationRules:
        copyTo === undefined
          ? undefined
          : [
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
      // A deployment that fails leaves no bucket behind that the next one would stumble over.
      removalPolicy: retain ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
      autoDeleteObjects: !retain,
    });
    this.bucket = bucket;
    if (!retain) this.limitEmptyingLogs(props.logRetention ?? logs.RetentionDays.THREE_MONTHS);
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'data events of CloudTrail tell who reads what, if you log them; a bucket of logs would need keepers of its own',
    });
  }

  /**
   * The CDK's function that empties buckets would log into a group that Lambda makes, without an end. This group exists before
   * the function and goes after it.
   */
  private limitEmptyingLogs(retention: logs.RetentionDays): void {
    const provider = Stack.of(this).node.findChild('Custom::S3AutoDeleteObjectsCustomResourceProvider');
    const logGroup = new logs.LogGroup(this, 'EmptyingLogs', { retention, removalPolicy: RemovalPolicy.DESTROY });
    (provider.node.findChild('Handler') as CfnResource).addPropertyOverride('LoggingConfig.LogGroup', logGroup.logGroupName);
    (provider.node.findChild('Role') as CfnResource).addPropertyOverride('Policies.0', {
      PolicyName: 'KeepLogGroupDeleted',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: 'logs:CreateLogGroup', Resource: '*' }],
      },
    });
  }
}
