import type { PodSettings } from './pod-settings';
import type { DualRegionSettings } from './settings';
import { isMapping } from './value-kinds';

/**
 * Workloads whose pods can be given more, by the name of their section.
 *
 * @internal
 */
export const WORKLOADS = ['orchestration', 'gateway', 'operate', 'tasklist', 'connectors', 'elasticsearch'] as const;

/** @internal */
export type WorkloadName = (typeof WORKLOADS)[number];

/** @internal */
export type ResolvedPods = { readonly [name in WorkloadName]: Required<PodSettings> };

const NOTHING: Required<PodSettings> = {
  environment: [],
  configuration: {},
  nodeSelector: {},
  tolerations: [],
  annotations: {},
  labels: {},
  imagePullSecrets: [],
};

/** @internal */
export function resolvePods(settings: Partial<DualRegionSettings> | undefined): ResolvedPods {
  return Object.fromEntries(WORKLOADS.map(name => [name, resolvePod((settings as Sections | undefined)?.[name]?.pod)])) as ResolvedPods;
}

type Sections = { readonly [name in WorkloadName]?: { readonly pod?: PodSettings } | null };

function resolvePod(pod: PodSettings | undefined): Required<PodSettings> {
  // Rules notice a pod that is no mapping: it has no lists at all.
  if (pod !== undefined && !isMapping(pod)) return pod as never;
  const given = Object.entries(pod ?? {}).filter(([, value]) => value !== undefined);
  return { ...NOTHING, ...Object.fromEntries(given) };
}
