import { crossingFlows, Party } from '../../../constructs/topology/plan/flows/flows';
import { ledIn } from '../../../constructs/topology/plan/placement/partitions';
import { RegionPhase } from '../../../constructs/topology/plan/recovery/region-phase';
import { planOf } from '../../../constructs/topology/plan-of';
import type { Topology } from '../../../constructs/topology/topology';

/** Something that runs beside the brokers. */
export interface Workload {
  readonly party: Party;
  readonly text: string;
}

/** What the brokers are, and what else is in their process. */
export function brokerTitle(topology: Topology, regionId: number): string {
  const plan = planOf(topology);
  if (plan.version.components) return 'Brokers';
  return plan.phaseOf(regionId) === RegionPhase.STEADY ? 'Brokers, gateway, Operate, Tasklist' : 'Brokers, gateway';
}

/** The zone of a region's brokers, where they form one, and how many partitions are led in it. */
export function zoneNote(topology: Topology, regionId: number): string | undefined {
  const { zones } = planOf(topology);
  if (zones.length === 0) return undefined;
  const { name, priority } = zones[regionId];
  return `zone ${name}, priority ${priority}: leads ${ledIn(topology.partitions, regionId)} of ${topology.partitions.length}`;
}

/** Members of the engine that have pods of their own. */
export function engineWorkloads(topology: Topology, regionId: number): Workload[] {
  const plan = planOf(topology);
  const { gateway } = plan.settings;
  const workloads: Workload[] = [];
  if (plan.version.components) {
    workloads.push({ party: Party.GATEWAY, text: times('Gateway', gateway.replicas) });
    const phase = plan.phaseOf(regionId);
    if (phase !== RegionPhase.RECREATED) {
      const stopped = phase === RegionPhase.STEADY ? '' : ': stopped';
      workloads.push({ party: Party.OPERATE, text: `Operate${stopped}` }, { party: Party.TASKLIST, text: `Tasklist${stopped}` });
    }
  }
  if (plan.migration) {
    workloads.push({ party: Party.IMPORTER, text: 'Importer' }, { party: Party.MIGRATION, text: 'Migration Job' });
  }
  return workloads;
}

/** What is in Camunda's namespace and no member of the engine. */
export function furtherWorkloads(topology: Topology): Workload[] {
  const { connectors } = planOf(topology).settings;
  const party = Party.CONNECTORS;
  if (connectors.enabled) return [{ party, text: times('Connectors', connectors.replicas) }];
  // A port may be open for what is turned off.
  return crossingFlows(topology.flows).some(({ target }) => target === party) ? [{ party, text: 'Connectors: turned off' }] : [];
}

function times(name: string, count: number): string {
  return count === 1 ? name : `${count} × ${name}`;
}
