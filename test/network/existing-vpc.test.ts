import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ExistingVpc } from '../../constructs/network/existing-vpc';
import { RegionVpc } from '../../constructs/network/region-vpc';
import { NetworkPeering } from '../../lib/network-peering';
import { emptyStack, resourcesOf } from '../support/app';
import { awsId, existingVpc, zonesOf } from '../support/settings/existing-vpcs';

const PROPS = { ...existingVpc(0), cidr: '10.192.0.0/16', availabilityZones: zonesOf('eu-west-2') };

let stack: Stack;
beforeEach(() => {
  stack = emptyStack();
});

test('makes nothing', () => {
  new ExistingVpc(stack, 'Network', PROPS);
  expect(Template.fromStack(stack).toJSON()).not.toHaveProperty('Resources');
  Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
});

test('hands out the subnets that it was told, with zone, range and route table', () => {
  const { vpc, cidr, privateSubnets, forwarderSubnets } = new ExistingVpc(stack, 'Network', PROPS);
  expect([vpc.vpcId, vpc.vpcCidrBlock, cidr]).toEqual([awsId('vpc', 0, 0), '10.192.0.0/16', '10.192.0.0/16']);
  const facts = [...privateSubnets, ...forwarderSubnets].map(subnet => [
    subnet.subnetId,
    subnet.availabilityZone,
    subnet.ipv4CidrBlock,
    subnet.routeTable.routeTableId,
  ]);
  expect(facts).toEqual([
    [awsId('subnet', 0, 0), 'eu-west-2a', '10.192.0.0/18', awsId('rtb', 0, 0)],
    [awsId('subnet', 0, 1), 'eu-west-2b', '10.192.64.0/18', awsId('rtb', 0, 1)],
    [awsId('subnet', 0, 2), 'eu-west-2c', '10.192.128.0/18', awsId('rtb', 0, 2)],
    [awsId('subnet', 0, 3), 'eu-west-2a', '10.192.250.0/28', awsId('rtb', 0, 3)],
    [awsId('subnet', 0, 4), 'eu-west-2b', '10.192.250.16/28', awsId('rtb', 0, 3)],
    [awsId('subnet', 0, 5), 'eu-west-2c', '10.192.250.32/28', awsId('rtb', 0, 3)],
  ]);
});

test('knows the addresses of the DNS forwarder, or takes others', () => {
  expect(new ExistingVpc(stack, 'Network', PROPS).forwarderAddresses).toEqual(['10.192.250.10', '10.192.250.26', '10.192.250.42']);
  const others = ['10.192.250.4', '10.192.250.20', '10.192.250.46'];
  expect(new ExistingVpc(stack, 'Other', { ...PROPS, forwarderAddresses: others }).forwarderAddresses).toEqual(others);
});

test('a VPC of another construct is a network too, with its own subnets', () => {
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    ipAddresses: ec2.IpAddresses.cidr('10.192.0.0/16'),
    maxAzs: 2,
    subnetConfiguration: [
      { name: 'Nodes', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      { name: 'Dns', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 28 },
    ],
  });
  const subnetsOf = (subnetGroupName: string): ec2.ISubnet[] => vpc.selectSubnets({ subnetGroupName }).subnets;
  const accepter = new ExistingVpc(new Stack(App.of(stack), 'Paris', { env: { region: 'eu-west-3' } }), 'Network', {
    ...existingVpc(1),
    cidr: '10.202.0.0/16',
    availabilityZones: zonesOf('eu-west-3'),
  });
  const requester = RegionVpc.fromVpc(vpc, {
    cidr: '10.192.0.0/16',
    privateSubnets: subnetsOf('Nodes'),
    forwarderSubnets: subnetsOf('Dns'),
    forwarderAddresses: ['10.192.128.10', '10.192.128.26'],
  });
  expect(requester.vpc).toBe(vpc);
  new NetworkPeering(stack, 'Peering', { requester, accepter });
  const routes = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::EC2::Route'));
  expect(routes.map(({ Properties }) => [Properties.RouteTableId, Properties.DestinationCidrBlock])).toEqual(
    [...subnetsOf('Nodes'), ...subnetsOf('Dns')].map(({ routeTable }) => [
      stack.resolve(routeTable.routeTableId) as unknown,
      '10.202.0.0/16',
    ]),
  );
});
