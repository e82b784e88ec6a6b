import { parseCidr, type Cidr } from '../../constructs/topology/plan/cidr';
import { forwarderCidrs } from '../../constructs/topology/plan/network-plan';
import type { ExistingVpcSettings } from '../../constructs/topology/settings/region/existing-vpc';
import type { RegionTopology } from '../../constructs/topology/topology';
import { networkAclOf, unseenNetworkAcl, type NetworkAcl } from './network-acls';
import { routesOf, type Route } from './routes';
import { holdersOf, securityGroupsOf, type SecurityGroups } from './security-groups';
import {
  isObject,
  listOf,
  objectsOf,
  textOf,
  type StackResource,
  type StackTemplate,
  type TemplateProperties,
  type Templates,
  type TemplateValue,
} from './template';
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
  /** Whether these are all of its subnets. If not, the templates do not tell the others. */
  readonly allSubnets: boolean;
  readonly securityGroups: readonly string[];
  /** What it listens to. Undefined if only its pods know. */
  readonly listens?: readonly Traffic[];
}

/** The network of one region, as its templates describe it. */
export interface RegionNetwork {
  readonly regionId: number;
  readonly awsRegion: string;
  /** The VPC that exists already, or the one in the templates with the range of the topology. */
  readonly vpc?: string;
  /** Where nodes and pods are. */
  readonly range: Cidr;
  /** That, and ranges in which the DNS forwarder is. */
  readonly ranges: readonly Cidr[];
  readonly subnets: readonly Subnet[];
  /** Subnets whose range the templates do not tell. */
  readonly unreadableSubnets: readonly string[];
  readonly routes: readonly Route[];
  readonly securityGroups: SecurityGroups;
  /** One for each node group. */
  readonly nodes: readonly Endpoint[];
  /** The load balancer at the addresses that the other region's CoreDNS asks. */
  readonly forwarder?: Endpoint;
  /** Load balancers that users come through. Who may use them is not a matter of the other region. */
  readonly entrances: readonly Endpoint[];
  /** Other load balancers without a security group, which is as good as one that admits everybody. */
  readonly unguarded: readonly string[];
}

