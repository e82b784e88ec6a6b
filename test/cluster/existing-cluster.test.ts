import { type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ExistingCluster } from '../../constructs/cluster/existing-cluster';
import { emptyStack, resourcesOf } from '../support/app';

let stack: Stack;
let template: Template;
beforeAll(() => {
  stack = emptyStack();
  const layer = 'arn:aws:lambda:eu-west-2:111111111111:layer:kubectl:1';
  const { cluster } = new ExistingCluster(stack, 'Cluster', {
    clusterName: 'apps',
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-00000000', availabilityZones: ['eu-west-2a'] }),
    subnets: [
      ec2.Subnet.fromSubnetAttributes(stack, 'Subnet', {
        subnetId: 'subnet-00000000',
        routeTableId: 'rtb-00000000',
        availabilityZone: 'eu-west-2a',
      }),
    ],
    clusterSecurityGroupId: 'sg-00000000',
    kubectlLayer: lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', layer),
    logRetention: RetentionDays.ONE_WEEK,
  });
  new eks.KubernetesManifest(stack, 'Manifest', { cluster, manifest: [{ kind: 'Namespace' }], prune: false });
  template = Template.fromStack(stack);
});

const idsOf = (type: string): string[] => Object.keys(resourcesOf(template, type));

test('lets its function, and nobody else, into the cluster', () => {
  const [entry, ...others] = Object.values(resourcesOf(template, 'AWS::EKS::AccessEntry'));
  expect(others).toEqual([]);
  expect(entry.Properties).toMatchObject({
    ClusterName: 'apps',
    PrincipalArn: { 'Fn::GetAtt': [expect.stringMatching(/^ClusterDeploymentRole/), 'Arn'] },
    AccessPolicies: [{ AccessScope: { Type: 'cluster' } }],
  });
});

test('runs the function in the VPC of the cluster, with its security group and the role that is let in', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Description: Match.stringLikeRegexp('kubectl'),
    Role: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ClusterDeploymentRole'), 'Arn'] },
    VpcConfig: { SecurityGroupIds: ['sg-00000000'], SubnetIds: ['subnet-00000000'] },
  });
});

test('lets it in before it applies anything', () => {
  const [entry] = idsOf('AWS::EKS::AccessEntry');
  const functions = Object.values(resourcesOf(template, 'AWS::Lambda::Function'));
  expect(functions).toHaveLength(2);
  for (const { DependsOn } of functions) expect(DependsOn).toContain(entry);
  const [{ Properties }] = Object.values(resourcesOf(template, 'Custom::AWSCDK-EKS-KubernetesResource'));
  expect(JSON.stringify(Properties.ServiceToken)).toContain('ClusterKubectlProvider');
});

test('makes and changes nothing else of the cluster', () => {
  const { Resources } = template.toJSON() as { Resources: Record<string, { Type: string }> };
  const types = new Set(Object.values(Resources).map(({ Type }) => Type));
  expect([...types].filter(type => /^AWS::(EKS|EC2)::/.test(type))).toEqual(['AWS::EKS::AccessEntry']);
});

test('keeps the logs of both functions in one group that ends, and that Lambda does not bring back', () => {
  template.resourceCountIs('AWS::Logs::LogGroup', 1);
  template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 7 }, DeletionPolicy: 'Delete' });
  for (const { Properties } of Object.values(resourcesOf(template, 'AWS::Lambda::Function'))) {
    expect(Properties.LoggingConfig).toMatchObject({ LogGroup: { Ref: idsOf('AWS::Logs::LogGroup')[0] } });
    const [role] = (Properties.Role as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
    expect(JSON.stringify(resourcesOf(template, 'AWS::IAM::Role')[role].Properties.Policies)).toContain('"Deny"');
  }
});
