import { crossingFlows } from '../../../constructs/topology/flows';
import type { Topology } from '../../../constructs/topology/topology';
import { distanceText } from './lanes';

/** What the picture shows, for those who hear it. */
export function descriptionOf(topology: Topology): string {
  const { elasticsearch, connectors } = topology._settings;
  const regions = topology.regions.map(region =>
    [
      `Region ${region.regionId} is ${region.awsRegion}${region.regionId === topology.activeRegion ? ' and takes user traffic' : ''}.`,
      `Its VPC ${region.vpcCidr} has public, private and forwarder subnets in three zones.`,
      `Its EKS cluster runs, in namespace ${region.namespace},`,
      `the brokers with node ids ${region.brokers.map(({ nodeId }) => nodeId).join(', ')},`,
      `${elasticsearch.nodesPerRegion} Elasticsearch nodes${connectors.enabled ? ' and Connectors' : ''}.`,
      `Its DNS forwarder has the addresses ${region.forwarderAddresses.join(', ')}.`,
    ].join(' '),
  );
  const ports = crossingFlows(topology.flows).map(({ port, transport, purpose }) => `${port} ${transport} (${purpose})`);
  return [
    ...regions,
    `The VPCs are peered, ${distanceText(topology)}. Only these ports cross, from either side: ${ports.join('; ')}.`,
  ].join(' ');
}
