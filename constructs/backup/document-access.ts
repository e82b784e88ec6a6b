import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledgeObjects } from './object-finding';

/** @internal */
export interface DocumentAccessProps {
  /** Role of the brokers of a region. */
  readonly role: iam.IRole;
  /** Bucket of the region's documents. */
  readonly bucket: s3.IBucket;
}

/**
 * Lets brokers keep documents in a bucket: what Camunda documents, and the key where there is one.
 *
 * @see Camunda 8 docs, document handling configuration: API client permission requirements
 *
 * @internal
 */
export class DocumentAccess extends Construct {
  public constructor(scope: Construct, id: string, props: DocumentAccessProps) {
    super(scope, id);
    const { role, bucket } = props;
    const { encryptionKey } = bucket;
    const policy = new iam.Policy(this, 'Resource', {
      roles: [role],
      statements: [
        new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
        new iam.PolicyStatement({
          actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
          resources: [bucket.arnForObjects('*')],
        }),
        ...(encryptionKey
          ? [new iam.PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [encryptionKey.keyArn] })]
          : []),
      ],
    });
    acknowledgeObjects(policy, 'Camunda gives documents ids by itself; the bucket is for nothing else', bucket);
  }
}
