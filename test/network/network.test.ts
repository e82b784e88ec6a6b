import { type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { PeerIngress } from '../../constructs/network/peer-ingress';
import { PeeringRoutes } from '../../constructs/network/peering-routes';
import { RegionVpc } from '../../constructs/network/region-vpc';
import { VpcPeering } from '../../constructs/network/vpc-peering';
import { FLOWS, Transport } from '../../constructs/topology/plan/flows/flows';
import { peerPorts, type PeerPort } from '../../constructs/topology/plan/peer-ports';
import { subnetPlan, SubnetPurpose } from '../../constructs/topology/plan/subnets';
import { emptyStack, resourcesOf } from '../support/app';

const CIDR = '10.192.0.0/16';
const PEER = '10.202.0.0/16';

let stack: Stack;
beforeEach(() => {
  stack = emptyStack();
});

describe('RegionVpc', () => {
  const PLAN = subnetPlan(CIDR);
  const ZONES = ['eu-west-2a', 'eu-west-2b', 'eu-west-2c'];

  function network(overrides: { readonly subnets?: typeof PLAN } = {}): RegionVpc {
    return new RegionVpc(stack, 'Network', {
      cidr: CIDR,
      subnets: PLAN,
      availabilityZones: ZONES,
      logRetention: RetentionDays.ONE_WEEK,
      ...overrides,
    });
  }

  test('has exactly the subnets that the topology plans, in its zones', () => {
    network();
    const subnets = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::EC2::Subnet')).map(({ Properties }) => Properties);
    expect(
      subnets.map(({ CidrBlock, AvailabilityZone }) => ({ CidrBlock: String(CidrBlock), AvailabilityZone: String(AvailabilityZone) })),
    ).toEqual(PLAN.map(({ cidr, zone }) => ({ CidrBlock: cidr, AvailabilityZone: ZONES[zone] })));
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPC', { CidrBlock: CIDR, EnableDnsHostnames: true, EnableDnsSupport: true });
  });

  test('hands out private and forwarder subnets by zone', () => {
    const { privateSubnets, forwarderSubnets } = network();
    const planned = (purpose: SubnetPurpose): string[] => PLAN.filter(subnet => subnet.purpose === purpose).map(({ cidr }) => cidr);
    expect(privateSubnets.map(subnet => subnet.ipv4CidrBlock)).toEqual(planned(SubnetPurpose.PRIVATE));
    expect(forwarderSubnets.map(subnet => subnet.ipv4CidrBlock)).toEqual(planned(SubnetPurpose.FORWARDER));
  });

  test('gives no machine a public address', () => {
    network();
    Template.fromStack(stack).allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
  });

  test('has a NAT gateway in each zone, and leads only nodes there', () => {
    network();
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::NatGateway', 3);
    const defaultRoutes = Object.entries(resourcesOf(template, 'AWS::EC2::Route')).map(([id, { Properties }]) => [
      id,
      Object.keys(Properties),
    ]);
    expect(defaultRoutes.filter(([, keys]) => keys.includes('NatGatewayId')).map(([id]) => id)).toEqual(
      [1, 2, 3].map(zone => expect.stringContaining(`privateSubnet${zone}`) as string),
    );
    expect(defaultRoutes.filter(([id]) => id.includes('forwarder'))).toEqual([]);
  });

  test('leads from its private subnets to S3 without a NAT gateway', () => {
    network();
    const template = Template.fromStack(stack);
    const [{ Properties }, ...others] = Object.values(resourcesOf(template, 'AWS::EC2::VPCEndpoint'));
    expect(others).toEqual([]);
    expect(Properties).toMatchObject({ VpcEndpointType: 'Gateway' });
    expect(JSON.stringify(Properties.ServiceName)).toContain('.s3');
    expect(Properties.RouteTableIds).toEqual(
      [1, 2, 3].map(zone => ({ Ref: expect.stringMatching(`privateSubnet${zone}RouteTable`) as string })),
    );
  });

  test('logs what is refused, for as long as it is told', () => {
    network();
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'REJECT' });
    template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 7 }, DeletionPolicy: 'Delete' });
  });

  test('leaves the default security group without rules', () => {
    network();
    Template.fromStack(stack).resourceCountIs('Custom::VpcRestrictDefaultSG', 1);
  });

  test('cuts its range by itself, as the topology does', () => {
    const { forwarderAddresses: addresses } = network({ subnets: undefined });
    const ranges = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::EC2::Subnet')).map(({ Properties }) => Properties.CidrBlock);
    expect(ranges).toEqual(PLAN.map(({ cidr }) => cidr));
    expect(addresses).toEqual(['10.192.240.10', '10.192.240.26', '10.192.240.42']);
  });

  test('fails when the plan lacks a subnet', () => {
    expect(() => network({ subnets: PLAN.slice(1) })).toThrow('the subnet plan has no public subnet in zone 0');
  });

  test('can be changed through the VPC', () => {
    (network().vpc.node.defaultChild as ec2.CfnVPC).instanceTenancy = 'dedicated';
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPC', { InstanceTenancy: 'dedicated' });
  });
});

