import { dataPriorityName } from '../topology/priority';
import { heapOptions } from '../topology/sizing';
import type { Topology } from '../topology/topology';
import { ordinalsAlone } from '../topology/zone-neighbours';
import type { Workload } from './workload';

/** Label that a StatefulSet gives its pods since Kubernetes 1.28: the ordinal. */
const ORDINAL_LABEL = 'apps.kubernetes.io/pod-index';
const ZONE = 'topology.kubernetes.io/zone';
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
 * Keeps brokers that hold the same partitions in different zones.
 *
 * Every broker stays out of zones with a broker of these ordinals. Kubernetes holds it the other way round as well: where a
 * broker is already, none of these ordinals may follow.
 *
 * @internal
 */
export function separateNeighbours(workload: Workload, topology: Topology): void {
  const ordinals = ordinalsAlone(topology.brokers.length / topology.regions.length);
  if (!isBroker(workload) || ordinals.length === 0) return;
  const { spec, metadata } = workload.template;
  const { podAntiAffinity } = spec.affinity ?? {};
  const term = {
    labelSelector: {
      matchLabels: { ...metadata?.labels },
      matchExpressions: [{ key: ORDINAL_LABEL, operator: 'In', values: ordinals.map(String) }],
    },
    topologyKey: ZONE,
  };
  const required = podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  spec.affinity = {
    ...spec.affinity,
    podAntiAffinity: { ...podAntiAffinity, requiredDuringSchedulingIgnoredDuringExecution: [...required, term] },
  };
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
