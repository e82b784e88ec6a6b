import { reachabilityOf } from '../../lib/review/reachability';
import {
  addResource,
  EXPECTED_FLOWS,
  idOf,
  idsOf,
  propertiesOf,
  RANGES,
  reachabilityAfter,
  REGION_STACKS,
  STACKS,
  type Resources,
} from '../support/changed-templates';
import { defaultDeployment, templatesOf } from '../support/deployment';

const ROUTE = 'AWS::EC2::Route';

test('exactly the flows that Camunda needs can cross, in both directions', () => {
  const { flows, findings } = reachabilityAfter(() => undefined);
  expect(findings).toEqual([]);
  expect(flows).toEqual(EXPECTED_FLOWS);
});

test('the stacks with the manifests change nothing', () => {
  const deployment = defaultDeployment();
  expect(reachabilityOf(deployment.construct.topology, templatesOf(deployment))).toEqual({ flows: EXPECTED_FLOWS, findings: [] });
});

describe('peering connection', () => {
  const PEERING = 'AWS::EC2::VPCPeeringConnection';

  test('fails without it', () => {
    const { flows, messages } = reachabilityAfter(({ Peering }) => delete Peering[idOf(Peering, PEERING)]);
    expect(flows).toEqual([]);
    expect(messages).toEqual(['peering: there is no peering connection']);
  });

  test.each([
    ['no region', undefined],
    ['eu-west-2', 'eu-west-2'],
  ])('fails when it names %s as the region of its peer', (text, region) => {
    const { flows, messages } = reachabilityAfter(({ Peering }) => {
      propertiesOf(Peering, PEERING).PeerRegion = region;
    });
    expect(flows).toEqual([]);
    expect(messages).toEqual([
      expect.stringMatching(
        new RegExp(`^peering: peering connection .*Peering/\\w+ names ${text} as the region of its peer, which is in eu-west-3$`),
      ),
    ]);
  });

  test('fails when it connects a VPC with itself', () => {
    const { flows, messages } = reachabilityAfter(({ Peering }) => {
      const properties = propertiesOf(Peering, PEERING);
      properties.PeerVpcId = properties.VpcId;
    });
    expect(flows).toEqual([]);
    expect(messages).toEqual([expect.stringContaining('does not connect the VPCs of both regions')]);
  });

  test('fails when it refers to an output that nobody has', () => {
    const { messages } = reachabilityAfter(({ Peering }) => {
      propertiesOf(Peering, PEERING).VpcId = { 'Fn::GetStackOutput': { StackName: 'camunda-Region0', OutputName: 'Missing' } };
    });
    expect(messages).toEqual([expect.stringContaining('does not connect the VPCs of both regions')]);
  });

  test('fails when it asks for a VPC of another region than its own', () => {
    const { flows, messages } = reachabilityAfter(({ Peering, PeerRoutes }) => {
      const id = idOf(Peering, PEERING);
      PeerRoutes[id] = Peering[id];
      delete Peering[id];
    });
    expect(flows).toEqual([]);
    expect(messages).toEqual([expect.stringContaining('asks for the VPC of eu-west-2 from eu-west-3')]);
  });

  test('fails when a VPC has another range than the topology', () => {
    const { messages } = reachabilityAfter(({ Region1 }) => {
      propertiesOf(Region1, 'AWS::EC2::VPC').CidrBlock = '10.203.0.0/16';
    });
    expect(messages[0]).toBe('peering: region 1 (eu-west-3) has no VPC with the range 10.202.0.0/16');
  });
});

