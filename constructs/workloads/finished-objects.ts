import { kubernetesNames } from '../topology/plan/names';
import { planOf } from '../topology/plan-of';
import type { Topology } from '../topology/topology';
import { giveCertificates } from './certificates';
import { giveDataPriority, sizeHeap } from './data-pods';
import { boundEphemeralStorage } from './ephemeral-storage';
import { giveLicense } from './license';
import { patchedObjects, type PatchName } from './patched-objects';
import { addToPods } from './pod-additions';
import { workloadsIn, type RenderedObject } from './workload';

/**
 * The rendered objects of a region with what all workloads have in common: it is derived from the objects, so that a new
 * workload gets it without asking. What the settings add comes after that, patches come last and see everything.
 *
 * @internal
 */
export function finishedObjects<T extends RenderedObject>(objects: readonly T[], topology: Topology): T[] {
  const finished = structuredClone(objects) as T[];
  for (const workload of workloadsIn(finished)) {
    giveCertificates(workload, topology);
    boundEphemeralStorage(workload);
    giveDataPriority(workload, topology);
    sizeHeap(workload, topology);
    giveLicense(workload, topology);
    addToPods(workload, topology);
  }
  return patchedObjects(finished, planOf(topology).settings.patches, patchNames(topology));
}

/** With zones, brokers have a StatefulSet of another name in each region. Patches call it as if there were none. */
function patchNames(topology: Topology): PatchName {
  const plan = planOf(topology);
  const brokers = topology.regions.map(({ regionId }) => plan.brokerStatefulSet(regionId));
  return ({ kind, metadata }) =>
    kind === 'StatefulSet' && brokers.includes(metadata.name) ? kubernetesNames(plan.settings.name).zeebe : undefined;
}
