import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as cr from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { ReplicationRole } from './replication-role';

/** @internal */
export interface BucketCopiesProps {
  /** The bucket that is copied, in the region of the stack. */
  readonly from: s3.IBucket;
  /** The bucket that gets the copies. It must be there. */
  readonly to: s3.IBucket;
  /** How long logs of the function are kept that says it to S3. */
  readonly logRetention: logs.RetentionDays;
}

/**
 * Has S3 copy what comes into a bucket that is there already. CloudFormation knows copying as a property of the bucket alone, and S3
 * takes a bucket only that exists: two buckets that are copied to each other cannot both be made so.
 *
 * S3 copies no copies, so nothing goes round in circles.
 *
 * @see Amazon S3 user guide, replicating objects within and across Regions
 *
 * @internal
 */
export class BucketCopies extends Construct {
  public constructor(scope: Construct, id: string, props: BucketCopiesProps) {
    super(scope, id);
    const { from, to } = props;
    const { bucketName } = from;
    const replication = new ReplicationRole(this, 'Replication', { from, to });
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: props.logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const call = (action: string, parameters: object): cr.AwsSdkCall => ({
      service: 'S3',
      action,
      parameters: { Bucket: bucketName, ...parameters },
      physicalResourceId: cr.PhysicalResourceId.of(bucketName),
    });
    const copies = new cr.AwsCustomResource(this, 'Resource', {
      resourceType: 'Custom::BucketCopies',
      // For a new resource too.
      onUpdate: call('PutBucketReplication', { ReplicationConfiguration: configuration(props, replication.role) }),
      // A bucket that is gone is copied nowhere.
      onDelete: { ...call('DeleteBucketReplication', {}), ignoreErrorCodesMatching: 'NoSuchBucket' },
      role: this.functionRole(from, replication.role, logGroup),
      logGroup,
      installLatestAwsSdk: false,
    });
    copies.node.addDependency(replication);
  }

  /** Inline, so that the rights are there before the function. */
  private functionRole(bucket: s3.IBucket, replicationRole: iam.IRole, logGroup: logs.LogGroup): iam.Role {
    const statements = [
      new iam.PolicyStatement({ actions: ['s3:PutReplicationConfiguration'], resources: [bucket.bucketArn] }),
      new iam.PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [replicationRole.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 's3.amazonaws.com' } },
      }),
    ];
    const role = new iam.Role(this, 'HandlerRole', {
      description: `Says to S3 where ${bucket.bucketName} is copied to`,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { SetCopies: new iam.PolicyDocument({ statements }) },
    });
    logGroup.grantWrite(role);
    return role;
  }
}

/** As the API of S3 has it. */
function configuration({ from, to }: BucketCopiesProps, role: iam.IRole): object {
  return {
    Role: role.roleArn,
    Rules: [
      {
        ID: 'CopyToOtherRegion',
        Status: 'Enabled',
        Priority: 0,
        Filter: { Prefix: '' },
        // What is deleted in one region must not stay in the other one.
        DeleteMarkerReplication: { Status: 'Enabled' },
        Destination: {
          Bucket: to.bucketArn,
          // Without them nobody would learn that copies fail. They do not ask for S3 to copy within a time.
          Metrics: { Status: 'Enabled' },
          ...(to.encryptionKey && { EncryptionConfiguration: { ReplicaKmsKeyID: to.encryptionKey.keyArn } }),
        },
        ...(from.encryptionKey && { SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } } }),
      },
    ],
  };
}
