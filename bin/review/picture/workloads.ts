import { Party } from '../../../constructs/topology/plan/flows';
import { RegionPhase } from '../../../constructs/topology/plan/region-phase';
import type { Topology } from '../../../constructs/topology/topology';

/** Something that runs beside the brokers. */
export interface Workload {
  readonly party: Party;
  readonly text: string;
}

/** What the brokers are, and what else is in their process. */
export function brokerTitle(topology: Topology, regionId: number): string {
  if (topology._version.components) return 'Brokers';
  return topology._phaseOf(regionId) === RegionPhase.STEADY ? 'Brokers, gateway, Operate, Tasklist' : 'Brokers, gateway';
}

/** Members of the engine that have pods of their own. */
export function engineWorkloads(topology: Topology, regionId: number): Workload[] {
  const { gateway } = topology._settings;
  const workloads: Workload[] = [];
  if (topology._version.components) {
    workloads.push({ party: Party.GATEWAY, text: times('Gateway', gateway.replicas) });
    const phase = topology._phaseOf(regionId);
    if (phase !== RegionPhase.RECREATED) {
      const stopped = phase === RegionPhase.STEADY ? '' : ': stopped';
      workloads.push({ party: Party.OPERATE, text: `Operate${stopped}` }, { party: Party.TASKLIST, text: `Tasklist${stopped}` });
    }
  }
  if (topology._migration) {
    workloads.push({ party: Party.IMPORTER, text: 'Importer' }, { party: Party.MIGRATION, text: 'Migration Job' });
  }
  return workloads;
}

/** What is in Camunda's namespace and no member of the engine. */
export function furtherWorkloads({ _settings: { connectors } }: Topology): Workload[] {
  return connectors.enabled ? [{ party: Party.CONNECTORS, text: times('Connectors', connectors.replicas) }] : [];
}

function times(name: string, count: number): string {
  return count === 1 ? name : `${count} × ${name}`;
}
