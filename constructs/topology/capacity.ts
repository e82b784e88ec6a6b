import { capacityOf, type InstanceCapacity } from './instance-types';
import type { ResolvedSettings, Resources } from './resolved-settings';
import { ZONE_COUNT } from './subnets';

/** What the agents on every node take: network, proxy, storage and identity. Estimated from the requests of the EKS add-ons. */
const NODE_AGENTS: Demand = { cpuMillis: 250, memoryMiB: 300 };
/** CoreDNS and the controllers of a cluster, all replicas together, which may run in any zone. */
const CONTROLLERS: readonly Demand[] = [
  { cpuMillis: 100, memoryMiB: 70 },
  { cpuMillis: 100, memoryMiB: 70 },
  { cpuMillis: 100, memoryMiB: 200 },
  { cpuMillis: 100, memoryMiB: 200 },
  { cpuMillis: 100, memoryMiB: 150 },
  { cpuMillis: 50, memoryMiB: 256 },
  { cpuMillis: 10, memoryMiB: 128 },
  { cpuMillis: 10, memoryMiB: 128 },
];

interface Demand {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
}

/** A workload whose pods keep their zone, because their volumes cannot leave it, and never share a node with each other. */
interface ZonalWorkload {
  readonly name: string;
  readonly pods: number;
  readonly demand: Resources;
}

/**
 * Why the nodes cannot hold the pods of one region, or undefined if they can. Undefined too for an instance type of
 * which nothing is known.
 *
 * Brokers and Elasticsearch nodes must fit in their own zone with all zones up. With any one zone gone theirs wait for
 * it to come back, and everything else must fit in the two that are left.
 *
 * @internal
 */
export function capacityShortage(settings: ResolvedSettings): string | undefined {
  const node = capacityOf(settings.nodes.instanceType);
  if (!node) return undefined;
  const zonal: ZonalWorkload[] = [
    { name: 'broker', pods: settings.camunda.clusterSize / 2, demand: settings.orchestration.resources },
    { name: 'Elasticsearch node', pods: settings.elasticsearch.nodesPerRegion, demand: settings.elasticsearch.resources },
  ];
  const zones = Array.from({ length: ZONE_COUNT }, () => emptyNodes(node, settings.nodes.perZone));
  for (const workload of zonal) {
    for (let pod = 0; pod < workload.pods; pod++) {
      const zone = pod % ZONE_COUNT;
      // One pod of a workload a node: the turn within the zone is the node.
      const target = zones[zone][Math.floor(pod / ZONE_COUNT)];
      if (!target) {
        const needed = Math.ceil(workload.pods / ZONE_COUNT);
        return `${workload.pods} ${workload.name}s spread over ${ZONE_COUNT} zones need ${needed} nodes in a zone`;
      }
      if (!take(target, workload.demand)) return `one ${workload.name} does not fit on a node beside what already runs there`;
    }
  }
  const connectors = settings.connectors.enabled ? Array<Demand>(settings.connectors.replicas).fill(settings.connectors.resources) : [];
  for (let lost = 0; lost < ZONE_COUNT; lost++) {
    const left = zones.filter((_, zone) => zone !== lost).flatMap(nodes => nodes.map(free => ({ ...free })));
    for (const demand of [...connectors, ...CONTROLLERS]) {
      if (!left.some(free => take(free, demand))) {
        return `with one zone gone, Connectors and the controllers of the cluster do not fit in the other two`;
      }
    }
  }
  return undefined;
}

function emptyNodes(node: InstanceCapacity, count: number): { cpuMillis: number; memoryMiB: number }[] {
  return Array.from({ length: count }, () => ({
    cpuMillis: node.cpuMillis - NODE_AGENTS.cpuMillis,
    memoryMiB: node.memoryMiB - NODE_AGENTS.memoryMiB,
  }));
}

function take(free: { cpuMillis: number; memoryMiB: number }, demand: Demand): boolean {
  if (free.cpuMillis < demand.cpuMillis || free.memoryMiB < demand.memoryMiB) return false;
  free.cpuMillis -= demand.cpuMillis;
  free.memoryMiB -= demand.memoryMiB;
  return true;
}
