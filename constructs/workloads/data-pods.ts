import { dataPriorityName } from '../topology/priority';
import { heapOptions } from '../topology/sizing';
import type { Topology } from '../topology/topology';
import type { Workload } from './workload';

const JVM_OPTIONS = 'JAVA_TOOL_OPTIONS';

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
  for (const { env = [] } of workload.template.spec.containers) {
    const variable = env.find(({ name }) => name === JVM_OPTIONS);
    if (variable) variable.value = [variable.value, ...heapOptions(topology._settings)].join(' ');
  }
}

function isBroker({ section, keepsData }: Workload): boolean {
  return section === 'orchestration' && keepsData;
}
