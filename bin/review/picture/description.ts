import { crossingFlows } from '../../../constructs/topology/plan/flows/flows';
import { planOf } from '../../../constructs/topology/plan-of';
import type { RegionTopology, Topology } from '../../../constructs/topology/topology';
import { counted, listed } from '../../../lib/review/document/cells';
import { distanceText } from './lanes';

/** Public subnets are known only where the VPC is made. */
function purposesOf({ subnets }: RegionTopology): string {
  const purposes = [...new Set(subnets.map(({ purpose }) => String(purpose)))];
  return listed(purposes);
}

/** What the picture shows, for those who hear it. */
export function descriptionOf(topology: Topology): string {
  const { elasticsearch, connectors } = planOf(topology).settings;
  const regions = topology.regions.map(region =>
    [
      `Region ${region.regionId} is ${region.awsRegion}${region.regionId === topology.activeRegion ? ' and takes user traffic' : ''}.`,
      `Its VPC ${region.vpcCidr} has ${purposesOf(region)} subnets in three zones.`,
      `Its EKS cluster runs, in namespace ${region.namespace},`,
      `the brokers ${planOf(topology).zones.length > 0 ? '' : 'with node ids '}${region.brokers.map(({ brokerId }) => brokerId).join(', ')},`,
      `${counted(elasticsearch.nodesPerRegion, 'Elasticsearch node')}${connectors.enabled ? ' and Connectors' : ''}.`,
      `Its DNS forwarder has the addresses ${region.forwarderAddresses.join(', ')}.`,
    ].join(' '),
  );
  const ports = crossingFlows(topology.flows).map(({ port, transport, purpose }) => `${port} ${transport} (${purpose})`);
  return [
    ...regions,
    `The VPCs are peered, ${distanceText(topology)}. Only these ports cross, from either side: ${ports.join('; ')}.`,
  ].join(' ');
}
