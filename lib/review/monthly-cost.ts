import { nodesPerZone } from '../../constructs/topology/plan/node-groups';
import { ledIn } from '../../constructs/topology/plan/placement/partitions';
import { ZONE_COUNT } from '../../constructs/topology/plan/subnets';
import { planOf } from '../../constructs/topology/plan-of';
import type { RegionTopology, Topology } from '../../constructs/topology/topology';
import { hasEnded } from '../../constructs/topology/versions/dated-fact';
import { KUBERNETES_VERSIONS } from '../../constructs/topology/versions/kubernetes-versions';
import type { CostItem } from './cost/cost-item';
import { givenAddresses, hourly, loadBalancersOf, trafficItems } from './cost/traffic-items';
import { nodeHour, PRICES, WORLDWIDE_PRICES } from './prices';
import { listOf, Templates, type StackTemplate } from './template';

/**
 * What runs all the time, region by region: counted in the templates, and in the settings where Kubernetes makes it.
 *
 * @internal
 */
export function costItems(topology: Topology, stacks: readonly StackTemplate[], today: Date): CostItem[] {
  const templates = new Templates(stacks);
  return topology.regions.flatMap(region => regionItems(topology, templates, region, today));
}

function regionItems(topology: Topology, templates: Templates, { regionId, awsRegion }: RegionTopology, today: Date): CostItem[] {
  const { nodes } = planOf(topology).settings;
  const prices = PRICES[awsRegion];
  const count = (type: string): number => templates.resources(awsRegion, type).length;
  const items: Omit<CostItem, 'regionId'>[] = [
    {
      what: `nodes ${nodes.instanceType}, on demand`,
      quantity: ZONE_COUNT * nodes.perZone,
      unit: ['node', 'nodes'],
      unitMonth: hourly(nodeHour(awsRegion, nodes.instanceType)),
    },
    ...nodes.groups.map(({ name, instanceType, perZone, capacityType }): Omit<CostItem, 'regionId'> => ({
      what: `nodes '${name}' ${instanceType}, ${capacityType === 'SPOT' ? 'Spot' : 'on demand'}`,
      quantity: ZONE_COUNT * perZone,
      unit: ['node', 'nodes'],
      // A Spot price is of the hour.
      unitMonth: capacityType === 'SPOT' ? undefined : hourly(nodeHour(awsRegion, instanceType)),
    })),
    {
      what: 'EKS control plane',
      quantity: count('AWS::EKS::Cluster'),
      unit: ['cluster', 'clusters'],
      unitMonth: hourly(controlPlaneHour(topology, regionId, today)),
    },
    {
      what: 'NAT gateways',
      quantity: count('AWS::EC2::NatGateway'),
      unit: ['gateway', 'gateways'],
      unitMonth: hourly(prices?.natGatewayHour),
    },
    {
      what: 'public addresses',
      quantity: count('AWS::EC2::EIP') + givenAddresses(templates, awsRegion),
      unit: ['address', 'addresses'],
      unitMonth: hourly(WORLDWIDE_PRICES.publicAddressHour),
    },
    { what: 'gp3 volumes', quantity: volumeGiB(topology), unit: ['GiB', 'GiB'], unitMonth: prices?.volumeGiBMonth },
    {
      what: 'network load balancers, without traffic',
      quantity: loadBalancersOf(templates, awsRegion, 'network'),
      unit: ['load balancer', 'load balancers'],
      unitMonth: hourly(prices?.loadBalancerHour),
    },
    {
      what: 'application load balancers, without traffic',
      quantity: loadBalancersOf(templates, awsRegion, 'application'),
      unit: ['load balancer', 'load balancers'],
      unitMonth: hourly(prices?.loadBalancerHour),
    },
    {
      what: 'secrets and their replicas',
      quantity: secretsIn(templates, awsRegion),
      unit: ['secret', 'secrets'],
      unitMonth: WORLDWIDE_PRICES.secretMonth,
    },
    { what: 'encryption keys', quantity: count('AWS::KMS::Key'), unit: ['key', 'keys'], unitMonth: WORLDWIDE_PRICES.keyMonth },
    ...trafficItems(templates, awsRegion),
  ];
  return items.filter(({ quantity }) => quantity > 0).map(item => ({ regionId, ...item }));
}

function controlPlaneHour(topology: Topology, regionId: number, today: Date): number {
  const extended = hasEnded(KUBERNETES_VERSIONS[planOf(topology).kubernetesOf(regionId).version].supportedUntil, today);
  return extended ? WORLDWIDE_PRICES.extendedControlPlaneHour : WORLDWIDE_PRICES.controlPlaneHour;
}

function volumeGiB(topology: Topology): number {
  const {
    settings: { nodes, camunda, orchestration, elasticsearch },
  } = planOf(topology);
  return (
    ZONE_COUNT * nodesPerZone(nodes) * nodes.volumeGiB +
    (camunda.clusterSize / 2) * orchestration.volumeGiB +
    elasticsearch.nodesPerRegion * elasticsearch.volumeGiB
  );
}

function secretsIn(templates: Templates, awsRegion: string): number {
  const secrets = templates.resources(undefined, 'AWS::SecretsManager::Secret');
  const own = secrets.filter(({ stack }) => stack.awsRegion === awsRegion).length;
  const replicas = secrets.filter(({ properties }) => JSON.stringify(listOf(properties.ReplicaRegions)).includes(`"${awsRegion}"`)).length;
  return own + replicas;
}

/**
 * Traffic between the regions for one byte that the leaders append to their logs, and one that they export.
 *
 * @internal
 */
export interface CrossRegionTraffic {
  /** Replicas in the other region: each gets every byte of the log. */
  readonly copiesOfLog: number;
  /** Every exported byte goes to the other region's Elasticsearch once, whichever region the leader is in. */
  readonly copiesOfExports: number;
  /** USD a GB, by how many of the leaders are in each region. Undefined if no price is known of one. */
  readonly perGB?: number;
}

/** @internal */
export function crossRegionTraffic({ partitions, regions }: Topology): CrossRegionTraffic {
  const [{ replicas }] = partitions;
  const prices = regions.map(({ awsRegion }) => PRICES[awsRegion]?.crossRegionGB);
  const shares = regions.map(({ regionId }) => ledIn(partitions, regionId) / partitions.length);
  return {
    copiesOfLog: replicas.length / regions.length,
    copiesOfExports: regions.length - 1,
    perGB: prices.some(price => price === undefined) ? undefined : shares.reduce((sum, share, i) => sum + share * prices[i]!, 0),
  };
}
