import { type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ExistingVpc } from '../../constructs/network/existing-vpc';
import { emptyStack } from '../support/app';
import { awsId, existingVpc, zonesOf } from '../support/existing-vpcs';

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
