import { usableOf, workloadDemands, type Demand, type WorkloadDemand } from '../../constructs/topology/plan/capacity';
import { zoneGroups } from '../../constructs/topology/plan/placement/zone-neighbours';
import { ZONE_COUNT } from '../../constructs/topology/plan/subnets';
import { planOf } from '../../constructs/topology/plan-of';
import type { Topology } from '../../constructs/topology/topology';
import { zoneName } from './losses';

/**
 * One zone of a region, which is one node group.
 *
 * @internal
 */
export interface ZoneLoad {
  /** `zone A`: which of the region's zones it is, is decided when brokers start for the first time. */
  readonly name: string;
  readonly brokers: number;
  readonly elasticsearchNodes: number;
  /** What its nodes have for pods. Undefined for an instance type of which nothing is known. */
  readonly usable?: Demand;
  /** What pods ask for that can run in this zone only. */
  readonly bound: Demand;
}

/**
 * The zones of a region, which are alike in both.
 *
 * @internal
 */
export function zoneLoads(topology: Topology): ZoneLoad[] {
  const plan = planOf(topology);
  const { camunda, elasticsearch, nodes } = plan.settings;
  const [broker, searchNode] = workloadDemands(plan.settings);
  const node = usableOf(plan.settings);
  const perRegion = camunda.clusterSize / topology.regions.length;
  const groups = zoneGroups(perRegion);
  return Array.from({ length: ZONE_COUNT }, (_, zone) => {
    const brokers = groups ? (groups[zone] ?? []).length : shareOf(perRegion, zone);
    const elasticsearchNodes = shareOf(elasticsearch.nodesPerRegion, zone);
    return {
      name: zoneName(zone),
      brokers,
      elasticsearchNodes,
      usable: node && times(node, nodes.perZone),
      bound: sum([times(broker.demand, brokers), times(searchNode.demand, elasticsearchNodes)]),
    };
  });
}

/**
 * Everything that can run in any zone of a region, together.
 *
 * @internal
 */
export function movableDemand(topology: Topology): Demand {
  return sum(
    workloadDemands(planOf(topology).settings)
      .filter(({ zonal }) => !zonal)
      .map(totalOf),
  );
}

/** @internal */
export function totalOf({ pods, demand }: WorkloadDemand): Demand {
  return times(demand, pods);
}

/** @internal */
export function sum(demands: readonly Demand[]): Demand {
  return {
    cpuMillis: demands.reduce((total, { cpuMillis }) => total + cpuMillis, 0),
    memoryMiB: demands.reduce((total, { memoryMiB }) => total + memoryMiB, 0),
  };
}

function times({ cpuMillis, memoryMiB }: Demand, count: number): Demand {
  return { cpuMillis: cpuMillis * count, memoryMiB: memoryMiB * count };
}

/** Of pods that are spread evenly, the earlier zones hold those that are left over. */
function shareOf(pods: number, zone: number): number {
  return Math.floor((pods + ZONE_COUNT - 1 - zone) / ZONE_COUNT);
}
