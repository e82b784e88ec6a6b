import { crossingFlows, Party } from '../../constructs/topology/plan/flows/flows';
import type { Topology } from '../../constructs/topology/topology';
import type { Traffic } from './traffic';

/** The nodes of a cluster, and with them its pods. */
export const NODES = 'nodes';
/** The load balancer that hands names to CoreDNS. */
export const DNS_FORWARDER = 'dns-forwarder';

/** Traffic with what it goes to. */
export interface TargetedTraffic extends Traffic {
  /** `dns-forwarder`, `nodes`, or the logical id of the security group that opens anything else. */
  readonly target: string;
}

/** What has to cross, in either direction: security groups see nodes, where the topology knows the pods on them. */
export function expectedFlows({ flows }: Topology): TargetedTraffic[] {
  return crossingFlows(flows).map(({ target: to, transport, port }) => ({
    target: to === Party.DNS_FORWARDER ? DNS_FORWARDER : NODES,
    transport: transport.toLowerCase(),
    fromPort: port,
    toPort: port,
  }));
}

/** Whether some traffic, which may be of several ports, is nothing but expected. */
export function isExpected(expected: readonly TargetedTraffic[], { target, transport, fromPort, toPort }: TargetedTraffic): boolean {
  const ports = expected
    .filter(flow => flow.target === target && flow.transport === transport && flow.fromPort >= fromPort && flow.fromPort <= toPort)
    .map(flow => flow.fromPort);
  return new Set(ports).size === toPort - fromPort + 1;
}