describe.each(REGION_STACKS)('routes of region %i', (region, network, routes) => {
  const own = `region ${region} `;
  const peer = `region ${1 - region} `;
  const privateRoute = 'Route2';
  const forwarderRoute = 'Route5';

  test('fails without the route of a private subnet: neither its questions nor its answers cross', () => {
    const { flows, messages } = reachabilityAfter(stacks => delete stacks[routes][idOf(stacks[routes], ROUTE, privateRoute)]);
    expect(flows).toEqual(EXPECTED_FLOWS); // from the other zones
    expect(messages).toHaveLength(2);
    expect(messages).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `^missing-flow: from ${own}.* to ${peer}.*, TCP 53 to dns-forwarder, TCP 9200 to nodes, TCP 26500 to nodes, TCP 26501 to nodes, ` +
            `TCP 26502 to nodes, UDP 26502 to nodes cannot cross: there is no way: route table .*/NetworkprivateSubnet2RouteTable\\w+ of subnet ` +
            `.*/NetworkprivateSubnet2Subnet\\w+ does not lead to ${RANGES[1 - region]} over the peering$`,
        ),
      ),
    );
    expect(messages).toContainEqual(
      expect.stringMatching(new RegExp(`^missing-flow: from ${peer}.* to ${own}.* TCP 9200 .*no way back: .*privateSubnet2RouteTable`)),
    );
  });

  test('fails without the route of a forwarder subnet: its answers have no way back', () => {
    const { messages } = reachabilityAfter(stacks => delete stacks[routes][idOf(stacks[routes], ROUTE, forwarderRoute)]);
    expect(messages).toEqual([
      expect.stringMatching(
        new RegExp(
          `^missing-flow: from ${peer}.* to ${own}.*, TCP 53 to dns-forwarder cannot cross: .*no way back: .*forwarderSubnet2RouteTable`,
        ),
      ),
    ]);
  });

  test('lists no flow when none of the routes is left', () => {
    const { flows, messages } = reachabilityAfter(stacks => idsOf(stacks[routes], ROUTE).forEach(id => delete stacks[routes][id]));
    expect(flows).toEqual([]);
    expect(messages).toHaveLength(9); // a way of each private table, and a way back of each of the six
  });

  test('fails when a route leads elsewhere', () => {
    const { messages } = reachabilityAfter(stacks => {
      const properties = propertiesOf(stacks[routes], ROUTE, privateRoute);
      delete properties.VpcPeeringConnectionId;
      properties.NatGatewayId = 'nat-1';
    });
    expect(messages).toHaveLength(2);
    expect(messages[0]).toContain('privateSubnet2RouteTable');
  });

  test('fails when a route leads to another peering', () => {
    const { messages } = reachabilityAfter(stacks => {
      propertiesOf(stacks[routes], ROUTE, privateRoute).VpcPeeringConnectionId = 'pcx-other';
    });
    expect(messages).toContainEqual(expect.stringMatching(/^unexpected-route: route .*Route2\w+ leads to pcx-other/));
    expect(messages).toContainEqual(expect.stringMatching(/^missing-flow: .*privateSubnet2RouteTable/));
  });

  test('fails when a more specific route takes a part of the range elsewhere', () => {
    const { messages } = reachabilityAfter(stacks => {
      const { RouteTableId } = propertiesOf(stacks[network], ROUTE, 'privateSubnet1');
      addResource(stacks[network], 'Detour', ROUTE, {
        RouteTableId,
        DestinationCidrBlock: RANGES[1 - region].replace('0.0/16', '7.0/24'),
        TransitGatewayId: 'tgw-1',
      });
    });
    expect(messages).toContainEqual(expect.stringMatching(/privateSubnet1RouteTable\w+ .* does not always lead to/));
  });

  test('fails when a route covers only a part of the range', () => {
    const { messages } = reachabilityAfter(stacks => {
      propertiesOf(stacks[routes], ROUTE, privateRoute).DestinationCidrBlock = RANGES[1 - region].replace('/16', '/18');
    });
    expect(messages).toContainEqual(expect.stringMatching(/missing-flow: .*privateSubnet2RouteTable/));
  });

  test('fails when a route covers only a part of a subnet', () => {
    const { messages } = reachabilityAfter(stacks => {
      propertiesOf(stacks[routes], ROUTE, privateRoute).DestinationCidrBlock = RANGES[1 - region].replace('0.0/16', '7.0/24');
    });
    expect(messages).toContainEqual(expect.stringMatching(/there is no way: .*privateSubnet2RouteTable\w+ .* does not always lead to/));
  });

  test('fails when a route over the peering is for more than the other VPC', () => {
    const { messages } = reachabilityAfter(stacks => {
      propertiesOf(stacks[routes], ROUTE, privateRoute).DestinationCidrBlock = '10.0.0.0/8';
    });
    expect(messages).toEqual([
      expect.stringMatching(/^wide-route: route .*Route2\w+ leads 10\.0\.0\.0\/8 over the peering, more than the range/),
    ]);
  });

  test('fails when a route does not tell its range', () => {
    const { messages } = reachabilityAfter(stacks => {
      propertiesOf(stacks[routes], ROUTE, privateRoute).DestinationCidrBlock = { Ref: 'Parameter' };
    });
    expect(messages).toContainEqual(expect.stringMatching(/^unreadable: route .*Route2\w+ leads {"Ref":"Parameter"} over the peering/));
  });

  test('fails when the public subnets get a route over the peering', () => {
    const { messages } = reachabilityAfter((stacks, templates) => {
      const { stackName, awsRegion, template } = templates[STACKS.indexOf(network)];
      const table = { Ref: idOf(stacks[network], 'AWS::EC2::RouteTable', 'publicSubnet1') };
      const RouteTableId = { 'Fn::GetStackOutput': { StackName: stackName, Region: awsRegion, OutputName: 'PublicTable' } };
      Object.assign(template.Outputs ?? {}, { PublicTable: { Value: table } });
      addResource(stacks[routes], 'Extra', ROUTE, { ...propertiesOf(stacks[routes], ROUTE, privateRoute), RouteTableId });
    });
    expect(messages).toEqual([
      expect.stringMatching(
        /^unexpected-route: route .*\/Extra opens the peering to route table .*NetworkpublicSubnet1RouteTable\w+, where/,
      ),
    ]);
  });

  test.each([
    ['are decided at deployment', { Ref: 'Parameter' }],
    ['are none', []],
    ['are of somewhere else', [{ Ref: 'Parameter' }]],
    ['are in part of somewhere else', 'first'],
  ])('fails when the subnets of a node group %s', (_, subnets) => {
    const { flows, messages } = reachabilityAfter(stacks => {
      const nodes = propertiesOf(stacks[network], 'AWS::EKS::Nodegroup', 'Nodes');
      nodes.Subnets = subnets === 'first' ? [...(nodes.Subnets as unknown[]), { Ref: 'Parameter' }] : subnets;
    });
    expect(flows).toEqual(EXPECTED_FLOWS);
    expect(messages).toContainEqual(expect.stringMatching(/cannot cross: the templates do not show all subnets of .*Nodes/));
  });

  test('fails when the DNS forwarder does not show its subnets', () => {
    const { flows, messages } = reachabilityAfter(stacks => {
      const balancer = propertiesOf(stacks[network], 'AWS::ElasticLoadBalancingV2::LoadBalancer');
      balancer.SubnetMappings = (balancer.SubnetMappings as object[]).map(mapping => ({ ...mapping, SubnetId: { Ref: 'Parameter' } }));
    });
    expect(flows).toEqual(EXPECTED_FLOWS);
    expect(messages).toContainEqual(
      expect.stringMatching(/TCP 53 to dns-forwarder cannot cross: the templates do not show all subnets of .*DnsForwarder/),
    );
  });

  test('fails when a subnet does not show its range', () => {
    const { messages } = reachabilityAfter(stacks => {
      propertiesOf(stacks[network], 'AWS::EC2::Subnet', 'publicSubnet1').CidrBlock = { Ref: 'Parameter' };
    });
    expect(messages).toEqual([expect.stringMatching(/^unreadable: the templates do not show the range of subnet .*publicSubnet1/)]);
  });

  test('fails when a private subnet loses its route table', () => {
    const { messages } = reachabilityAfter(
      stacks => delete stacks[network][idOf(stacks[network], 'AWS::EC2::SubnetRouteTableAssociation', 'privateSubnet3')],
    );
    expect(messages).toContainEqual(expect.stringMatching(/subnet .*privateSubnet3Subnet\w+ has no route table that leads to/));
  });
});

