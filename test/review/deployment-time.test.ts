import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderedDeployment } from '../../bin/review/rendered-deployment';
import { deploymentSeconds, stackTime } from '../../lib/review/deployment-time';
import { OTHER_SECONDS, RESOURCE_DURATIONS, STACK_SECONDS } from '../../lib/review/resource-durations';
import type { StackTemplate, TemplateResource } from '../../lib/review/template';
import { DEFAULT_SETTINGS } from '../support/settings/settings';

const secondsOf = (type: string): number => RESOURCE_DURATIONS[type].seconds;
const stack = (stackName: string, resources: Record<string, TemplateResource>, dependencies: string[] = []): StackTemplate => ({
  stackName,
  awsRegion: 'eu-west-2',
  template: { Resources: resources },
  dependencies,
});
const BUCKET = { Bucket: { Type: 'AWS::S3::Bucket' } };
const BUCKET_SECONDS = STACK_SECONDS + secondsOf('AWS::S3::Bucket');

test('a stack takes as long as its longest chain, by properties and by dependencies', () => {
  const { seconds, path } = stackTime(
    stack('A', {
      Topic: { Type: 'AWS::SNS::Topic' },
      Nat: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: 'Subnet' } } },
      Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { 'Fn::GetAtt': ['Vpc', 'VpcId'] } } },
      Vpc: { Type: 'AWS::EC2::VPC', DependsOn: 'Topic' },
      Role: { Type: 'AWS::IAM::Role', Properties: { Name: { 'Fn::Sub': '${Vpc}-role' } } },
    }),
  );
  expect(path.map(({ logicalId }) => logicalId)).toEqual(['Topic', 'Vpc', 'Subnet', 'Nat']);
  expect(seconds).toBe(STACK_SECONDS + 2 * OTHER_SECONDS + secondsOf('AWS::EC2::VPC') + secondsOf('AWS::EC2::NatGateway'));
});

test('stacks wait for each other, and for a place', () => {
  const stacks = [stack('A', BUCKET), stack('B', BUCKET), stack('C', BUCKET, ['A']), stack('D', BUCKET, ['A', 'B', 'elsewhere'])];
  expect(deploymentSeconds(stacks, 1)).toBe(4 * BUCKET_SECONDS);
  expect(deploymentSeconds(stacks, 2)).toBe(2 * BUCKET_SECONDS);
  expect(deploymentSeconds(stacks.slice(0, 3), 3)).toBe(2 * BUCKET_SECONDS);
  expect(deploymentSeconds([], 2)).toBe(0);
});

test('the default is there in half an hour, and nothing but nodes waits for NAT gateways', () => {
  const { stacks } = renderedDeployment(DEFAULT_SETTINGS);
  expect(deploymentSeconds(stacks, 2)).toBeLessThan(30 * 60);
  const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
  expect(readme).toContain(`${Math.round(deploymentSeconds(stacks, 2) / 60)} minutes on paper`);
  const [region] = stacks.filter(({ stackName }) => stackName.endsWith('Region0'));
  const types = stackTime(region).path.map(({ type }) => type);
  expect(types).toContain('AWS::EKS::Cluster');
  expect(types).not.toContain('AWS::EC2::NatGateway');
  expect(types.filter(type => type === 'AWS::EKS::Nodegroup')).toHaveLength(3);
});
