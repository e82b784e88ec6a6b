import { networkPlan } from '../../../constructs/topology/plan/network-plan';
import { forwarderAddresses, subnetPlan } from '../../../constructs/topology/plan/subnets';
import { Topology } from '../../../constructs/topology/topology';
import { existingVpc, withExistingVpcs } from '../../support/settings/existing-vpcs';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';

const [region] = DEFAULT_SETTINGS.regions;

test('a VPC that is made is cut by its range', () => {
  const subnets = subnetPlan(region.vpcCidr);
  expect(networkPlan(region)).toEqual({ subnets, forwarderAddresses: forwarderAddresses(subnets) });
});

test('a VPC that exists has the subnets that are named, by zone, and the eleventh address of each of the forwarder', () => {
  const { subnets, forwarderAddresses: addresses } = networkPlan({ ...region, existingVpc: existingVpc(0) });
  expect(subnets.map(({ purpose, zone, cidr }) => `${purpose} ${zone} ${cidr}`)).toEqual([
    'private 0 10.192.0.0/18',
    'private 1 10.192.64.0/18',
    'private 2 10.192.128.0/18',
    'forwarder 0 10.192.250.0/28',
    'forwarder 1 10.192.250.16/28',
    'forwarder 2 10.192.250.32/28',
  ]);
  expect(addresses).toEqual(['10.192.250.10', '10.192.250.26', '10.192.250.42']);
});

test('addresses that are named win', () => {
  const named = ['10.192.250.4', '10.192.250.20', '10.192.250.46'];
  expect(Topology.of(withExistingVpcs({ forwarderAddresses: named })).peerOf(1).forwarderAddresses).toEqual(named);
});