describe('network ACLs', () => {
  const ENTRY = 'AWS::EC2::NetworkAclEntry';

  /** An ACL of the first private subnet of region 0 that allows all, and then some entries. */
  function addAcl(resources: Resources, ...entries: readonly Record<string, unknown>[]): void {
    addResource(resources, 'Acl', 'AWS::EC2::NetworkAcl', { VpcId: { Ref: idOf(resources, 'AWS::EC2::VPC') } });
    addResource(resources, 'AclAssociation', 'AWS::EC2::SubnetNetworkAclAssociation', {
      NetworkAclId: { Ref: 'Acl' },
      SubnetId: { Ref: idOf(resources, 'AWS::EC2::Subnet', 'privateSubnet1') },
    });
    const all = { RuleNumber: 100, RuleAction: 'allow', Protocol: -1, CidrBlock: '0.0.0.0/0' };
    [{ ...all, Egress: true }, { ...all, Egress: false }, ...entries].forEach((entry, index) =>
      addResource(resources, `AclEntry${index}`, ENTRY, { NetworkAclId: { Ref: 'Acl' }, ...entry }),
    );
  }

  const deny = { RuleNumber: 50, RuleAction: 'deny', Protocol: 6, CidrBlock: RANGES[1] };

  test('one that allows all changes nothing', () => {
    const { flows, messages } = reachabilityAfter(({ Region0 }) => addAcl(Region0));
    expect(messages).toEqual([]);
    expect(flows).toEqual(EXPECTED_FLOWS);
  });

  test.each([
    [
      'requests that arrive',
      { Egress: false, PortRange: { From: 9200, To: 9200 } },
      /from region 1 .*, TCP 9200 to nodes cannot .*requests arrive/,
    ],
    [
      'requests that leave',
      { Egress: true, PortRange: { From: 53, To: 53 } },
      /from region 0 .*, TCP 53 to dns-forwarder cannot .*requests leave/,
    ],
    ['answers that leave', { Egress: true, PortRange: { From: 50000, To: 50010 } }, /from region 1 .*TCP 9200 to nodes, .*answers leave/],
    [
      'answers that arrive',
      { Egress: false, PortRange: { From: 32768, To: 60999 } },
      /from region 0 .*TCP 53 to dns-forwarder, .*answers arrive/,
    ],
    ['a part of the other region', { Egress: false, CidrBlock: '10.202.3.0/24' }, /from region 1 .*TCP 9200 to nodes.*requests arrive/],
    ['all protocols', { Egress: true, Protocol: '-1' }, /from region 0 .*UDP 26502 to nodes cannot cross.*requests leave/],
  ])('fails when one denies %s', (_, entry, message) => {
    const { messages } = reachabilityAfter(({ Region0 }) => addAcl(Region0, { ...deny, ...entry }));
    expect(messages).toContainEqual(expect.stringMatching(message));
    expect(messages.every(text => text.startsWith('missing-flow') && text.includes('network ACL'))).toBe(true);
    expect(messages[0]).toMatch(/network ACL .*\/Acl does not let all .* subnet .*privateSubnet1Subnet/);
  });

  test.each([
    ['comes after the one that allows', { RuleNumber: 150, Egress: true, Protocol: -1 }],
    ['is for other addresses', { Egress: true, Protocol: -1, CidrBlock: '192.168.0.0/16' }],
    ['is for other ports', { Egress: false, PortRange: { From: 22, To: 22 } }],
    ['is for another protocol', { Egress: true, Protocol: 1 }],
    ['is for IPv6', { Egress: true, Protocol: -1, CidrBlock: undefined, Ipv6CidrBlock: '::/0' }],
  ])('an entry that denies and %s changes nothing', (_, entry) => {
    expect(reachabilityAfter(({ Region0 }) => addAcl(Region0, { ...deny, ...entry })).messages).toEqual([]);
  });

  test('reads ports that several entries allow together', () => {
    const { messages } = reachabilityAfter(({ Region0 }) => {
      const allow = { ...deny, RuleAction: 'allow', Egress: false };
      addAcl(
        Region0,
        { ...deny, RuleNumber: 60, Egress: false },
        { ...allow, RuleNumber: 50, PortRange: { From: 1, To: 30000 } },
        { ...allow, RuleNumber: 51, PortRange: { From: 30001, To: 45000 } },
        { ...allow, RuleNumber: 52, PortRange: { From: 45001, To: 65535 } },
      );
    });
    expect(messages).toEqual([]);
  });

  test('fails when one has no entries, because that denies all', () => {
    const { messages } = reachabilityAfter(({ Region0 }) => {
      addAcl(Region0);
      idsOf(Region0, ENTRY).forEach(id => delete Region0[id]);
    });
    expect(messages).toHaveLength(4);
  });

  test('lists no flow for what is denied everywhere', () => {
    const { flows } = reachabilityAfter(({ Region0 }) => {
      addResource(Region0, 'Entry', ENTRY, {
        ...deny,
        NetworkAclId: { 'Fn::GetAtt': [idOf(Region0, 'AWS::EC2::VPC'), 'DefaultNetworkAcl'] },
        Egress: false,
        PortRange: { From: 9200, To: 9200 },
      });
    });
    expect(flows).toEqual(EXPECTED_FLOWS.filter(({ toRegion, fromPort }) => toRegion === 1 || fromPort !== 9200));
  });

  test('fails when an entry does not tell its range', () => {
    const { messages } = reachabilityAfter(({ Region0 }) => addAcl(Region0, { ...deny, Egress: true, CidrBlock: { Ref: 'Parameter' } }));
    expect(messages).toContainEqual(expect.stringMatching(/^unreadable: .*network ACL entry .*AclEntry2/));
  });

  test('reads the range of its own VPC', () => {
    const { messages } = reachabilityAfter(({ Region0 }) => {
      addAcl(Region0, { ...deny, Egress: true, CidrBlock: { 'Fn::GetAtt': `${idOf(Region0, 'AWS::EC2::VPC')}.CidrBlock` } });
    });
    expect(messages).toEqual([]);
  });
});
