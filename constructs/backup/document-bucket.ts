import type { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { dataBucket } from './data-bucket';

/** @internal */
export interface DocumentBucketProps {
  /** Fixed, because the other region knows it by its name alone. */
  readonly bucketName: string;
  /** How long a document can be brought back after it was deleted. */
  readonly expiry: Duration;
  /** When documents are deleted that nobody deletes. Never where it is absent. */
  readonly lifetime?: Duration;
  readonly encryptionKey?: kms.IKey;
  /** Whether the bucket outlives its stack. */
  readonly retain: boolean;
  readonly logRetention: logs.RetentionDays;
}

/**
 * The bucket of a region's documents. Where it is copied to is set once both buckets are there: `BucketCopies`.
 *
 * @internal
 */
export class DocumentBucket extends Construct {
  public readonly bucket: s3.IBucket;

  public constructor(scope: Construct, id: string, props: DocumentBucketProps) {
    super(scope, id);
    this.bucket = dataBucket(this, props);
  }
}
