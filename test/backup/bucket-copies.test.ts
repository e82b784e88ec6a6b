import { Aws, Validations, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { BucketCopies } from '../../constructs/backup/bucket-copies';
import { emptyStack, resourcesOf } from '../support/app';

const LONDON = 'camunda-documents-123456789012-eu-west-2';
const PARIS = 'camunda-documents-123456789012-eu-west-3';
const keyArn = (awsRegion: string): string => `arn:aws:kms:${awsRegion}:123456789012:key/11111111-2222-3333-4444-555555555555`;

let stack: Stack;
beforeEach(() => {
  stack = emptyStack();
});

function copies({ from = LONDON, to = PARIS, encrypted = false } = {}): Template {
  const bucket = (id: string, bucketName: string, awsRegion: string): s3.IBucket =>
    s3.Bucket.fromBucketAttributes(stack, id, {
      bucketName,
      encryptionKey: encrypted ? kms.Key.fromKeyArn(stack, `${id}Key`, keyArn(awsRegion)) : undefined,
    });
  new BucketCopies(stack, 'Copies', {
    from: bucket('From', from, 'eu-west-2'),
    to: bucket('To', to, 'eu-west-3'),
    logRetention: RetentionDays.ONE_MONTH,
  });
  return Template.fromStack(stack);
}

interface Call {
  readonly action: string;
  readonly parameters: { readonly Bucket: string; readonly ReplicationConfiguration?: unknown };
  readonly physicalResourceId: { readonly id: string };
  readonly ignoreErrorCodesMatching?: string;
}

/** What is sent to S3 at an event, with the role as its logical id. */
function call(template: Template, event: 'Create' | 'Update' | 'Delete'): Call {
  const [{ Properties }] = Object.values(resourcesOf(template, 'Custom::BucketCopies'));
  const text = Properties[event] as string | { 'Fn::Join': [string, (string | { 'Fn::GetAtt': [string, string] })[]] };
  const parts = typeof text === 'string' ? [text] : text['Fn::Join'][1];
  return JSON.parse(parts.map(part => (typeof part === 'string' ? part : part['Fn::GetAtt'].join('.'))).join('')) as Call;
}

test.each(['Create', 'Update'] as const)('says at %s that all of a bucket is copied, and what is deleted', event => {
  const { action, parameters, physicalResourceId } = call(copies(), event);
  expect([action, parameters.Bucket, physicalResourceId.id]).toEqual(['PutBucketReplication', LONDON, LONDON]);
  expect(parameters.ReplicationConfiguration).toEqual({
    Role: expect.stringMatching(/^CopiesReplicationRole\w+\.Arn$/) as string,
    Rules: [
      {
        ID: 'CopyToOtherRegion',
        Status: 'Enabled',
        Priority: 0,
        Filter: { Prefix: '' },
        DeleteMarkerReplication: { Status: 'Enabled' },
        Destination: { Bucket: `arn:aws:s3:::${PARIS}`, Metrics: { Status: 'Enabled' } },
      },
    ],
  });
});

test('stops copying when it goes, and does not mind a bucket that has gone', () => {
  expect(call(copies(), 'Delete')).toMatchObject({
    action: 'DeleteBucketReplication',
    parameters: { Bucket: LONDON },
    ignoreErrorCodesMatching: 'NoSuchBucket',
  });
});

test('copies what keys of both regions encrypt', () => {
  const [rule] = (call(copies({ encrypted: true }), 'Create').parameters.ReplicationConfiguration as { Rules: object[] }).Rules;
  expect(rule).toMatchObject({
    Destination: { EncryptionConfiguration: { ReplicaKmsKeyID: keyArn('eu-west-3') } },
    SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
  });
});

test('may change where this bucket is copied to, and hand S3 that one role', () => {
  const template = copies();
  const roles = resourcesOf(template, 'AWS::IAM::Role');
  const [id, { Properties }] = Object.entries(roles).find(([logicalId]) => logicalId.includes('HandlerRole'))!;
  const [replicationRole] = Object.keys(roles).filter(logicalId => logicalId !== id);
  expect(JSON.stringify(Properties.AssumeRolePolicyDocument)).toContain('lambda.amazonaws.com');
  const [{ PolicyDocument }] = Properties.Policies as [{ PolicyDocument: { Statement: object[] } }];
  expect(PolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Action: 's3:PutReplicationConfiguration', Resource: `arn:aws:s3:::${LONDON}` },
    {
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: { 'Fn::GetAtt': [replicationRole, 'Arn'] },
      Condition: { StringEquals: { 'iam:PassedToService': 's3.amazonaws.com' } },
    },
  ]);
  expect(Properties).not.toHaveProperty('ManagedPolicyArns');
});

test('logs into a group that ends, and brings no other version of the SDK', () => {
  const template = copies();
  const [[logGroup, { Properties }], ...others] = Object.entries(resourcesOf(template, 'AWS::Logs::LogGroup'));
  expect([Properties.RetentionInDays, others]).toEqual([30, []]);
  const [handler] = Object.values(resourcesOf(template, 'AWS::Lambda::Function'));
  expect(handler.Properties.LoggingConfig).toEqual({ LogGroup: { Ref: logGroup } });
  expect(Object.values(resourcesOf(template, 'Custom::BucketCopies'))[0].Properties.InstallLatestAwsSdk).toBe(false);
});

test.each([
  ['with an account', LONDON, PARIS],
  ['with the account of the deployment', `camunda-documents-${Aws.ACCOUNT_ID}-eu-west-2`, `camunda-documents-${Aws.ACCOUNT_ID}-eu-west-3`],
])('has no finding that is not acknowledged, %s', (_, from, to) => {
  Validations.of(stack).addPlugins(new AwsSolutionsChecks(stack));
  expect(() => copies({ from, to })).not.toThrow();
});
