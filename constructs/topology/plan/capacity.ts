import type { ResolvedSettings, Resources } from '../settings/resolved-settings';
import { CAMUNDA_VERSIONS } from '../versions/camunda-versions';
import { capacityOf, type InstanceCapacity } from '../versions/instance-types';
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

/** Controller, web hook and injector of cert-manager. */
const CERT_MANAGER: readonly Demand[] = [
  { cpuMillis: 50, memoryMiB: 128 },
  { cpuMillis: 10, memoryMiB: 64 },
  { cpuMillis: 10, memoryMiB: 128 },
];

/** The controller that registers pods at load balancers, in two replicas. */
const TRAFFIC_BINDING: readonly Demand[] = [
  { cpuMillis: 100, memoryMiB: 200 },
  { cpuMillis: 100, memoryMiB: 200 },
];

/**
 * What something asks for, or has to give.
 *
 * @internal
 */
export interface Demand {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
}

/**
 * The pods of one workload in a region.
 *
 * @internal
 */
export interface WorkloadDemand {
  readonly name: string;
  readonly pods: number;
  /** What each pod asks for. */
  readonly demand: Demand;
  /** Whether its pods keep their zone, because their volumes cannot leave it. */
  readonly zonal: boolean;
}

/** A workload whose pods keep their zone, because their volumes cannot leave it, and never share a node with each other. */
interface ZonalWorkload {
  readonly name: string;
  readonly pods: number;
  readonly demand: Resources;
}

/** A workload whose pods run wherever there is room. */
interface MovableWorkload {
  readonly name: string;
  readonly pods: number;
  readonly demand: Demand;
  /** Whether its pods never share a node with each other. */
  readonly apart?: boolean;
}

/**
 * Nodes of a region: so many of a type in each zone.
 *
 * @internal
 */
export type Nodes = Pick<ResolvedSettings['nodes'], 'instanceType' | 'perZone'>;

interface Free {
  cpuMillis: number;
  memoryMiB: number;
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
export function capacityShortage(settings: ResolvedSettings, nodes: Nodes = settings.nodes): string | undefined {
  const node = capacityOf(nodes.instanceType);
  if (!node) return undefined;
  const zonal = zonalWorkloads(settings);
  const zones = Array.from({ length: ZONE_COUNT }, () => emptyNodes(node, settings.nodes.systemReserved, nodes.perZone));
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
  const movable = movableWorkloads(settings);
  for (let lost = 0; lost < ZONE_COUNT; lost++) {
    const left = zones.filter((_, zone) => zone !== lost).flatMap(nodes => nodes.map(free => ({ ...free })));
    for (const { pods, demand, apart } of movable) {
      const taken = new Set<Free>();
      for (let pod = 0; pod < pods; pod++) {
        const target = left.find(free => !(apart && taken.has(free)) && take(free, demand));
        if (!target) return `with one zone gone, ${listOf(movable)} do not fit in the other two`;
        taken.add(target);
      }
    }
  }
  return undefined;
}

/**
 * Every workload of a region, with what its pods ask for.
 *
 * @internal
 */
export function workloadDemands(settings: ResolvedSettings): WorkloadDemand[] {
  return [
    ...zonalWorkloads(settings).map(workload => ({ ...workload, name: `${workload.name}s`, zonal: true })),
    ...movableWorkloads(settings).map(({ name, pods, demand }) => ({ name, pods, demand, zonal: false })),
  ];
}

/**
 * What a node has for pods, apart from the agents on every node. Undefined for an instance type of which nothing is known.
 *
 * @internal
 */
export function usableOf({ nodes: { instanceType, systemReserved } }: ResolvedSettings): Demand | undefined {
  const node = capacityOf(instanceType);
  return node && emptyNodes(node, systemReserved, 1)[0];
}

function zonalWorkloads({ camunda, orchestration, elasticsearch }: ResolvedSettings): ZonalWorkload[] {
  return [
    { name: 'broker', pods: camunda.clusterSize / 2, demand: orchestration.resources },
    { name: 'Elasticsearch node', pods: elasticsearch.nodesPerRegion, demand: elasticsearch.resources },
  ];
}

/** Everything that can run in any zone, what needs nodes of its own first. */
function movableWorkloads({
  camunda,
  orchestration,
  gateway,
  operate,
  tasklist,
  connectors,
  tls,
  traffic,
}: ResolvedSettings): MovableWorkload[] {
  const { components, migration } = CAMUNDA_VERSIONS[camunda.version];
  const migrates = migration !== undefined && camunda.migratingFrom !== undefined;
  const workloads: MovableWorkload[] = [
    { name: 'gateways', pods: components ? gateway.replicas : 0, demand: gateway.resources, apart: true },
    { name: 'Operate', pods: components ? 1 : 0, demand: operate.resources },
    { name: 'Tasklist', pods: components ? 1 : 0, demand: tasklist.resources },
    // Importer and Job run what the brokers run.
    { name: 'the migration', pods: migrates ? 2 : 0, demand: orchestration.resources },
    { name: 'Connectors', pods: connectors.enabled ? connectors.replicas : 0, demand: connectors.resources },
    ...[...CONTROLLERS, ...(tls.enabled ? CERT_MANAGER : []), ...(traffic ? TRAFFIC_BINDING : [])].map(demand => ({
      name: 'the controllers of the cluster',
      pods: 1,
      demand,
    })),
  ];
  return workloads.filter(({ pods }) => pods > 0);
}

function listOf(workloads: readonly MovableWorkload[]): string {
  const names = [...new Set(workloads.map(({ name }) => name))];
  return [names.slice(0, -1).join(', '), names[names.length - 1]].filter(Boolean).join(' and ');
}

function emptyNodes(node: InstanceCapacity, reserved: Demand, count: number): Free[] {
  return Array.from({ length: count }, () => ({
    cpuMillis: node.cpuMillis - NODE_AGENTS.cpuMillis - reserved.cpuMillis,
    memoryMiB: node.memoryMiB - NODE_AGENTS.memoryMiB - reserved.memoryMiB,
  }));
}

function take(free: Free, demand: Demand): boolean {
  if (free.cpuMillis < demand.cpuMillis || free.memoryMiB < demand.memoryMiB) return false;
  free.cpuMillis -= demand.cpuMillis;
  free.memoryMiB -= demand.memoryMiB;
  return true;
}
