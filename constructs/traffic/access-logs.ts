import { type Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';

/** Properties of `AccessLogs`. */
export interface AccessLogsProps {
  /** What writes the logs. */
  readonly of: 'application' | 'network';

  /** How long they are kept. */
  readonly expiry: Duration;
}

const MINIMUM_TLS = 1.2;

/**
 * The bucket with the access logs of a load balancer. In the load balancer's region, and lost with it: nothing else needs them.
 *
 * @see Elastic Load Balancing user guide, access logs: bucket permissions
 */
export class AccessLogs extends Construct {
  public readonly bucket: s3.Bucket;

  public constructor(scope: Construct, id: string, { of, expiry }: AccessLogsProps) {
    super(scope, id);
    this.bucket = new s3.Bucket(this, 'Resource', {
      // A load balancer cannot write where a key of KMS encrypts.
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: MINIMUM_TLS,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [{ id: 'ExpireLogs', expiration: expiry }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.bucket).acknowledge({ id: 'AwsSolutions-S1', reason: 'it is the bucket of access logs itself' });
    const { account, region } = Stack.of(this);
    const writer = of === 'network' ? new iam.ServicePrincipal('delivery.logs.amazonaws.com') : applicationWriter(region);
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [writer],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects(`AWSLogs/${account}/*`)],
      }),
    );
    if (of !== 'network') return;
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({ principals: [writer], actions: ['s3:GetBucketAcl'], resources: [this.bucket.bucketArn] }),
    );
  }
}

/** An account of AWS in regions that opened before August 2022, a service in all others. */
function applicationWriter(region: string): iam.IPrincipal {
  const { elbv2Account } = RegionInfo.get(region);
  return elbv2Account === undefined
    ? new iam.ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com')
    : new iam.AccountPrincipal(elbv2Account);
}
