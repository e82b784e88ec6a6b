import type { Topology } from '../../constructs/topology/topology';
import { reachabilityOf, type Reachability } from '../../lib/review/reachability';
import type { StackTemplate } from '../../lib/review/template';
import { defaultDeployment, templatesOf } from '../support/deployment';

interface Resource {
  Type: string;
  // Tests change templates into shapes that no type would allow.
  Properties: Record<string, never>;
}

type Resources = Record<string, Resource>;
type StackName = 'Region0' | 'Region1' | 'Peering' | 'PeerRoutes';
type Stacks = Record<StackName, Resources>;

const STACKS: readonly StackName[] = ['Region0', 'Region1', 'Peering', 'PeerRoutes'];
const RANGES = ['10.192.0.0/16', '10.202.0.0/16'];

let topology: Topology;
let originals: StackTemplate[];

beforeAll(() => {
  const deployment = defaultDeployment();
  topology = deployment.construct.topology;
  originals = templatesOf(deployment, ...STACKS);
});

/** What is found after a change to a copy of the templates. */
function after(change: (stacks: Stacks, templates: readonly StackTemplate[]) => void): Reachability & { readonly messages: string[] } {
  const copies = structuredClone(originals);
  change(Object.fromEntries(copies.map(({ template }, index) => [STACKS[index], template.Resources])) as unknown as Stacks, copies);
  const reachability = reachabilityOf(topology, copies);
  return { ...reachability, messages: reachability.findings.map(({ rule, message }) => `${rule}: ${message}`) };
}

function idsOf(resources: Resources, type: string, part = ''): string[] {
  return Object.keys(resources).filter(id => resources[id].Type === type && id.includes(part));
}

function idOf(resources: Resources, type: string, part = ''): string {
  const [id] = idsOf(resources, type, part);
  if (id === undefined) throw new Error(`no ${type} with ${part}`);
  return id;
}

function propertiesOf(resources: Resources, type: string, part = ''): Record<string, unknown> {
  return resources[idOf(resources, type, part)].Properties;
}

function add(resources: Resources, id: string, type: string, properties: Record<string, unknown>): void {
  resources[id] = { Type: type, Properties: properties as Record<string, never> };
}

function addIngress(resources: Resources, properties: Record<string, unknown>): void {
  const { GroupId } = propertiesOf(resources, 'AWS::EC2::SecurityGroupIngress', 'TCP9200');
  add(resources, 'Extra', 'AWS::EC2::SecurityGroupIngress', { GroupId, CidrIp: RANGES[1], IpProtocol: 'tcp', ...properties });
}

const ROUTE = 'AWS::EC2::Route';
const REGION_STACKS: readonly (readonly [number, StackName, StackName])[] = [
  [0, 'Region0', 'Peering'],
  [1, 'Region1', 'PeerRoutes'],
];
const ONE_WAY = [
  { target: 'dns-forwarder', transport: 'tcp', fromPort: 53, toPort: 53 },
  ...[9200, 26500, 26501, 26502].map(port => ({ target: 'nodes', transport: 'tcp', fromPort: port, toPort: port })),
  { target: 'nodes', transport: 'udp', fromPort: 26502, toPort: 26502 },
];
const EXPECTED = [
  ...ONE_WAY.map(flow => ({ fromRegion: 0, toRegion: 1, ...flow })),
  ...ONE_WAY.map(flow => ({ fromRegion: 1, toRegion: 0, ...flow })),
];

test('exactly the flows that Camunda needs can cross, in both directions', () => {
  const { flows, findings } = after(() => undefined);
  expect(findings).toEqual([]);
  expect(flows).toEqual(EXPECTED);
});

test('the stacks with the manifests change nothing', () => {
  const deployment = defaultDeployment();
  expect(reachabilityOf(deployment.construct.topology, templatesOf(deployment))).toEqual({ flows: EXPECTED, findings: [] });
});

