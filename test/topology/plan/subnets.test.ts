import { cidrContains, cidrsOverlap, parseCidr, sizeOf, type Cidr } from '../../../constructs/topology/plan/cidr';
import { forwarderAddresses, subnetPlan, SubnetPurpose } from '../../../constructs/topology/plan/subnets';

const cidrOf = (text: string): Cidr => parseCidr(text) as Cidr;
const PREFIXES = [16, 17, 18, 19, 20, 21, 22];

describe.each(PREFIXES)('a VPC of /%i', prefix => {
  const vpc = cidrOf(`10.192.0.0/${prefix}`);
  const plan = subnetPlan(`10.192.0.0/${prefix}`);

  test('has a subnet of each purpose in each of three zones', () => {
    const cells = plan.map(({ purpose, zone }) => `${purpose} ${zone}`).sort();
    expect(cells).toEqual(
      Object.values(SubnetPurpose)
        .sort()
        .flatMap(purpose => [0, 1, 2].map(zone => `${purpose} ${zone}`)),
    );
  });

  test('contains its subnets, of sizes that AWS allows', () => {
    for (const { cidr } of plan) {
      expect(cidrContains(vpc, cidrOf(cidr))).toBe(true);
      expect(cidrOf(cidr).prefix).toBeLessThanOrEqual(28);
    }
  });

  test('has no two subnets that overlap', () => {
    const overlapping = plan.flatMap((a, i) => plan.slice(0, i).filter(b => cidrsOverlap(cidrOf(a.cidr), cidrOf(b.cidr))));
    expect(overlapping).toEqual([]);
  });

  test('gives three quarters of its addresses to nodes and pods', () => {
    const pods = plan.filter(subnet => subnet.purpose === SubnetPurpose.PRIVATE).reduce((sum, { cidr }) => sum + sizeOf(cidrOf(cidr)), 0);
    expect(pods).toBe(0.75 * sizeOf(vpc));
  });

  test('has a forwarder address in each zone that AWS does not keep for itself', () => {
    const forwarders = plan.filter(subnet => subnet.purpose === SubnetPurpose.FORWARDER);
    const addresses = forwarderAddresses(plan);
    expect(addresses).toHaveLength(3);
    addresses.forEach((address, zone) => {
      const subnet = cidrOf(forwarders[zone].cidr);
      const offset = cidrOf(`${address}/32`).base - subnet.base;
      expect(offset).toBeGreaterThanOrEqual(4);
      expect(offset).toBeLessThan(sizeOf(subnet) - 1);
    });
  });
});

test('the plan of the default VPC', () => {
  expect(subnetPlan('10.192.0.0/16').map(({ purpose, zone, cidr }) => `${purpose} ${zone} ${cidr}`)).toEqual([
    'public 0 10.192.192.0/20',
    'public 1 10.192.208.0/20',
    'public 2 10.192.224.0/20',
    'private 0 10.192.0.0/18',
    'private 1 10.192.64.0/18',
    'private 2 10.192.128.0/18',
    'forwarder 0 10.192.240.0/28',
    'forwarder 1 10.192.240.16/28',
    'forwarder 2 10.192.240.32/28',
  ]);
  expect(forwarderAddresses(subnetPlan('10.192.0.0/16'))).toEqual(['10.192.240.10', '10.192.240.26', '10.192.240.42']);
});

test('text that is no range has no plan', () => {
  expect(subnetPlan('10.192.0.1/16')).toEqual([]);
});
