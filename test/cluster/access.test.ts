import { type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { GroupAccess } from '../../constructs/cluster/group-access';
import { WebIdentity } from '../../constructs/cluster/web-identity';
import { emptyStack, resourcesOf } from '../support/app';

const ISSUER = 'oidc.eks.eu-west-2.amazonaws.com/id/0123456789ABCDEF';
const ROLE = 'arn:aws:iam::123456789012:role/OnCall';

let stack: Stack;
beforeEach(() => {
  stack = emptyStack();
});

describe('WebIdentity', () => {
  function identity(provider: iam.IOidcProvider): WebIdentity {
    return new WebIdentity(stack, 'Identity', {
      provider,
      roleName: 'camunda-elasticsearch-eu-west-2',
      namespace: 'camunda-london',
      serviceAccount: 'elasticsearch',
    });
  }

  function imported(): iam.IOidcProvider {
    const arn = `arn:aws:iam::123456789012:oidc-provider/${ISSUER}`;
    return eks.OidcProviderNative.fromOidcProviderArn(stack, 'Imported', arn);
  }

  function role(): { readonly RoleName: string; readonly AssumeRolePolicyDocument: unknown } {
    const [{ Properties }] = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::IAM::Role'));
    return Properties as ReturnType<typeof role>;
  }

  test('trusts the tokens of one service account, for AWS STS, and nobody else', () => {
    identity(imported());
    expect(role().RoleName).toBe('camunda-elasticsearch-eu-west-2');
    expect(JSON.parse(role().AssumeRolePolicyDocument as string)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRoleWithWebIdentity',
          Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${ISSUER}` },
          Condition: {
            StringEquals: {
              [`${ISSUER}:aud`]: 'sts.amazonaws.com',
              [`${ISSUER}:sub`]: 'system:serviceaccount:camunda-london:elasticsearch',
            },
          },
        },
      ],
    });
  });

  test('does so for a provider that the deployment makes, without a function that would compute the names of conditions', () => {
    identity(new eks.OidcProviderNative(stack, 'Provider', { url: `https://${ISSUER}` }));
    const template = Template.fromStack(stack);
    const [provider] = Object.keys(resourcesOf(template, 'AWS::IAM::OIDCProvider'));
    const [, parts] = (role().AssumeRolePolicyDocument as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
    // As CloudFormation puts it together.
    const issuer = JSON.stringify({ 'Fn::Select': [1, { 'Fn::Split': [':oidc-provider/', { Ref: provider }] }] });
    const values = new Map([
      [JSON.stringify({ Ref: provider }), 'the-provider'],
      [issuer, ISSUER],
    ]);
    const text = parts.map(part => (typeof part === 'string' ? part : values.get(JSON.stringify(part)))).join('');
    expect(JSON.parse(text)).toMatchObject({
      Statement: [
        {
          Principal: { Federated: 'the-provider' },
          Condition: { StringEquals: { [`${ISSUER}:sub`]: 'system:serviceaccount:camunda-london:elasticsearch' } },
        },
      ],
    });
    template.resourceCountIs('AWS::Lambda::Function', 0);
  });

  test('can be changed through the role', () => {
    (identity(imported()).role.node.defaultChild as iam.CfnRole).maxSessionDuration = 7200;
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { MaxSessionDuration: 7200 });
  });
});

describe('GroupAccess', () => {
  function access(): GroupAccess {
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'camunda-region0' });
    return new GroupAccess(stack, 'Access', { cluster, roleArn: ROLE, group: 'camunda-recovery' });
  }

  test('makes a role a member of one group, without a policy of EKS', () => {
    access();
    const [{ Properties }] = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::EKS::AccessEntry'));
    expect(Properties).toEqual({
      ClusterName: 'camunda-region0',
      PrincipalArn: ROLE,
      Type: 'STANDARD',
      KubernetesGroups: ['camunda-recovery'],
    });
  });

  test('can be changed through the entry', () => {
    (access().node.defaultChild as eks.CfnAccessEntry).username = 'on-call';
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::AccessEntry', { Username: 'on-call' });
  });
});
