import { Validations, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { SnapshotAccess } from '../../constructs/backup/snapshot-access';
import { emptyStack, resourcesOf } from '../support/app';

const OWN = 'own-bucket';
const OTHERS = ['other-bucket', 'copies-bucket'];

let stack: Stack;
beforeEach(() => {
  stack = emptyStack();
});

function access(): SnapshotAccess {
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  const [ownBucket, ...readBuckets] = [OWN, ...OTHERS].map(name => s3.Bucket.fromBucketName(stack, name, name));
  return new SnapshotAccess(stack, 'Access', { role, ownBucket, readBuckets });
}

/** What the policy lets somebody do, by action, with the resources. */
function rights(): Record<string, string[]> {
  const [{ Properties }] = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::IAM::Policy'));
  const { Statement } = Properties.PolicyDocument as {
    Statement: { Effect: string; Action: string | string[]; Resource: string | string[] }[];
  };
  expect(Statement.filter(({ Effect }) => Effect !== 'Allow')).toEqual([]);
  const found: Record<string, string[]> = {};
  for (const { Action, Resource } of Statement) {
    for (const action of [Action].flat()) found[action] = [...(found[action] ?? []), ...[Resource].flat()].sort();
  }
  return found;
}

const objectsOf = (bucket: string): string => `arn:aws:s3:::${bucket}/*`;

test.each(['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'])('may do %s in its own bucket alone', action => {
  access();
  expect(rights()[action]).toEqual([objectsOf(OWN)]);
});

test('may read the others too, and see what is there', () => {
  access();
  expect(rights()['s3:GetObject']).toEqual([OWN, ...OTHERS].map(objectsOf).sort());
  const buckets = [OWN, ...OTHERS].map(name => `arn:aws:s3:::${name}`).sort();
  expect(rights()['s3:ListBucket']).toEqual(buckets);
  expect(rights()['s3:GetBucketLocation']).toEqual(buckets);
});

test('may nothing else: neither versions nor settings of a bucket can be changed', () => {
  access();
  expect(Object.keys(rights()).sort()).toEqual([
    's3:AbortMultipartUpload',
    's3:DeleteObject',
    's3:GetBucketLocation',
    's3:GetObject',
    's3:ListBucket',
    's3:ListBucketMultipartUploads',
    's3:ListBucketVersions',
    's3:ListMultipartUploadParts',
    's3:PutObject',
  ]);
});

test('has no finding that is not acknowledged', () => {
  Validations.of(stack).addPlugins(new AwsSolutionsChecks(stack));
  access();
  expect(() => Template.fromStack(stack)).not.toThrow();
});

test('can be changed through the policy', () => {
  access().policy.addStatements(new iam.PolicyStatement({ actions: ['s3:GetObjectTagging'], resources: [objectsOf(OWN)] }));
  expect(rights()['s3:GetObjectTagging']).toEqual([objectsOf(OWN)]);
});
