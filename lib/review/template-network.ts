import { parseCidr, type Cidr } from '../../constructs/topology/cidr';
import type { RegionTopology } from '../../constructs/topology/topology';
import { networkAclOf, type NetworkAcl } from './network-acls';
import { routesOf, type Route } from './routes';
import { holdersOf, securityGroupsOf, type SecurityGroups } from './security-groups';
import { isObject, objectsOf, type StackResource, type Templates } from './template';
import { protocolOf, trafficOf, type Traffic } from './traffic';

/** A subnet with what decides about its traffic. */
export interface Subnet {
  readonly name: string;
  readonly range: Cidr;
  readonly routeTable?: string;
  readonly networkAcl: NetworkAcl;
}

/** Something that connections from the other region are meant for. */
export interface Endpoint {
  readonly name: string;
  readonly subnets: readonly Subnet[];
  readonly securityGroups: readonly string[];
  /** What it listens to. Undefined if only its pods know. */
  readonly listens?: readonly Traffic[];
}

/** The network of one region, as its templates describe it. */
export interface RegionNetwork {
  readonly regionId: number;
  readonly awsRegion: string;
  /** The VPC with the range of the topology. */
  readonly vpc?: string;
  readonly range: Cidr;
  readonly subnets: readonly Subnet[];
  readonly routes: readonly Route[];
  readonly securityGroups: SecurityGroups;
  /** One for each node group. */
  readonly nodes: readonly Endpoint[];
  /** The load balancer at the addresses that the other region's CoreDNS asks. */
  readonly forwarder?: Endpoint;
  /** Other load balancers without a security group, which is as good as one that admits everybody. */
  readonly unguarded: readonly string[];
}

/**
 *
 */
export function readNetwork(templates: Templates, region: RegionTopology): RegionNetwork {
  const { regionId, awsRegion, vpcCidr } = region;
  const vpc = templates.resources(awsRegion, 'AWS::EC2::VPC').find(({ properties }) => properties.CidrBlock === vpcCidr)?.name;
  const subnets = vpc === undefined ? [] : subnetsOf(templates, awsRegion, vpc);
  const balancers = templates
    .resources(awsRegion, 'AWS::ElasticLoadBalancingV2::LoadBalancer')
    .filter(({ properties }) => properties.Type === 'network');
  const forwarder = balancers.find(balancer => hasAddresses(balancer, region.forwarderAddresses));
  return {
    regionId,
    awsRegion,
    vpc,
    range: parseCidr(vpcCidr)!,
    subnets,
    routes: routesOf(templates, awsRegion),
    securityGroups: securityGroupsOf(templates, awsRegion),
    nodes: templates.resources(awsRegion, 'AWS::EKS::Nodegroup').map(group => nodesOf(templates, group, subnets)),
    forwarder: forwarder && balancerOf(templates, forwarder, subnets),
    unguarded: balancers
      .filter(({ name, properties }) => name !== forwarder?.name && properties.SecurityGroups === undefined)
      .map(({ name }) => name),
  };
}

/** Whether a group is the one that EKS makes for all nodes and pods of a cluster. */
export function isClusterSecurityGroup(group: string): boolean {
  return group.endsWith('.ClusterSecurityGroupId');
}

/** What has a security group, apart from nodes and the forwarder. */
export function otherHoldersOf(templates: Templates, network: RegionNetwork, group: string): string[] {
  return holdersOf(templates, network.awsRegion, group).filter(
    holder => holder !== network.forwarder?.name && !launchTemplatesOf(templates, network).includes(holder),
  );
}

function subnetsOf(templates: Templates, awsRegion: string, vpc: string): Subnet[] {
  const associations = templates.resources(awsRegion, 'AWS::EC2::SubnetRouteTableAssociation');
  return templates
    .resources(awsRegion, 'AWS::EC2::Subnet')
    .filter(({ properties, stack }) => templates.identify(properties.VpcId, stack) === vpc)
    .flatMap(({ name, properties }) => {
      const range = parseCidr(properties.CidrBlock);
      const association = associations.find(candidate => templates.identify(candidate.properties.SubnetId, candidate.stack) === name);
      const routeTable = association && templates.identify(association.properties.RouteTableId, association.stack);
      return range ? [{ name, range, routeTable, networkAcl: networkAclOf(templates, awsRegion, name, vpc) }] : [];
    });
}

function nodesOf(templates: Templates, { name, properties, stack }: StackResource, subnets: readonly Subnet[]): Endpoint {
  const own = templates.identifyAll(properties.Subnets, stack);
  const groups = launchTemplateGroups(templates, launchTemplateOf(templates, properties, stack));
  return {
    name,
    subnets: subnets.filter(subnet => own.includes(subnet.name)),
    // EKS adds the cluster's group only where the launch template names none.
    securityGroups: groups.length > 0 ? groups : [`${templates.identify(properties.ClusterName, stack)}.ClusterSecurityGroupId`],
  };
}

function launchTemplatesOf(templates: Templates, { awsRegion }: RegionNetwork): string[] {
  return templates
    .resources(awsRegion, 'AWS::EKS::Nodegroup')
    .flatMap(({ properties, stack }) => launchTemplateOf(templates, properties, stack) ?? []);
}

function launchTemplateOf(
  templates: Templates,
  { LaunchTemplate }: StackResource['properties'],
  stack: StackResource['stack'],
): string | undefined {
  return isObject(LaunchTemplate) ? templates.identify(LaunchTemplate.Id, stack) : undefined;
}

function launchTemplateGroups(templates: Templates, launchTemplate: string | undefined): string[] {
  const resource = templates.resources(undefined, 'AWS::EC2::LaunchTemplate').find(({ name }) => name === launchTemplate);
  const data = resource?.properties.LaunchTemplateData;
  if (!resource || !isObject(data)) return [];
  const interfaces = objectsOf(data.NetworkInterfaces).map(({ Groups }) => Groups);
  return [data.SecurityGroupIds, ...interfaces].flatMap(groups => templates.identifyAll(groups, resource.stack));
}

function hasAddresses({ properties }: StackResource, addresses: readonly string[]): boolean {
  const own = objectsOf(properties.SubnetMappings).map(({ PrivateIPv4Address }) => PrivateIPv4Address);
  return addresses.length > 0 && addresses.every(address => own.includes(address));
}

function balancerOf(templates: Templates, { name, properties, stack }: StackResource, subnets: readonly Subnet[]): Endpoint {
  const own = templates.identifyAll(
    objectsOf(properties.SubnetMappings).map(({ SubnetId }) => SubnetId),
    stack,
  );
  return {
    name,
    subnets: subnets.filter(subnet => own.includes(subnet.name)),
    securityGroups: templates.identifyAll(properties.SecurityGroups, stack),
    listens: templates
      .resources(stack.awsRegion, 'AWS::ElasticLoadBalancingV2::Listener')
      .filter(listener => templates.identify(listener.properties.LoadBalancerArn, listener.stack) === name)
      .flatMap(({ properties: { Protocol, Port } }) =>
        // A listener for both is called TCP_UDP.
        String(Protocol)
          .split('_')
          .map(protocol => trafficOf(protocolOf(protocol), { From: Port, To: Port })),
      ),
  };
}
