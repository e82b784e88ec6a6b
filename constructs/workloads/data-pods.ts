import { dataPriorityName } from '../topology/plan/names';
import { heapOptions } from '../topology/plan/sizing';
import { planOf } from '../topology/plan-of';
import type { Topology } from '../topology/topology';
import { addJvmOptions } from './jvm-options';
import type { Workload } from './workload';

/**
 * Lets pods that keep data stay where room is short: their volumes cannot follow them elsewhere.
 *
 * @internal
 */
export function giveDataPriority({ template, keepsData }: Workload, topology: Topology): void {
  if (keepsData) template.spec.priorityClassName = dataPriorityName(topology.name);
}

/**
 * States the heap of brokers.
 *
 * @internal
 */
export function sizeHeap(workload: Workload, topology: Topology): void {
  if (!isBroker(workload)) return;
  for (const container of workload.template.spec.containers) addJvmOptions(container, ...heapOptions(planOf(topology).settings));
}

function isBroker({ section, keepsData }: Workload): boolean {
  return section === 'orchestration' && keepsData;
}
