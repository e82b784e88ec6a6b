import { Validations, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { DocumentAccess } from '../../constructs/backup/document-access';
import { emptyStack, resourcesOf } from '../support/app';

const NAME = 'camunda-documents-123456789012-eu-west-2';
const KEY = 'arn:aws:kms:eu-west-2:123456789012:key/11111111-2222-3333-4444-555555555555';

let stack: Stack;
beforeEach(() => {
  stack = emptyStack();
});

function statements(keyArn?: string): unknown {
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com') });
  const encryptionKey = keyArn === undefined ? undefined : kms.Key.fromKeyArn(stack, 'Key', keyArn);
  new DocumentAccess(stack, 'Access', {
    role,
    bucket: s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: NAME, encryptionKey }),
  });
  const [{ Properties }] = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::IAM::Policy'));
  return (Properties.PolicyDocument as { Statement: unknown }).Statement;
}

// `@see` Camunda 8 docs 8.10, document handling configuration: API client permission requirements
const RIGHTS = [
  { Effect: 'Allow', Action: 's3:ListBucket', Resource: `arn:aws:s3:::${NAME}` },
  { Effect: 'Allow', Action: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], Resource: `arn:aws:s3:::${NAME}/*` },
];

test('gives what Camunda documents, on one bucket', () => {
  expect(statements()).toEqual(RIGHTS);
});

test('gives the use of the key that encrypts it', () => {
  expect(statements(KEY)).toEqual([...RIGHTS, { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: KEY }]);
});

test('has no finding that is not acknowledged', () => {
  Validations.of(stack).addPlugins(new AwsSolutionsChecks(stack));
  expect(() => statements()).not.toThrow();
});