describe('VpcPeering', () => {
  const PROPS = { vpcId: 'vpc-00000000', peerVpcId: 'vpc-11111111', peerRegion: 'eu-west-3' };

  test('names both VPCs and the region of the one that accepts', () => {
    const { peeringConnectionId } = new VpcPeering(stack, 'Peering', PROPS);
    expect(stack.resolve(peeringConnectionId)).toEqual({ Ref: expect.stringMatching(/^Peering/) as string });
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPCPeeringConnection', {
      VpcId: 'vpc-00000000',
      PeerVpcId: 'vpc-11111111',
      PeerRegion: 'eu-west-3',
    });
  });

  test('can be changed through its resource', () => {
    (new VpcPeering(stack, 'Peering', PROPS).node.defaultChild as ec2.CfnVPCPeeringConnection).peerOwnerId = '123456789012';
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPCPeeringConnection', { PeerOwnerId: '123456789012' });
  });
});

describe('PeeringRoutes', () => {
  const PROPS = { routeTableIds: ['rtb-1', 'rtb-2'], peerCidr: PEER, peeringConnectionId: 'pcx-1' };

  test('defines one route for each route table', () => {
    new PeeringRoutes(stack, 'Routes', PROPS);
    const routes = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::EC2::Route')).map(({ Properties }) => Properties);
    expect(routes).toEqual(
      PROPS.routeTableIds.map(RouteTableId => ({ RouteTableId, DestinationCidrBlock: PEER, VpcPeeringConnectionId: 'pcx-1' })),
    );
  });

  test('can be changed through its routes', () => {
    new PeeringRoutes(stack, 'Routes', PROPS).routes[1].destinationCidrBlock = '10.202.0.0/18';
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::Route', { RouteTableId: 'rtb-2', DestinationCidrBlock: '10.202.0.0/18' });
  });
});

describe('PeerIngress', () => {
  const PROPS = { securityGroupId: 'sg-11111111', peerCidr: PEER, ports: peerPorts(FLOWS) };

  test('opens one port and protocol for each flow that crosses and is not for the DNS forwarder', () => {
    new PeerIngress(stack, 'PeerIngress', PROPS);
    const rules = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::EC2::SecurityGroupIngress')).map(
      ({ Properties }) => Properties,
    );
    expect(rules.map(({ IpProtocol, FromPort, ToPort }) => `${String(IpProtocol)} ${String(FromPort)}-${String(ToPort)}`).sort()).toEqual([
      'tcp 26500-26500',
      'tcp 26501-26501',
      'tcp 26502-26502',
      'tcp 9200-9200',
      'udp 26502-26502',
    ]);
    expect(rules.every(({ GroupId, CidrIp }) => GroupId === 'sg-11111111' && CidrIp === PEER)).toBe(true);
  });

  test('opens nothing for flows inside a region', () => {
    expect(new PeerIngress(stack, 'PeerIngress', { ...PROPS, ports: peerPorts(FLOWS.filter(flow => !flow.crossRegion)) }).rules).toEqual(
      [],
    );
  });

  test('says what each rule is for', () => {
    new PeerIngress(stack, 'PeerIngress', PROPS);
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 26502,
      IpProtocol: 'udp',
      Description: Match.stringLikeRegexp('gossip.*from the other region'),
    });
  });

  test('can be changed through its rules', () => {
    new PeerIngress(stack, 'PeerIngress', PROPS).rules[0].cidrIp = '10.202.0.0/18';
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 9200, CidrIp: '10.202.0.0/18' });
  });

  describe('for another system than Camunda', () => {
    const SQL: PeerPort = { server: 'cockroachdb', port: 26257, transport: Transport.TCP, purpose: 'SQL and replication' };
    const ingress = (...ports: PeerPort[]): PeerIngress => new PeerIngress(stack, 'PeerIngress', { ...PROPS, ports });

    test('opens its ports', () => {
      ingress(SQL, { ...SQL, port: 8080, purpose: 'console' });
      const rules = resourcesOf(Template.fromStack(stack), 'AWS::EC2::SecurityGroupIngress');
      expect(Object.values(rules).map(({ Properties: { FromPort, ToPort, Description } }) => [FromPort, ToPort, Description])).toEqual([
        [26257, 26257, 'SQL and replication, from the other region'],
        [8080, 8080, 'console, from the other region'],
      ]);
      expect(Object.keys(rules)[0]).toMatch(/^PeerIngressCockroachdbTCP26257/);
    });

    test.each<[string, Partial<PeerPort>, string]>([
      ['a port of 0', { port: 0 }, "'ports[1].port' must be a whole number from 1 to 65535, got 0"],
      ['a port that is too large', { port: 65_536 }, "'ports[1].port' must be a whole number"],
      ['a name with blanks', { port: 1, server: 'Cockroach DB' }, "'ports[1].server' must be lower-case letters, digits and hyphens"],
      ['a port that is open already', { server: 'other' }, "'ports[1].port' must not repeat 'ports[0]', got 26257"],
    ])('fails for %s', (_what, changes, message) => {
      expect(() => ingress(SQL, { ...SQL, ...changes })).toThrow(message);
    });

    test('may open a port for both protocols', () => {
      expect(ingress(SQL, { ...SQL, transport: Transport.UDP }).rules).toHaveLength(2);
    });
  });
});
