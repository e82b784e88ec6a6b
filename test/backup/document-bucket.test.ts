import { Duration, Validations, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { DocumentBucket, type DocumentBucketProps } from '../../constructs/backup/document-bucket';
import { emptyStack, resourcesOf, type SynthesisedResource } from '../support/app';

const NAME = 'camunda-documents-123456789012-eu-west-2';

let stack: Stack;
beforeEach(() => {
  stack = emptyStack();
});

function theBucket(props: Partial<DocumentBucketProps> = {}): SynthesisedResource & { readonly DeletionPolicy?: string } {
  const expiry = Duration.days(30);
  new DocumentBucket(stack, 'Bucket', { bucketName: NAME, expiry, retain: true, logRetention: RetentionDays.ONE_WEEK, ...props });
  const [bucket, ...others] = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::S3::Bucket'));
  expect(others).toEqual([]);
  return bucket;
}

test('is private, encrypted, has versions, and outlives its stack', () => {
  const bucket = theBucket();
  expect(bucket.DeletionPolicy).toBe('RetainExceptOnCreate');
  expect(bucket.Properties).toMatchObject({
    BucketName: NAME,
    VersioningConfiguration: { Status: 'Enabled' },
    BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
  });
  // The other bucket need not be there.
  expect(bucket.Properties).not.toHaveProperty('ReplicationConfiguration');
});

const EXPIRY = {
  Id: 'ExpireWhatIsNotCurrent',
  Status: 'Enabled',
  NoncurrentVersionExpiration: { NoncurrentDays: 30 },
  ExpiredObjectDeleteMarker: true,
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
};

test('keeps documents until somebody deletes them', () => {
  expect(theBucket().Properties.LifecycleConfiguration).toEqual({ Rules: [EXPIRY] });
});

test('deletes documents at an age, in a rule that S3 takes beside the other one', () => {
  expect(theBucket({ lifetime: Duration.days(365) }).Properties.LifecycleConfiguration).toEqual({
    Rules: [EXPIRY, { Id: 'DeleteWhatIsOld', Status: 'Enabled', ExpirationInDays: 365 }],
  });
});

test('goes with all documents where it is not retained', () => {
  expect(theBucket({ retain: false }).DeletionPolicy).toBe('Delete');
  Template.fromStack(stack).resourceCountIs('Custom::S3AutoDeleteObjects', 1);
});

test('has no finding that is not acknowledged', () => {
  Validations.of(stack).addPlugins(new AwsSolutionsChecks(stack));
  expect(() => theBucket({ lifetime: Duration.days(365) })).not.toThrow();
});
