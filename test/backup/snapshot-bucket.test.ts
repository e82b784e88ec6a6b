import { Aws, Duration, Validations, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { SnapshotBucket, type SnapshotBucketProps } from '../../constructs/backup/snapshot-bucket';
import { emptyStack, resourcesOf, type SynthesisedResource } from '../support/app';

const NAME = 'camunda-snapshots-123456789012-eu-west-2';
const COPY = 'camunda-copies-123456789012-eu-west-3';

let stack: Stack;
beforeEach(() => {
  stack = emptyStack();
});

function named(name: string): s3.IBucket {
  return s3.Bucket.fromBucketName(stack, 'Copy', name);
}

function bucket(overrides: Partial<SnapshotBucketProps> = {}): SnapshotBucket {
  return new SnapshotBucket(stack, 'Bucket', { bucketName: NAME, expiry: Duration.days(30), ...overrides });
}

type Retained = SynthesisedResource & { readonly DeletionPolicy: string; readonly UpdateReplacePolicy: string };

function theBucket(): Retained {
  const [resource, ...others] = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::S3::Bucket'));
  expect(others).toEqual([]);
  return resource as Retained;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

test('is private, encrypted and has versions', () => {
  bucket();
  expect(theBucket().Properties).toMatchObject({
    BucketName: NAME,
    VersioningConfiguration: { Status: 'Enabled' },
    BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  });
});

test('refuses everybody who does not come over TLS 1.2 or newer', () => {
  bucket();
  const [{ Properties }] = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::S3::BucketPolicy'));
  const { Statement } = Properties.PolicyDocument as { Statement: Statement[] };
  expect(Statement.map(({ Effect, Action, Condition }) => ({ Effect, Action, Condition }))).toEqual([
    { Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Effect: 'Deny', Action: 's3:*', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } },
  ]);
});

test('lets nothing expire but what was replaced, deleted or given up', () => {
  bucket({ expiry: Duration.days(14) });
  expect(theBucket().Properties.LifecycleConfiguration).toEqual({
    Rules: [
      {
        Id: 'ExpireWhatIsNotCurrent',
        Status: 'Enabled',
        NoncurrentVersionExpiration: { NoncurrentDays: 14 },
        ExpiredObjectDeleteMarker: true,
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
    ],
  });
});

test('outlives its stack, unless the stack never came to be', () => {
  bucket();
  expect(theBucket()).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0);
});

test('is copied nowhere by default', () => {
  bucket();
  expect(theBucket().Properties).not.toHaveProperty('ReplicationConfiguration');
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 0);
});

describe('with a copy', () => {
  test('copies every object, and what is deleted', () => {
    bucket({ copyTo: named(COPY) });
    expect(theBucket().Properties.ReplicationConfiguration).toEqual({
      Role: { 'Fn::GetAtt': [expect.stringMatching(/^BucketReplicationRole/) as string, 'Arn'] },
      Rules: [
        {
          Id: 'CopyToOtherRegion',
          Status: 'Enabled',
          Priority: 0,
          Filter: { Prefix: '' },
          DeleteMarkerReplication: { Status: 'Enabled' },
          Destination: { Bucket: `arn:aws:s3:::${COPY}` },
        },
      ],
    });
  });

  test('may read the one and write the other, and is a role of S3 alone', () => {
    bucket({ copyTo: named(COPY) });
    const [{ Properties }] = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::IAM::Role'));
    expect(Properties.AssumeRolePolicyDocument).toMatchObject({
      Statement: [{ Action: 'sts:AssumeRole', Principal: { Service: 's3.amazonaws.com' } }],
    });
    const [{ PolicyDocument }] = Properties.Policies as { PolicyDocument: { Statement: Statement[] } }[];
    const rights = PolicyDocument.Statement.map(({ Effect, Action, Resource }) => [Effect, [Action].flat().sort(), Resource]);
    expect(rights).toEqual([
      ['Allow', ['s3:GetReplicationConfiguration', 's3:ListBucket'], `arn:aws:s3:::${NAME}`],
      ['Allow', ['s3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging'], `arn:aws:s3:::${NAME}/*`],
      ['Allow', ['s3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags'], `arn:aws:s3:::${COPY}/*`],
    ]);
    // The rights are those of the role itself: a policy apart would come after the bucket.
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
  });
});

describe('that is not retained', () => {
  test('goes with all that is in it, and with the logs of the function that empties it', () => {
    bucket({ retain: false, logRetention: RetentionDays.ONE_WEEK });
    const template = Template.fromStack(stack);
    expect(theBucket()).toMatchObject({ DeletionPolicy: 'Delete' });
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 1);
    const [{ Properties }] = Object.values(resourcesOf(template, 'AWS::Lambda::Function'));
    const { LoggingConfig } = Properties as { LoggingConfig: { LogGroup: { Ref: string } } };
    template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 7 }, DeletionPolicy: 'Delete' });
    expect(Object.keys(resourcesOf(template, 'AWS::Logs::LogGroup'))).toEqual([LoggingConfig.LogGroup.Ref]);
    const [role] = Object.values(resourcesOf(template, 'AWS::IAM::Role'));
    expect(JSON.stringify(role.Properties.Policies)).toContain('logs:CreateLogGroup');
  });
});

test.each([
  ['with an account', NAME, COPY],
  ['with the account of the deployment', `camunda-snapshots-${Aws.ACCOUNT_ID}-eu-west-2`, `camunda-copies-${Aws.ACCOUNT_ID}-eu-west-3`],
])('has no finding that is not acknowledged, %s', (_, bucketName, copyTo) => {
  Validations.of(stack).addPlugins(new AwsSolutionsChecks(stack));
  bucket({ bucketName, copyTo: named(copyTo) });
  expect(() => Template.fromStack(stack)).not.toThrow();
});

test('can be changed through the bucket', () => {
  (bucket().bucket.node.defaultChild as s3.CfnBucket).accelerateConfiguration = { accelerationStatus: 'Suspended' };
  expect(theBucket().Properties).toMatchObject({ AccelerateConfiguration: { AccelerationStatus: 'Suspended' } });
});