/** Reads the network of a region. */
export function readNetwork(templates: Templates, region: RegionTopology): RegionNetwork {
  const { regionId, awsRegion, vpcCidr, existingVpc } = region;
  const placed = existingVpc ? existingPlaces(existingVpc) : plannedPlaces(templates, region);
  const { subnets } = placed;
  const all = templates.resources(awsRegion, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  const balancers = all.filter(({ properties }) => properties.Type === 'network');
  const forwarder = balancers.find(balancer => hasAddresses(balancer, region.forwarderAddresses));
  return {
    regionId,
    awsRegion,
    ...placed,
    range: parseCidr(vpcCidr)!,
    ranges: [vpcCidr, ...forwarderCidrs(region)].flatMap(text => parseCidr(text) ?? []),
    routes: routesOf(templates, awsRegion),
    securityGroups: securityGroupsOf(templates, awsRegion),
    nodes: templates.resources(awsRegion, 'AWS::EKS::Nodegroup').map(group => nodesOf(templates, group, subnets)),
    forwarder: forwarder && balancerOf(templates, forwarder, subnets),
    entrances: all.filter(({ name }) => name.includes(`-Traffic${regionId}/`)).map(balancer => balancerOf(templates, balancer, subnets)),
    unguarded: balancers
      .filter(({ name, properties }) => name !== forwarder?.name && properties.SecurityGroups === undefined)
      .map(({ name }) => name),
  };
}

type Places = Pick<RegionNetwork, 'vpc' | 'subnets' | 'unreadableSubnets'>;

/** What the settings say of a VPC that exists already: it is in no template. */
function existingPlaces({ vpcId, privateSubnets, forwarderSubnets, loadBalancerSubnets = [] }: ExistingVpcSettings): Places {
  const subnets = [...privateSubnets, ...forwarderSubnets, ...loadBalancerSubnets].map(({ subnetId, cidr, routeTableId }) => ({
    name: subnetId,
    range: parseCidr(cidr)!,
    routeTable: routeTableId,
    networkAcl: unseenNetworkAcl(subnetId),
  }));
  return { vpc: vpcId, subnets, unreadableSubnets: [] };
}

function plannedPlaces(templates: Templates, { awsRegion, vpcCidr }: RegionTopology): Places {
  const vpc = templates.resources(awsRegion, 'AWS::EC2::VPC').find(({ properties }) => properties.CidrBlock === vpcCidr)?.name;
  const inVpc = templates
    .resources(awsRegion, 'AWS::EC2::Subnet')
    .filter(({ properties, stack }) => vpc !== undefined && templates.identify(properties.VpcId, stack) === vpc);
  const subnets = inVpc.flatMap(subnet => subnetOf(templates, subnet, `${vpc}`));
  return {
    vpc,
    subnets,
    unreadableSubnets: inVpc.map(({ name }) => name).filter(name => !subnets.some(subnet => subnet.name === name)),
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

/** The load balancers that users come through, where nothing else has the group. */
export function entrancesWith(templates: Templates, network: RegionNetwork, group: string): Endpoint[] {
  const entrances = network.entrances.filter(({ securityGroups }) => securityGroups.includes(group));
  const others = otherHoldersOf(templates, network, group).filter(holder => !entrances.some(({ name }) => name === holder));
  return others.length > 0 ? [] : entrances;
}

function subnetOf(templates: Templates, { name, properties, stack }: StackResource, vpc: string): Subnet[] {
  const range = parseCidr(properties.CidrBlock);
  const association = templates
    .resources(stack.awsRegion, 'AWS::EC2::SubnetRouteTableAssociation')
    .find(candidate => templates.identify(candidate.properties.SubnetId, candidate.stack) === name);
  const routeTable = association && templates.identify(association.properties.RouteTableId, association.stack);
  return range ? [{ name, range, routeTable, networkAcl: networkAclOf(templates, stack.awsRegion, name, vpc) }] : [];
}

function nodesOf(templates: Templates, { name, properties, stack }: StackResource, subnets: readonly Subnet[]): Endpoint {
  const groups = launchTemplateGroups(templates, launchTemplateOf(templates, properties, stack));
  return {
    name,
    ...placement(templates, properties.Subnets, stack, subnets),
    // EKS adds the cluster's group only where the launch template names none.
    securityGroups: groups.length > 0 ? groups : [`${templates.identify(properties.ClusterName, stack)}.ClusterSecurityGroupId`],
  };
}

/** Those of the known subnets that a list names. */
function placement(
  templates: Templates,
  list: TemplateValue | undefined,
  stack: StackTemplate,
  subnets: readonly Subnet[],
): Pick<Endpoint, 'subnets' | 'allSubnets'> {
  const own = templates.identifyAll(list, stack);
  const known = subnets.filter(subnet => own.includes(subnet.name));
  return { subnets: known, allSubnets: known.length > 0 && known.length === listOf(list).length };
}

function launchTemplatesOf(templates: Templates, { awsRegion }: RegionNetwork): string[] {
  return templates
    .resources(awsRegion, 'AWS::EKS::Nodegroup')
    .flatMap(({ properties, stack }) => launchTemplateOf(templates, properties, stack) ?? []);
}

function launchTemplateOf(templates: Templates, { LaunchTemplate }: TemplateProperties, stack: StackTemplate): string | undefined {
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
  const mapped = objectsOf(properties.SubnetMappings).map(({ SubnetId }) => SubnetId);
  return {
    name,
    ...placement(templates, mapped.length > 0 ? mapped : properties.Subnets, stack, subnets),
    securityGroups: templates.identifyAll(properties.SecurityGroups, stack),
    listens: templates
      .resources(stack.awsRegion, 'AWS::ElasticLoadBalancingV2::Listener')
      .filter(listener => templates.identify(listener.properties.LoadBalancerArn, listener.stack) === name)
      .flatMap(({ properties: { Protocol, Port } }) =>
        // A listener for both is called TCP_UDP.
        textOf(Protocol)
          .split('_')
          .map(protocol => trafficOf(protocolOf(protocol), { From: Port, To: Port })),
      ),
  };
}
