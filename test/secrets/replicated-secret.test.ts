import { type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ReplicatedSecret } from '../../constructs/secrets/replicated-secret';
import { emptyStack, resourcesOf } from '../support/app';

let stack: Stack;
let secret: ReplicatedSecret;

beforeEach(() => {
  stack = emptyStack();
  secret = new ReplicatedSecret(stack, 'Credentials', {
    secretName: 'camunda/admin',
    description: 'First administrator of Camunda',
    username: 'admin',
    replicaRegion: 'eu-west-3',
  });
});

test('has a replica in the other region, under the same name', () => {
  Template.fromStack(stack).hasResourceProperties('AWS::SecretsManager::Secret', {
    Name: 'camunda/admin',
    Description: 'First administrator of Camunda',
    ReplicaRegions: [{ Region: 'eu-west-3' }],
  });
});

test('generates the password, and shows none', () => {
  const [{ Properties }] = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::SecretsManager::Secret'));
  expect(Properties).not.toHaveProperty('SecretString');
  expect(Properties.GenerateSecretString).toEqual({
    SecretStringTemplate: '{"username":"admin"}',
    GenerateStringKey: 'password',
    PasswordLength: 32,
    ExcludePunctuation: true,
  });
});

test('can be changed through the secret', () => {
  (secret.secret.node.defaultChild as secretsmanager.CfnSecret).description = 'Changed';
  Template.fromStack(stack).hasResourceProperties('AWS::SecretsManager::Secret', { Description: 'Changed' });
});
