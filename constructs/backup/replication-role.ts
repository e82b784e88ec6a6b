import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledgeObjects } from './object-finding';

/** Properties of a `ReplicationRole`. */
export interface ReplicationRoleProps {
  /** The bucket that is copied. */
  readonly from: s3.IBucket;

  /** The bucket that gets the copies, in the same account. */
  readonly to: s3.IBucket;
}

/**
 * The role in which S3 copies objects from one bucket to another, with the rights for these two alone.
 *
 * @see Amazon S3 user guide, setting up permissions for live replication
 */
export class ReplicationRole extends Construct {
  /** The role. */
  public readonly role: iam.Role;

  public constructor(scope: Construct, id: string, props: ReplicationRoleProps) {
    super(scope, id);
    const { from, to } = props;
    this.role = new iam.Role(this, 'Role', {
      description: `Copies objects of ${from.bucketName} to ${to.bucketName}`,
      assumedBy: new iam.ServicePrincipal('s3.amazonaws.com'),
      // Inline, so that the rights are there before the bucket which needs them.
      inlinePolicies: {
        Replicate: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({ actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'], resources: [from.bucketArn] }),
            new iam.PolicyStatement({
              actions: ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
              resources: [from.arnForObjects('*')],
            }),
            ...keyStatements(from, to),
            new iam.PolicyStatement({
              actions: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'],
              resources: [to.arnForObjects('*')],
            }),
          ],
        }),
      },
    });
    acknowledgeObjects(this.role, 'S3 copies every object of one bucket to one other', from, to);
  }
}

/** What the one bucket's key encrypts is encrypted again with the other one's. */
function keyStatements({ encryptionKey: source }: s3.IBucket, { encryptionKey: target }: s3.IBucket): iam.PolicyStatement[] {
  return [
    ...(source ? [new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [source.keyArn] })] : []),
    ...(target ? [new iam.PolicyStatement({ actions: ['kms:Encrypt', 'kms:GenerateDataKey'], resources: [target.keyArn] })] : []),
  ];
}
