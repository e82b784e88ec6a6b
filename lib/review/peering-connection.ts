import { finding, type ReachabilityFinding } from './finding';
import type { StackResource, Templates } from './template';
import type { RegionNetwork } from './template-network';

/** The peering connection between both VPCs, if there is one that can work, and what is wrong with each that cannot. */
export function peeringBetween(
  templates: Templates,
  networks: readonly RegionNetwork[],
): { readonly peering?: string; readonly findings: readonly ReachabilityFinding[] } {
  const connections = templates.resources(undefined, 'AWS::EC2::VPCPeeringConnection');
  const judged = connections.map(connection => ({ connection, mistake: mistakeIn(templates, connection, networks) }));
  const peering = judged.find(({ mistake }) => mistake === undefined)?.connection.name;
  const findings = judged.flatMap(({ connection, mistake }) =>
    mistake === undefined ? [] : [finding('peering', `peering connection ${connection.name} ${mistake}`)],
  );
  if (connections.length === 0) findings.push(finding('peering', 'there is no peering connection'));
  return { peering, findings };
}

function mistakeIn(templates: Templates, { properties, stack }: StackResource, networks: readonly RegionNetwork[]): string | undefined {
  const [requester, accepter] = [properties.VpcId, properties.PeerVpcId].map(value => {
    const vpc = templates.identify(value, stack);
    return networks.find(network => vpc !== undefined && network.vpc === vpc);
  });
  if (!requester || !accepter || requester === accepter) return 'does not connect the VPCs of both regions';
  if (requester.awsRegion !== stack.awsRegion) return `asks for the VPC of ${requester.awsRegion} from ${stack.awsRegion}`;
  const peerRegion = templates.identify(properties.PeerRegion, stack);
  return peerRegion === accepter.awsRegion
    ? undefined
    : `names ${peerRegion ?? 'no region'} as the region of its peer, which is in ${accepter.awsRegion}`;
}
