import { type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { DnsForwarder } from '../../constructs/dns/dns-forwarder';
import { DnsForwarderBinding, targetGroupBinding } from '../../constructs/dns/dns-forwarder-binding';
import { emptyStack, resourcesOf } from '../support/app';

const PEER = '10.202.0.0/16';
const ADDRESSES = ['10.192.240.10', '10.192.240.26', '10.192.240.42'];
const SUBNETS = ['subnet-00000000', 'subnet-11111111', 'subnet-22222222'];
const CLUSTER_GROUP = 'sg-11111111';

let stack: Stack;
let forwarder: DnsForwarder;

beforeEach(() => {
  stack = emptyStack();
  forwarder = new DnsForwarder(stack, 'DnsForwarder', {
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-00000000', availabilityZones: ['eu-west-2a'] }),
    subnets: SUBNETS.map((id, zone) => ec2.Subnet.fromSubnetAttributes(stack, `Subnet${zone}`, { subnetId: id, routeTableId: 'rtb-1' })),
    addresses: ADDRESSES,
    peerCidr: PEER,
    clusterSecurityGroupId: CLUSTER_GROUP,
  });
});

test('has its address in each zone, and no way in from the internet', () => {
  Template.fromStack(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    Type: 'network',
    Scheme: 'internal',
    SubnetMappings: SUBNETS.map((SubnetId, zone) => ({ SubnetId, PrivateIPv4Address: ADDRESSES[zone] })),
    LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
  });
});

test('admits the other region on TCP 53 and nobody else', () => {
  Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroup', {
    SecurityGroupIngress: [{ CidrIp: PEER, IpProtocol: 'tcp', FromPort: 53, ToPort: 53, Description: Match.anyValue() }],
  });
});

test('reaches CoreDNS of its own cluster and nothing else', () => {
  const template = Template.fromStack(stack);
  const port = { IpProtocol: 'tcp', FromPort: 53, ToPort: 53, Description: Match.anyValue() };
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    SecurityGroupEgress: [{ ...port, DestinationSecurityGroupId: CLUSTER_GROUP }],
  });
  const [group] = Object.keys(resourcesOf(template, 'AWS::EC2::SecurityGroup'));
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    ...port,
    GroupId: CLUSTER_GROUP,
    SourceSecurityGroupId: { 'Fn::GetAtt': [group, 'GroupId'] },
  });
  template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
});

test('has the group from the start, because a load balancer made without one can never get one', () => {
  const template = Template.fromStack(stack);
  const [group] = Object.keys(resourcesOf(template, 'AWS::EC2::SecurityGroup'));
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    SecurityGroups: [{ 'Fn::GetAtt': [group, 'GroupId'] }],
  });
});

test('listens on TCP 53 and hands questions to pods by address', () => {
  const template = Template.fromStack(stack);
  const [targets] = Object.keys(resourcesOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup'));
  expect(stack.resolve(forwarder.targetGroupArn)).toEqual({ Ref: targets });
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
    Port: 53,
    Protocol: 'TCP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: targets } }],
  });
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
    Port: 53,
    Protocol: 'TCP',
    TargetType: 'ip',
    VpcId: 'vpc-00000000',
    HealthCheckProtocol: 'TCP',
  });
});

test('hides the address of the asking pod from CoreDNS', () => {
  Template.fromStack(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
    TargetGroupAttributes: Match.arrayWith([{ Key: 'preserve_client_ip.enabled', Value: 'false' }]),
  });
});

test('can be changed through its load balancer', () => {
  forwarder.loadBalancer.name = 'dns';
  Template.fromStack(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { Name: 'dns' });
});

test('binds the target group to CoreDNS, and leaves security groups alone', () => {
  expect(targetGroupBinding('arn:targets')).toEqual({
    apiVersion: 'elbv2.k8s.aws/v1beta1',
    kind: 'TargetGroupBinding',
    metadata: { name: 'dns-forwarder', namespace: 'kube-system' },
    spec: { targetGroupARN: 'arn:targets', targetType: 'ip', serviceRef: { name: 'kube-dns', port: 'dns-tcp' } },
  });
});

test('applies the binding under its own id, and never prunes', () => {
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', {
    clusterName: 'imported',
    kubectlProvider: eks.KubectlProvider.fromKubectlProviderAttributes(stack, 'Provider', {
      serviceToken: 'arn:aws:lambda:eu-west-2:123456789012:function:kubectl',
    }),
  });
  const { manifest } = new DnsForwarderBinding(stack, 'Binding', { cluster, targetGroupArn: 'arn:targets' });
  const bindings = resourcesOf(Template.fromStack(stack), 'Custom::AWSCDK-EKS-KubernetesResource');
  // As a manifest of this id would have: it came to be one construct further in.
  expect(Object.keys(bindings)).toEqual([expect.stringMatching(/^Binding[0-9A-F]{8}$/)]);
  const [{ Properties }] = Object.values(bindings);
  expect(JSON.parse(String(Properties.Manifest))).toEqual([targetGroupBinding('arn:targets')]);
  expect(Properties).not.toHaveProperty('PruneLabel');
  expect(manifest.node.path).toContain('Binding');
});
