import { FIXED_NAMES, kubernetesNames } from '../../../constructs/topology/plan/names';
import { freshNodesOf, nodeObjects, nodesOf, type BedNode } from '../runner/nodes';
import { askApiServer } from './api-server';
import { bed } from './bed';
import { kubectl, kubectlApply, tryKubectl } from './kubectl';
import { eventually, isReady, namespaceOf } from './life';

/** EKS adds at most two nodes before it takes one away, where a group is in one zone. */
const FRESH_NODES = 2;

/**
 * The disruption controller knows evicted pods by their names. One that is back under its name before the controller saw it go
 * counts as one that goes, for two minutes.
 */
export const BUDGET_MS = 150_000;

/** What drains look at of a pod. */
export interface DrainedPod {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly deletionTimestamp?: string };
  readonly spec: { readonly nodeName?: string };
  readonly status: {
    readonly phase: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
  };
}

/** What the disruption controller says of a budget. */
export interface BudgetStatus {
  readonly disruptionsAllowed: number;
  readonly currentHealthy: number;
  readonly desiredHealthy: number;
  readonly expectedPods: number;
}

/** How a drain went. */
export interface Drain {
  readonly node: string;
  readonly code: number;
  /** How often an eviction was refused because of a budget, and asked for again. */
  readonly refused: number;
  readonly stderr: string;
}

export const nodesOfRegion = (regionId: number): BedNode[] => nodesOf(bed().topology, bed().topology.regions[regionId]);

/** Evicts everything from a node, as `kubectl drain` does for whoever replaces it. */
export async function drain(regionId: number, node: string, patienceSeconds: number): Promise<Drain> {
  const given = ['--ignore-daemonsets', '--delete-emptydir-data', '--force', `--timeout=${patienceSeconds}s`];
  const { code, stderr } = await tryKubectl(regionId, ['drain', node, ...given]);
  return { node, code, stderr, refused: stderr.match(/violate the pod's disruption budget/g)?.length ?? 0 };
}

export async function allPods(regionId: number): Promise<readonly DrainedPod[]> {
  return (await askApiServer<{ items: DrainedPod[] }>(regionId, '/api/v1/pods')).items;
}

/** Why a pod has no node, in the scheduler's words. Undefined if it has one. */
export function whyWaiting({ status }: DrainedPod): string | undefined {
  return status.conditions?.find(({ type, reason }) => type === 'PodScheduled' && reason === 'Unschedulable')?.message;
}

/** Waits until every pod of a region either is ready or waits for a node, and returns those that wait. */
export async function comeToRest(regionId: number, count: number): Promise<DrainedPod[]> {
  let found: readonly DrainedPod[] = [];
  await eventually(`all ${count} pods of region ${regionId} are ready or wait for a node`, async () => {
    found = await allPods(regionId);
    return found.length === count && found.every(pod => isReady(pod) || (pod.status.phase === 'Pending' && whyWaiting(pod) !== undefined));
  });
  return found.filter(pod => !isReady(pod));
}

/** Waits until every pod of a region is ready. */
export async function allReady(regionId: number, count: number): Promise<void> {
  await eventually(`all ${count} pods of region ${regionId} are ready`, async () => {
    const found = await allPods(regionId);
    return found.length === count && found.every(isReady);
  });
}

/** Status of the budget of the brokers, once the disruption controller has seen what was done last. */
export async function brokerBudget(regionId: number, wanted: (status: BudgetStatus) => boolean): Promise<BudgetStatus> {
  const path = `/apis/policy/v1/namespaces/${namespaceOf(regionId)}/poddisruptionbudgets/${kubernetesNames(bed().topology.name).zeebe}`;
  let status: BudgetStatus | undefined;
  await eventually(
    `the budget of region ${regionId} is as expected`,
    async () => {
      ({ status } = await askApiServer<{ status: BudgetStatus }>(regionId, path));
      return wanted(status);
    },
    BUDGET_MS,
  );
  return status!;
}

/** Adds two nodes to each zone, and waits until they are ready. */
export async function addFreshNodes(regionId: number): Promise<BedNode[]> {
  const { topology } = bed();
  const nodes = freshNodesOf(topology, topology.regions[regionId], FRESH_NODES);
  await kubectlApply(regionId, nodeObjects(topology, topology.regions[regionId], nodes));
  await kubectl(regionId, 'wait', '--for=condition=Ready', '--timeout=60s', ...nodes.map(({ name }) => `node/${name}`));
  return nodes;
}

export async function removeFreshNodes(regionId: number): Promise<void> {
  const { topology } = bed();
  const names = freshNodesOf(topology, topology.regions[regionId], FRESH_NODES).map(({ name }) => name);
  await kubectl(regionId, 'delete', '--ignore-not-found', ...names.flatMap(name => [`node/${name}`, `csinode/${name}`]));
}

/** The volumes of Camunda's namespace, each with its claim and zone. */
export async function volumesWithZones(regionId: number): Promise<string[]> {
  interface Volume {
    readonly metadata: { readonly name: string };
    readonly spec: {
      readonly claimRef?: { readonly name: string; readonly namespace: string };
      readonly storageClassName: string;
      readonly nodeAffinity?: object;
    };
    readonly status: { readonly phase: string };
  }
  const { items } = await askApiServer<{ items: Volume[] }>(regionId, '/api/v1/persistentvolumes');
  return items
    .filter(({ spec, status }) => spec.storageClassName === FIXED_NAMES.storageClass && status.phase === 'Bound')
    .map(({ metadata, spec }) => `${spec.claimRef?.name} ${metadata.name} ${JSON.stringify(spec.nodeAffinity)}`)
    .sort();
}
