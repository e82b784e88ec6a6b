import {
  addResource,
  EXPECTED_FLOWS,
  idOf,
  ONE_WAY,
  propertiesOf,
  RANGES,
  reachabilityAfter,
  REGION_STACKS,
  type Resources,
} from '../support/changed-templates';

function addIngress(resources: Resources, properties: Record<string, unknown>): void {
  const { GroupId } = propertiesOf(resources, 'AWS::EC2::SecurityGroupIngress', 'TCP9200');
  addResource(resources, 'Extra', 'AWS::EC2::SecurityGroupIngress', { GroupId, CidrIp: RANGES[1], IpProtocol: 'tcp', ...properties });
}

describe.each(REGION_STACKS)('security groups of region %i', (region, network) => {
  const INGRESS = 'AWS::EC2::SecurityGroupIngress';
  const GROUP = 'AWS::EC2::SecurityGroup';
  const peerRange = RANGES[1 - region];

  test.each(['TCP9200', 'TCP26500', 'TCP26501', 'TCP26502', 'UDP26502'])('fails without the rule for %s', rule => {
    const { flows, messages } = reachabilityAfter(stacks => delete stacks[network][idOf(stacks[network], INGRESS, rule)]);
    expect(flows).toHaveLength(EXPECTED_FLOWS.length - 1);
    expect(messages).toHaveLength(3); // one for each node group
    const [, transport, port] = /^(TCP|UDP)(\d+)$/.exec(rule) ?? [];
    expect(messages[0]).toMatch(
      new RegExp(
        `^missing-flow: .*, ${transport} ${port} to nodes cannot cross: no rule of .*ClusterSecurityGroupId lets it from all of ${peerRange}`,
      ),
    );
  });

  test('fails without the rule of the DNS forwarder', () => {
    const { flows, messages } = reachabilityAfter(
      stacks => delete propertiesOf(stacks[network], GROUP, 'DnsForwarder').SecurityGroupIngress,
    );
    expect(flows).toHaveLength(EXPECTED_FLOWS.length - 1);
    expect(messages).toEqual([expect.stringMatching(/TCP 53 to dns-forwarder cannot cross: no rule of .*DnsForwarderSecurityGroup/)]);
  });

  test('fails when the load balancer of the DNS forwarder does not listen', () => {
    const { messages } = reachabilityAfter(
      stacks => delete stacks[network][idOf(stacks[network], 'AWS::ElasticLoadBalancingV2::Listener')],
    );
    expect(messages).toEqual([expect.stringMatching(/TCP 53 to dns-forwarder cannot cross: load balancer .* has no listener for it$/)]);
  });

  test('fails when the DNS forwarder is at other addresses', () => {
    const { messages } = reachabilityAfter(stacks => {
      delete propertiesOf(stacks[network], 'AWS::ElasticLoadBalancingV2::LoadBalancer').SubnetMappings;
    });
    expect(messages).toContainEqual(expect.stringContaining('no load balancer at the addresses of the DNS forwarder'));
  });

  test('fails when the DNS forwarder is at another address in one zone', () => {
    const { messages } = reachabilityAfter(stacks => {
      const balancer = propertiesOf(stacks[network], 'AWS::ElasticLoadBalancingV2::LoadBalancer');
      Object.assign((balancer.SubnetMappings as object[])[1], { PrivateIPv4Address: '10.192.240.27' });
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
    const { messages } = reachabilityAfter(stacks => addIngress(stacks[network], { CidrIp: peerRange, ...rule }));
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
    const { messages } = reachabilityAfter(stacks => addIngress(stacks[network], { CidrIp: peerRange, FromPort: 26500, ToPort: 26502 }));
    expect(messages).toEqual([]);
  });

  test('a rule for addresses of its own VPC, or of neither, does not concern the other region', () => {
    const { messages } = reachabilityAfter(stacks => addIngress(stacks[network], { CidrIp: RANGES[region], FromPort: 22, ToPort: 22 }));
    expect(messages).toEqual([]);
    expect(
      reachabilityAfter(stacks => addIngress(stacks[network], { CidrIp: '192.168.0.0/16', FromPort: 22, ToPort: 22 })).messages,
    ).toEqual([]);
  });

  test('a rule for subnets that have no way into the peering opens nothing', () => {
    const publicSubnet = peerRange.replace('0.0/16', '192.0/20');
    const { messages } = reachabilityAfter(stacks => addIngress(stacks[network], { CidrIp: publicSubnet, FromPort: 22, ToPort: 22 }));
    expect(messages).toEqual([]);
  });

  test.each(['10.0.0.0/8', '0.0.0.0/0'])('fails when a rule admits %s, even for the right port', range => {
    const { flows, messages } = reachabilityAfter(stacks => {
      propertiesOf(stacks[network], INGRESS, 'TCP26501').CidrIp = range;
    });
    expect(flows).toEqual(EXPECTED_FLOWS);
    expect(messages).toEqual([
      expect.stringMatching(
        new RegExp(`^wide-rule: rule .*TCP26501\\w+ of .* admits ${range}, more than the range ${peerRange} of region`),
      ),
    ]);
  });

  test('fails when the rule of the DNS forwarder admits more than the other region', () => {
    const { messages } = reachabilityAfter(stacks => {
      propertiesOf(stacks[network], GROUP, 'DnsForwarder').SecurityGroupIngress = [
        { CidrIp: '10.0.0.0/8', IpProtocol: 'tcp', FromPort: 53, ToPort: 53 },
      ];
    });
    expect(messages).toEqual([expect.stringMatching(/^wide-rule: rule .*DnsForwarderSecurityGroup\w+ of .* admits 10\.0\.0\.0\/8/)]);
  });

  test('fails when a rule admits only a part of the other region', () => {
    const { messages } = reachabilityAfter(stacks => {
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
    const { messages } = reachabilityAfter(stacks => addIngress(stacks[network], { FromPort: 443, ToPort: 443, ...source }));
    expect(messages).toContainEqual(expect.stringMatching(/^unreadable: rule .*\/Extra of/));
    expect(messages).toContainEqual(expect.stringMatching(/^unexpected-flow: .*TCP 443 to nodes .*\/Extra/));
  });

  test('fails when the rules of a group are decided at deployment', () => {
    const { messages } = reachabilityAfter(stacks => {
      propertiesOf(stacks[network], GROUP, 'ControlPlane').SecurityGroupIngress = { 'Fn::If': ['Open', [], []] };
    });
    expect(messages).toContainEqual(expect.stringMatching(/^unreadable: rule .*ControlPlaneSecurityGroup/));
  });

  describe('an extra group', () => {
    const EXTRA = { CidrIp: peerRange, IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080 };

    function addGroup(resources: Resources): { readonly 'Fn::GetAtt': readonly string[] } {
      addResource(resources, 'ExtraGroup', GROUP, { SecurityGroupIngress: [EXTRA], VpcId: { Ref: idOf(resources, 'AWS::EC2::VPC') } });
      return { 'Fn::GetAtt': ['ExtraGroup', 'GroupId'] };
    }

    const expectFlowTo = ({ flows, messages }: ReturnType<typeof reachabilityAfter>, target: string): void => {
      expect(flows).toContainEqual({ fromRegion: 1 - region, toRegion: region, target, transport: 'tcp', fromPort: 8080, toPort: 8080 });
      expect(messages).toContainEqual(
        expect.stringMatching(
          new RegExp(`^unexpected-flow: .*TCP 8080 to ${target} can cross .*rule .*/ExtraGroup of .*/ExtraGroup admits`),
        ),
      );
    };

    test('is seen when nothing in the templates has it', () => {
      expectFlowTo(
        reachabilityAfter(stacks => addGroup(stacks[network])),
        'ExtraGroup',
      );
    });

    test('is seen when a database has it', () => {
      const found = reachabilityAfter(stacks => {
        addResource(stacks[network], 'Database', 'AWS::RDS::DBInstance', { VPCSecurityGroups: [addGroup(stacks[network])] });
      });
      expectFlowTo(found, 'ExtraGroup');
      expect(found.flows.filter(flow => flow.fromPort === 8080)).toHaveLength(1);
    });

    test('is seen when the load balancer of the DNS forwarder has it', () => {
      const found = reachabilityAfter(stacks => {
        const balancer = propertiesOf(stacks[network], 'AWS::ElasticLoadBalancingV2::LoadBalancer');
        balancer.SecurityGroups = [...(balancer.SecurityGroups as unknown[]), addGroup(stacks[network])];
      });
      expectFlowTo(found, 'dns-forwarder');
      expect(found.flows.filter(flow => flow.fromPort === 8080)).toHaveLength(1);
    });

    test('is seen when the nodes have it, beside the group of the cluster', () => {
      const found = reachabilityAfter(stacks => {
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
      const found = reachabilityAfter(stacks => {
        const { ResourcesVpcConfig } = propertiesOf(stacks[network], 'AWS::EKS::Cluster') as {
          ResourcesVpcConfig: Record<string, unknown>;
        };
        ResourcesVpcConfig.SecurityGroupIds = [addGroup(stacks[network])];
      });
      expectFlowTo(found, 'ExtraGroup');
    });
  });

  test('fails when the nodes lose the group of the cluster', () => {
    const { messages } = reachabilityAfter(stacks => {
      const { LaunchTemplateData } = propertiesOf(stacks[network], 'AWS::EC2::LaunchTemplate') as {
        LaunchTemplateData: Record<string, unknown>;
      };
      LaunchTemplateData.NetworkInterfaces = [{ Groups: ['sg-1'] }];
    });
    expect(messages).toHaveLength(3);
    expect(messages[0]).toMatch(/TCP 9200 to nodes, .* cannot cross: no rule of sg-1 lets it from/);
  });

  test('fails when something else gets the group of the cluster, and with it all that is open for nodes', () => {
    const { messages } = reachabilityAfter(stacks => {
      const { GroupId } = propertiesOf(stacks[network], INGRESS, 'TCP9200');
      addResource(stacks[network], 'Database', 'AWS::RDS::DBInstance', { VPCSecurityGroups: [GroupId] });
    });
    expect(messages).toHaveLength(5);
    expect(messages[0]).toMatch(/TCP 9200 to Cluster\w+\.ClusterSecurityGroupId can cross and should not/);
  });

  test('fails when the load balancer of the DNS forwarder has no group at all', () => {
    const { messages } = reachabilityAfter(stacks => {
      delete propertiesOf(stacks[network], 'AWS::ElasticLoadBalancingV2::LoadBalancer').SecurityGroups;
    });
    expect(messages).toContainEqual(
      expect.stringMatching(/^unexpected-flow: .*all traffic to dns-forwarder can cross .*load balancer .* has no security group$/),
    );
  });

  test('fails when another network load balancer has no group', () => {
    const { messages } = reachabilityAfter(stacks =>
      addResource(stacks[network], 'Open', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { Type: 'network' }),
    );
    expect(messages).toEqual([expect.stringMatching(/all traffic to Open can cross and should not: load balancer .*\/Open has no/)]);
  });

  test('fails when the nodes may not ask', () => {
    const { messages } = reachabilityAfter(stacks => {
      const { LaunchTemplateData } = propertiesOf(stacks[network], 'AWS::EC2::LaunchTemplate') as {
        LaunchTemplateData: Record<string, unknown>;
      };
      addResource(stacks[network], 'Closed', GROUP, {
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
