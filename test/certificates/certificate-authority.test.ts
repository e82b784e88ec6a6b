import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CertificateAuthority } from '../../constructs/certificates/certificate-authority';
import { emptyStack, resourcesOf } from '../support/app';

let template: Template;
beforeEach(() => {
  const stack: Stack = emptyStack();
  new CertificateAuthority(stack, 'Authority', {
    secretName: 'orders/certificate-authority',
    commonName: 'orders certificate authority',
    replicaRegion: 'eu-west-3',
    logRetention: 30,
  });
  template = Template.fromStack(stack);
});

test('keeps the authority in a secret with a replica in the other region, under the same name', () => {
  template.hasResourceProperties('AWS::SecretsManager::Secret', {
    Name: 'orders/certificate-authority',
    ReplicaRegions: [{ Region: 'eu-west-3' }],
  });
});

test('has it made once the rights are there', () => {
  const [{ Properties, DependsOn }] = Object.values(resourcesOf(template, 'Custom::CertificateAuthority'));
  expect(Properties).toMatchObject({ CommonName: 'orders certificate authority', Years: 20 });
  expect(DependsOn).toContainEqual(expect.stringMatching(/^AuthorityHandlerRoleDefaultPolicy/));
});

test('lets its functions do what they need, on what is theirs', () => {
  const statements = Object.values(resourcesOf(template, 'AWS::IAM::Policy')).flatMap(
    ({ Properties }) => (Properties.PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown }[] }).Statement,
  );
  expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([
    'lambda:GetFunction',
    'lambda:InvokeFunction',
    ...Array<string>(2).fill('logs:CreateLogStream'),
    ...Array<string>(2).fill('logs:PutLogEvents'),
    'secretsmanager:GetSecretValue',
    'secretsmanager:PutSecretValue',
  ]);
  expect(statements.map(({ Resource }) => Resource)).not.toContain('*');
  expect(Object.values(resourcesOf(template, 'AWS::IAM::Role')).flatMap(({ Properties }) => Properties.ManagedPolicyArns ?? [])).toEqual(
    [],
  );
});

test('has one log group, with an end, for all its functions', () => {
  const [group, ...more] = Object.entries(resourcesOf(template, 'AWS::Logs::LogGroup'));
  expect(more).toEqual([]);
  expect(group[1].Properties.RetentionInDays).toBe(30);
  const functions = Object.values(resourcesOf(template, 'AWS::Lambda::Function'));
  expect(functions).toHaveLength(2);
  for (const { Properties } of functions) expect(Properties.LoggingConfig).toMatchObject({ LogGroup: { Ref: group[0] } });
});
