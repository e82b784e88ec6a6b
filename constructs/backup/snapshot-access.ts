import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledgeObjects } from './object-finding';

/** Properties of a `SnapshotAccess`. */
export interface SnapshotAccessProps {
  /** Role of the Elasticsearch of a region. */
  readonly role: iam.IRole;

  /** The bucket that it keeps its snapshots in, made or known by its name. Nobody else may write there. */
  readonly ownBucket: s3.IBucket;

  /** Buckets that it may restore snapshots from, in any region. */
  readonly readBuckets: s3.IBucket[];
}

const SEE_BUCKET = ['s3:ListBucket', 's3:GetBucketLocation'];

/**
 * Lets an Elasticsearch keep snapshots in one bucket and read them in others.
 *
 * @see Elasticsearch guide, S3 repository: recommended S3 permissions
 */
export class SnapshotAccess extends Construct {
  /** The rights. */
  public readonly policy: iam.Policy;

  public constructor(scope: Construct, id: string, props: SnapshotAccessProps) {
    super(scope, id);
    const { role, ownBucket, readBuckets } = props;
    this.policy = new iam.Policy(this, 'Resource', {
      roles: [role],
      statements: [
        new iam.PolicyStatement({
          actions: [...SEE_BUCKET, 's3:ListBucketMultipartUploads', 's3:ListBucketVersions'],
          resources: [ownBucket.bucketArn],
        }),
        new iam.PolicyStatement({
          actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
          resources: [ownBucket.arnForObjects('*')],
        }),
        ...keyStatements(ownBucket, readBuckets),
        new iam.PolicyStatement({ actions: SEE_BUCKET, resources: readBuckets.map(({ bucketArn }) => bucketArn) }),
        new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: readBuckets.map(bucket => bucket.arnForObjects('*')) }),
      ],
    });
    acknowledgeObjects(this.policy, 'Elasticsearch names its objects itself; the bucket is for nothing else', ownBucket, ...readBuckets);
  }
}

function keyStatements({ encryptionKey: own }: s3.IBucket, readBuckets: readonly s3.IBucket[]): iam.PolicyStatement[] {
  const others = [...new Set(readBuckets.flatMap(({ encryptionKey }) => encryptionKey?.keyArn ?? []))];
  return [
    ...(own ? [new iam.PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [own.keyArn] })] : []),
    ...(others.length > 0 ? [new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: others })] : []),
  ];
}
