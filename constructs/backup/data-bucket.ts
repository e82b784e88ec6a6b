import { Duration, RemovalPolicy, Stack, Validations, type CfnResource } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** What buckets of different data have of their own. */
export interface DataBucketOptions {
  readonly bucketName: string;
  /** How long objects are kept after they were replaced or deleted. */
  readonly expiry: Duration;
  /** When objects are deleted that nobody deletes. Never where it is absent. */
  readonly lifetime?: Duration;
  readonly encryptionKey?: kms.IKey;
  /** Whether the bucket outlives its stack. */
  readonly retain: boolean;
  /** Of the function that empties a bucket which is not retained. */
  readonly logRetention: logs.RetentionDays;
  readonly replication?: Pick<s3.BucketProps, 'replicationRole' | 'replicationRules'>;
}

const MINIMUM_TLS = 1.2;
/** Uploads take minutes. What is older was given up when its node or its broker went. */
const UPLOAD_EXPIRY = Duration.days(7);

/**
 * A bucket that is private, encrypted, with versions, over TLS alone: the resource of a construct.
 *
 * @internal
 */
export function dataBucket(scope: Construct, options: DataBucketOptions): s3.Bucket {
  const { bucketName, encryptionKey, retain, lifetime } = options;
  const bucket = new s3.Bucket(scope, 'Resource', {
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
        noncurrentVersionExpiration: options.expiry,
        expiredObjectDeleteMarker: true,
        abortIncompleteMultipartUploadAfter: UPLOAD_EXPIRY,
      },
      // A rule of its own: S3 does not take an age and what becomes of markers in one.
      ...(lifetime ? [{ id: 'DeleteWhatIsOld', expiration: lifetime }] : []),
    ],
    ...options.replication,
    // A deployment that fails leaves no bucket behind that the next one would stumble over.
    removalPolicy: retain ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    autoDeleteObjects: !retain,
  });
  if (!retain) limitEmptyingLogs(scope, options.logRetention);
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'data events of CloudTrail tell who reads what, if you log them; a bucket of logs would need keepers of its own',
  });
  return bucket;
}

/**
 * The CDK's function that empties buckets would log into a group that Lambda makes, without an end. This group exists before
 * the function and goes after it.
 */
function limitEmptyingLogs(scope: Construct, retention: logs.RetentionDays): void {
  const provider = Stack.of(scope).node.findChild('Custom::S3AutoDeleteObjectsCustomResourceProvider');
  const logGroup = new logs.LogGroup(scope, 'EmptyingLogs', { retention, removalPolicy: RemovalPolicy.DESTROY });
  (provider.node.findChild('Handler') as CfnResource).addPropertyOverride('LoggingConfig.LogGroup', logGroup.logGroupName);
  (provider.node.findChild('Role') as CfnResource).addPropertyOverride('Policies.0', {
    PolicyName: 'KeepLogGroupDeleted',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: 'logs:CreateLogGroup', Resource: '*' }],
    },
  });
}