describe('peering connection', () => {
  const PEERING = 'AWS::EC2::VPCPeeringConnection';

  test('fails without it', () => {
    const { flows, messages } = after(({ Peering }) => delete Peering[idOf(Peering, PEERING)]);
    expect(flows).toEqual([]);
    expect(messages).toEqual(['peering: there is no peering connection']);
  });

  test.each([
    ['no region', undefined],
    ['eu-west-2', 'eu-west-2'],
  ])('fails when it names %s as the region of its peer', (text, region) => {
    const { flows, messages } = after(({ Peering }) => {
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
    const { flows, messages } = after(({ Peering }) => {
      const properties = propertiesOf(Peering, PEERING);
      properties.PeerVpcId = properties.VpcId;
    });
    expect(flows).toEqual([]);
    expect(messages).toEqual([expect.stringContaining('does not connect the VPCs of both regions')]);
  });

  test('fails when it refers to an output that nobody has', () => {
    const { messages } = after(({ Peering }) => {
      propertiesOf(Peering, PEERING).VpcId = { 'Fn::GetStackOutput': { StackName: 'camunda-Region0', OutputName: 'Missing' } };
    });
    expect(messages).toEqual([expect.stringContaining('does not connect the VPCs of both regions')]);
  });

  test('fails when a VPC has another range than the topology', () => {
    const { messages } = after(({ Region1 }) => {
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
    const { flows, messages } = after(stacks => delete stacks[routes][idOf(stacks[routes], ROUTE, privateRoute)]);
    expect(flows).toEqual(EXPECTED); // from the other zones
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
    const { messages } = after(stacks => delete stacks[routes][idOf(stacks[routes], ROUTE, forwarderRoute)]);
    expect(messages).toEqual([
      expect.stringMatching(
        new RegExp(
          `^missing-flow: from ${peer}.* to ${own}.*, TCP 53 to dns-forwarder cannot cross: .*no way back: .*forwarderSubnet2RouteTable`,
        ),
      ),
    ]);
  });

  test('lists no flow when none of the routes is left', () => {
    const { flows, messages } = after(stacks => idsOf(stacks[routes], ROUTE).forEach(id => delete stacks[routes][id]));
    expect(flows).toEqual([]);
    expect(messages).toHaveLength(9); // a way of each private table, and a way back of each of the six
  });

  test('fails when a route leads elsewhere', () => {
    const { messages } = after(stacks => {
      const properties = propertiesOf(stacks[routes], ROUTE, privateRoute);
      delete properties.VpcPeeringConnectionId;
      properties.NatGatewayId = 'nat-1';
    });
    expect(messages).toHaveLength(2);
    expect(messages[0]).toContain('privateSubnet2RouteTable');
  });

  test('fails when a route leads to another peering', () => {
    const { messages } = after(stacks => {
      propertiesOf(stacks[routes], ROUTE, privateRoute).VpcPeeringConnectionId = 'pcx-other';
    });
    expect(messages).toContainEqual(expect.stringMatching(/^unexpected-route: route .*Route2\w+ leads to pcx-other/));
    expect(messages).toContainEqual(expect.stringMatching(/^missing-flow: .*privateSubnet2RouteTable/));
  });

  test('fails when a more specific route takes a part of the range elsewhere', () => {
    const { messages } = after(stacks => {
      const { RouteTableId } = propertiesOf(stacks[network], ROUTE, 'privateSubnet1');
      add(stacks[network], 'Detour', ROUTE, {
        RouteTableId,
        DestinationCidrBlock: RANGES[1 - region].replace('0.0/16', '7.0/24'),
        TransitGatewayId: 'tgw-1',
      });
    });
    expect(messages).toContainEqual(expect.stringMatching(/privateSubnet1RouteTable\w+ .* does not always lead to/));
  });

  test('fails when a route covers only a part of the range', () => {
    const { messages } = after(stacks => {
      propertiesOf(stacks[routes], ROUTE, privateRoute).DestinationCidrBlock = RANGES[1 - region].replace('/16', '/18');
    });
    expect(messages).toContainEqual(expect.stringMatching(/missing-flow: .*privateSubnet2RouteTable/));
  });

  test('fails when a route over the peering is for more than the other VPC', () => {
    const { messages } = after(stacks => {
      propertiesOf(stacks[routes], ROUTE, privateRoute).DestinationCidrBlock = '10.0.0.0/8';
    });
    expect(messages).toEqual([
      expect.stringMatching(/^wide-route: route .*Route2\w+ leads 10\.0\.0\.0\/8 over the peering, more than the range/),
    ]);
  });

  test('fails when a route does not tell its range', () => {
    const { messages } = after(stacks => {
      propertiesOf(stacks[routes], ROUTE, privateRoute).DestinationCidrBlock = { Ref: 'Parameter' };
    });
    expect(messages).toContainEqual(expect.stringMatching(/^unreadable: route .*Route2\w+ leads {"Ref":"Parameter"} over the peering/));
  });

  test('fails when the public subnets get a route over the peering', () => {
    const { messages } = after((stacks, templates) => {
      const { stackName, awsRegion, template } = templates[STACKS.indexOf(network)];
      const table = { Ref: idOf(stacks[network], 'AWS::EC2::RouteTable', 'publicSubnet1') };
      const RouteTableId = { 'Fn::GetStackOutput': { StackName: stackName, Region: awsRegion, OutputName: 'PublicTable' } };
      Object.assign(template.Outputs ?? {}, { PublicTable: { Value: table } });
      add(stacks[routes], 'Extra', ROUTE, { ...propertiesOf(stacks[routes], ROUTE, privateRoute), RouteTableId });
    });
    expect(messages).toEqual([
      expect.stringMatching(
        /^unexpected-route: route .*\/Extra opens the peering to route table .*NetworkpublicSubnet1RouteTable\w+, where/,
      ),
    ]);
  });

  test('fails when a private subnet loses its route table', () => {
    const { messages } = after(
      stacks => delete stacks[network][idOf(stacks[network], 'AWS::EC2::SubnetRouteTableAssociation', 'privateSubnet3')],
    );
    expect(messages).toContainEqual(expect.stringMatching(/subnet .*privateSubnet3Subnet\w+ has no route table that leads to/));
  });
});

describe.each(REGION_STACKS)('security groups of region %i', (region, network) => {
  const INGRESS = 'AWS::EC2::SecurityGroupIngress';
  const GROUP = 'AWS::EC2::SecurityGroup';
  const peerRange = RANGES[1 - region];

  test.each(['TCP9200', 'TCP26500', 'TCP26501', 'TCP26502', 'UDP26502'])('fails without the rule for %s', rule => {
    const { flows, messages } = after(stacks => delete stacks[network][idOf(stacks[network], INGRESS, rule)]);
    expect(flows).toHaveLength(EXPECTED.length - 1);
    expect(messages).toHaveLength(3); // one for each node group
    const [, transport, port] = /^(TCP|UDP)(\d+)$/.exec(rule) ?? [];
    expect(messages[0]).toMatch(
      new RegExp(
        `^missing-flow: .*, ${transport} ${port} to nodes cannot cross: no rule of .*ClusterSecurityGroupId lets it from all of ${peerRange}`,
      ),
    );
  });

  test('fails without the rule of the DNS forwarder', () => {
    const { flows, messages } = after(stacks => delete propertiesOf(stacks[network], GROUP, 'DnsForwarder').SecurityGroupIngress);
    expect(flows).toHaveLength(EXPECTED.length - 1);
    expect(messages).toEqual([expect.stringMatching(/TCP 53 to dns-forwarder cannot cross: no rule of .*DnsForwarderSecurityGroup/)]);
  });

  test('fails when the load balancer of the DNS forwarder does not listen', () => {
    const { messages } = after(stacks => delete stacks[network][idOf(stacks[network], 'AWS::ElasticLoadBalancingV2::Listener')]);
    expect(messages).toEqual([expect.stringMatching(/TCP 53 to dns-forwarder cannot cross: load balancer .* has no listener for it$/)]);
  });

  test('fails when the DNS forwarder is at other addresses', () => {
    const { messages } = after(stacks => {
      delete propertiesOf(stacks[network], 'AWS::ElasticLoadBalancingV2::LoadBalancer').SubnetMappings;
    });
    expect(messages).toContainEqual(expect.stringContaining('no load balancer at the addresses of the DNS forwarder'));
  });

  test.each([
    ['another port', { FromPort: 9600, ToPort: 9600 }, 'TCP 9600'],
    ['all ports of TCP', {}, 'TCP 0-65535'],
    ['all ports of TCP by -1', { FromPort: -1, ToPort: -1 }, 'TCP 0-65535'],
    ['a range with more than the ports that are needed', { FromPort: 26500, ToPort: 26503 }, 'TCP 26500-26503'],
    ['another protocol', { IpProtocol: 'udp', FromPort: 26501, ToPort: 26501 }, 'UDP 26501'],
    ['another protocol by number', { IpProtocol: '17', FromPort: 53, ToPort: 53 }, 'UDP 53'],
    ['all protocols', { IpProtocol: '-1' }, 'all traffic'],
    ['all protocols by number', { IpProtocol: -1 }, 'all traffic'],
    ['ICMP', { IpProtocol: 'icmp', FromPort: 8, ToPort: -1 }, 'ICMP 8-65535'],
    ['the port of something else', { FromPort: 53, ToPort: 53 }, 'TCP 53'],
  ])('fails with a rule for %s', (_, rule, text) => {
    const { messages } = after(stacks => addIngress(stacks[network], { CidrIp: peerRange, ...rule }));
    expect(messages).toEqual([
      expect.stringMatching(
        new RegExp(
          `^unexpected-flow: from region ${1 - region} .*, ${text} to nodes can cross and should not: ` +
            `rule .*/Extra of security group .*ClusterSecurityGroupId admits ${peerRange}$`,
        ),
      ),
    ]);
  });

  test('a range of just the needed ports opens nothing more', () => {
    const { messages } = after(stacks => addIngress(stacks[network], { CidrIp: peerRange, FromPort: 26500, ToPort: 26502 }));
    expect(messages).toEqual([]);
  });

  test('a rule for addresses of its own VPC, or of neither, does not concern the other region', () => {
    const { messages } = after(stacks => addIngress(stacks[network], { CidrIp: RANGES[region], FromPort: 22, ToPort: 22 }));
    expect(messages).toEqual([]);
    expect(after(stacks => addIngress(stacks[network], { CidrIp: '192.168.0.0/16', FromPort: 22, ToPort: 22 })).messages).toEqual([]);
  });

  test.each(['10.0.0.0/8', '0.0.0.0/0'])('fails when a rule admits %s, even for the right port', range => {
    const { flows, messages } = after(stacks => {
      propertiesOf(stacks[network], INGRESS, 'TCP26501').CidrIp = range;
    });
    expect(flows).toEqual(EXPECTED);
    expect(messages).toEqual([
      expect.stringMatching(
        new RegExp(`^wide-rule: rule .*TCP26501\\w+ of .* admits ${range}, more than the range ${peerRange} of region`),
      ),
    ]);
  });

  test('fails when the rule of the DNS forwarder admits more than the other region', () => {
    const { messages } = after(stacks => {
      propertiesOf(stacks[network], GROUP, 'DnsForwarder').SecurityGroupIngress = [
        { CidrIp: '10.0.0.0/8', IpProtocol: 'tcp', FromPort: 53, ToPort: 53 },
      ];
    });
    expect(messages).toEqual([expect.stringMatching(/^wide-rule: rule .*DnsForwarderSecurityGroup\w+ of .* admits 10\.0\.0\.0\/8/)]);
  });

  test('fails when a rule admits only a part of the other region', () => {
    const { messages } = after(stacks => {
      propertiesOf(stacks[network], INGRESS, 'TCP26501').CidrIp = peerRange.replace('/16', '/18');
    });
    expect(messages).toContainEqual(expect.stringMatching(/^missing-flow: .*TCP 26501 to nodes cannot cross: no rule/));
  });

  test.each([
    ['IPv6 addresses', { CidrIp: undefined, CidrIpv6: '::/0' }],
    ['a prefix list', { CidrIp: undefined, SourcePrefixListId: 'pl-1' }],
    ['a range that is known only at deployment', { CidrIp: { Ref: 'Parameter' } }],
    ['nothing that is known', { CidrIp: undefined, Surprise: true }],
  ])('fails when a rule admits %s', (_, source) => {
    const { messages } = after(stacks => addIngress(stacks[network], { FromPort: 443, ToPort: 443, ...source }));
    expect(messages).toContainEqual(expect.stringMatching(/^unreadable: rule .*\/Extra of/));
    expect(messages).toContainEqual(expect.stringMatching(/^unexpected-flow: .*TCP 443 to nodes .*\/Extra/));
  });

  test('fails when the rules of a group are decided at deployment', () => {
    const { messages } = after(stacks => {
      propertiesOf(stacks[network], GROUP, 'ControlPlane').SecurityGroupIngress = { 'Fn::If': ['Open', [], []] };
    });
    expect(messages).toContainEqual(expect.stringMatching(/^unreadable: rule .*ControlPlaneSecurityGroup/));
  });

  describe('an extra group', () => {
    const EXTRA = { CidrIp: peerRange, IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080 };

    function addGroup(resources: Resources): { readonly 'Fn::GetAtt': readonly string[] } {
      add(resources, 'ExtraGroup', GROUP, { SecurityGroupIngress: [EXTRA], VpcId: { Ref: idOf(resources, 'AWS::EC2::VPC') } });
      return { 'Fn::GetAtt': ['ExtraGroup', 'GroupId'] };
    }

    const expectFlowTo = ({ flows, messages }: ReturnType<typeof after>, target: string): void => {
      expect(flows).toContainEqual({ fromRegion: 1 - region, toRegion: region, target, transport: 'tcp', fromPort: 8080, toPort: 8080 });
      expect(messages).toContainEqual(
        expect.stringMatching(
          new RegExp(`^unexpected-flow: .*TCP 8080 to ${target} can cross .*rule .*/ExtraGroup of .*/ExtraGroup admits`),
        ),
      );
    };

    test('is seen when nothing in the templates has it', () => {
      expectFlowTo(
        after(stacks => addGroup(stacks[network])),
        'ExtraGroup',
      );
    });

    test('is seen when a database has it', () => {
      const found = after(stacks => {
        add(stacks[network], 'Database', 'AWS::RDS::DBInstance', { VPCSecurityGroups: [addGroup(stacks[network])] });
      });
      expectFlowTo(found, 'ExtraGroup');
      expect(found.flows.filter(flow => flow.fromPort === 8080)).toHaveLength(1);
    });

    test('is seen when the load balancer of the DNS forwarder has it', () => {
      const found = after(stacks => {
        const balancer = propertiesOf(stacks[network], 'AWS::ElasticLoadBalancingV2::LoadBalancer');
        balancer.SecurityGroups = [...(balancer.SecurityGroups as unknown[]), addGroup(stacks[network])];
      });
      expectFlowTo(found, 'dns-forwarder');
      expect(found.flows.filter(flow => flow.fromPort === 8080)).toHaveLength(1);
    });

    test('is seen when the nodes have it, beside the group of the cluster', () => {
      const found = after(stacks => {
        const { LaunchTemplateData } = propertiesOf(stacks[network], 'AWS::EC2::LaunchTemplate') as {
          LaunchTemplateData: Record<string, unknown>;
        };
        const { GroupId } = propertiesOf(stacks[network], INGRESS, 'TCP9200');
        LaunchTemplateData.SecurityGroupIds = [GroupId, addGroup(stacks[network])];
      });
      expectFlowTo(found, 'nodes');
      expect(found.messages).toHaveLength(1);
    });

    test('is seen when the control plane has it', () => {
      const found = after(stacks => {
        const { ResourcesVpcConfig } = propertiesOf(stacks[network], 'AWS::EKS::Cluster') as {
          ResourcesVpcConfig: Record<string, unknown>;
        };
        ResourcesVpcConfig.SecurityGroupIds = [addGroup(stacks[network])];
      });
      expectFlowTo(found, 'ExtraGroup');
    });
  });

  test('fails when the nodes lose the group of the cluster', () => {
    const { messages } = after(stacks => {
      const { LaunchTemplateData } = propertiesOf(stacks[network], 'AWS::EC2::LaunchTemplate') as {
        LaunchTemplateData: Record<string, unknown>;
      };
      LaunchTemplateData.NetworkInterfaces = [{ Groups: ['sg-1'] }];
    });
    expect(messages).toHaveLength(3);
    expect(messages[0]).toMatch(/TCP 9200 to nodes, .* cannot cross: no rule of sg-1 lets it from/);
  });

  test('fails when something else gets the group of the cluster, and with it all that is open for nodes', () => {
    const { messages } = after(stacks => {
      const { GroupId } = propertiesOf(stacks[network], INGRESS, 'TCP9200');
      add(stacks[network], 'Database', 'AWS::RDS::DBInstance', { VPCSecurityGroups: [GroupId] });
    });
    expect(messages).toHaveLength(5);
    expect(messages[0]).toMatch(/TCP 9200 to Cluster\w+\.ClusterSecurityGroupId can cross and should not/);
  });

  test('fails when the load balancer of the DNS forwarder has no group at all', () => {
    const { messages } = after(stacks => {
      delete propertiesOf(stacks[network], 'AWS::ElasticLoadBalancingV2::LoadBalancer').SecurityGroups;
    });
    expect(messages).toContainEqual(
      expect.stringMatching(/^unexpected-flow: .*all traffic to dns-forwarder can cross .*load balancer .* has no security group$/),
    );
  });

  test('fails when another network load balancer has no group', () => {
    const { messages } = after(stacks => add(stacks[network], 'Open', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { Type: 'network' }));
    expect(messages).toEqual([expect.stringMatching(/all traffic to Open can cross and should not: load balancer .*\/Open has no/)]);
  });

  test('fails when the nodes may not ask', () => {
    const { messages } = after(stacks => {
      const { LaunchTemplateData } = propertiesOf(stacks[network], 'AWS::EC2::LaunchTemplate') as {
        LaunchTemplateData: Record<string, unknown>;
      };
      add(stacks[network], 'Closed', GROUP, {
        SecurityGroupIngress: ONE_WAY.slice(1).map(({ transport, fromPort, toPort }) => ({
          CidrIp: peerRange,
          IpProtocol: transport,
          FromPort: fromPort,
          ToPort: toPort,
        })),
        SecurityGroupEgress: [
          { CidrIp: peerRange, IpProtocol: 'tcp', FromPort: 0, ToPort: 26501 },
          { DestinationSecurityGroupId: 'sg-1', IpProtocol: '-1' },
        ],
      });
      LaunchTemplateData.SecurityGroupIds = [{ Ref: 'Closed' }];
    });
    expect(messages).toHaveLength(3); // one for each node group
    expect(messages[0]).toMatch(/TCP 26502 to nodes, UDP 26502 to nodes cannot cross: no rule of .*\/Closed lets it out of/);
  });
});

describe('network ACLs', () => {
  const ENTRY = 'AWS::EC2::NetworkAclEntry';

  /** An ACL of the first private subnet of region 0 that allows all, and then some entries. */
  function addAcl(resources: Resources, ...entries: readonly Record<string, unknown>[]): void {
    add(resources, 'Acl', 'AWS::EC2::NetworkAcl', { VpcId: { Ref: idOf(resources, 'AWS::EC2::VPC') } });
    add(resources, 'AclAssociation', 'AWS::EC2::SubnetNetworkAclAssociation', {
      NetworkAclId: { Ref: 'Acl' },
      SubnetId: { Ref: idOf(resources, 'AWS::EC2::Subnet', 'privateSubnet1') },
    });
    const all = { RuleNumber: 100, RuleAction: 'allow', Protocol: -1, CidrBlock: '0.0.0.0/0' };
    [{ ...all, Egress: true }, { ...all, Egress: false }, ...entries].forEach((entry, index) =>
      add(resources, `AclEntry${index}`, ENTRY, { NetworkAclId: { Ref: 'Acl' }, ...entry }),
    );
  }

  const deny = { RuleNumber: 50, RuleAction: 'deny', Protocol: 6, CidrBlock: RANGES[1] };

  test('one that allows all changes nothing', () => {
    const { flows, messages } = after(({ Region0 }) => addAcl(Region0));
    expect(messages).toEqual([]);
    expect(flows).toEqual(EXPECTED);
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
    const { messages } = after(({ Region0 }) => addAcl(Region0, { ...deny, ...entry }));
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
    expect(after(({ Region0 }) => addAcl(Region0, { ...deny, ...entry })).messages).toEqual([]);
  });

  test('fails when one has no entries, because that denies all', () => {
    const { messages } = after(({ Region0 }) => {
      addAcl(Region0);
      idsOf(Region0, ENTRY).forEach(id => delete Region0[id]);
    });
    expect(messages).toHaveLength(4);
  });

  test('lists no flow for what is denied everywhere', () => {
    const { flows } = after(({ Region0 }) => {
      add(Region0, 'Entry', ENTRY, {
        ...deny,
        NetworkAclId: { 'Fn::GetAtt': [idOf(Region0, 'AWS::EC2::VPC'), 'DefaultNetworkAcl'] },
        Egress: false,
        PortRange: { From: 9200, To: 9200 },
      });
    });
    expect(flows).toEqual(EXPECTED.filter(({ toRegion, fromPort }) => toRegion === 1 || fromPort !== 9200));
  });

  test('fails when an entry does not tell its range', () => {
    const { messages } = after(({ Region0 }) => addAcl(Region0, { ...deny, Egress: true, CidrBlock: { Ref: 'Parameter' } }));
    expect(messages).toContainEqual(expect.stringMatching(/^unreadable: .*network ACL entry .*AclEntry2/));
  });

  test('reads the range of its own VPC', () => {
    const { messages } = after(({ Region0 }) => {
      addAcl(Region0, { ...deny, Egress: true, CidrBlock: { 'Fn::GetAtt': `${idOf(Region0, 'AWS::EC2::VPC')}.CidrBlock` } });
    });
    expect(messages).toEqual([]);
  });
});
