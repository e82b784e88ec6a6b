import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { planOf } from '../../../constructs/topology/plan-of';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { askApiServer } from './api-server';
import { bed } from './bed';
import { cdkWith, deployedApp, type CdkOutcome } from './cdk';
import { command } from './command';
import { kubectl, kubectlJson, tryKubectl } from './kubectl';

/** What proofs look at of a pod. */
export interface Pod {
  readonly metadata: { readonly name: string; readonly uid: string; readonly deletionTimestamp?: string };
  readonly spec: { readonly nodeName?: string; readonly volumes?: readonly { readonly persistentVolumeClaim?: object }[] };
  readonly status: { readonly phase: string; readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** What proofs look at of a StatefulSet. */
export interface StatefulSet {
  readonly metadata: { readonly generation: number };
  readonly spec: { readonly replicas: number };
  readonly status: {
    readonly observedGeneration?: number;
    readonly readyReplicas?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly currentRevision?: string;
    readonly updateRevision?: string;
  };
}

interface Volume {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly spec: { readonly claimRef?: { readonly namespace: string; readonly name: string; readonly uid: string } };
}

/** The stacks below the name of the deployment, as the README names them. */
export const STACK_NAMES = [
  ...['Region0', 'Region1', 'Peering', 'PeerRoutes', 'Camunda0', 'Camunda1'],
  ...['SnapshotCopies0', 'SnapshotCopies1', 'Snapshots', 'PeerSnapshots'],
] as const;

const POLL_MS = 150;
const SETTLE_MS = 90_000;

export const brokerSet = (regionId: number): string => planOf(bed().topology).brokerStatefulSet(regionId);
export const BROKERS = 'app.kubernetes.io/component=zeebe-broker';
export const CONNECTORS = 'app.kubernetes.io/component=connectors';

export const namespaceOf = (regionId: number): string => bed().regions[regionId].namespace;

export async function pods(regionId: number, selector: string): Promise<readonly Pod[]> {
  const path = `/api/v1/namespaces/${namespaceOf(regionId)}/pods?labelSelector=${encodeURIComponent(selector)}`;
  return (await askApiServer<{ items: Pod[] }>(regionId, path)).items;
}

export function statefulSet(regionId: number): Promise<StatefulSet> {
  return askApiServer(regionId, `/apis/apps/v1/namespaces/${namespaceOf(regionId)}/statefulsets/${brokerSet(regionId)}`);
}

export function isReady({
  metadata,
  status,
}: Pick<Pod, 'status'> & { readonly metadata: Pick<Pod['metadata'], 'deletionTimestamp'> }): boolean {
  return metadata.deletionTimestamp === undefined && !!status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');
}

/** Waits until something holds; what it was waiting for is the message when it never does. */
export async function eventually(what: string, holds: () => Promise<boolean>, timeoutMs = SETTLE_MS): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${timeoutMs / 1000} s: ${what}`);
    await sleep(POLL_MS);
  }
}

/** Waits until all brokers of a region have the newest definition and are ready, and Connectors are. */
export async function settled(regionId: number): Promise<void> {
  await eventually(`all brokers of region ${regionId} ready`, async () => {
    const { metadata, spec, status } = await statefulSet(regionId);
    const counts = [status.replicas, status.readyReplicas, status.updatedReplicas];
    const same = status.observedGeneration === metadata.generation && status.currentRevision === status.updateRevision;
    return same && counts.every(count => count === spec.replicas) && (await pods(regionId, BROKERS)).every(isReady);
  });
  await eventually(`Connectors of region ${regionId} ready`, async () => (await pods(regionId, CONNECTORS)).every(isReady));
}

/** The configuration of the bed with something changed, as a file. */
export function changedConfiguration(name: string, change: (settings: DualRegionSettings) => DualRegionSettings): string {
  const { configurationFile, folder } = bed();
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, stringify(change(parse(readFileSync(configurationFile, 'utf8')) as DualRegionSettings)));
  return file;
}

/** Two more brokers, one in each region. */
export function withTwoMoreBrokers(): string {
  const clusterSize = bed().topology.brokers.length + 2;
  return changedConfiguration('two-more-brokers', settings => ({ ...settings, camunda: { ...settings.camunda, clusterSize } }));
}

/** Names, without that of the deployment, of the stacks in which `cdk deploy` found nothing to do. */
export function unchangedStacks({ output }: CdkOutcome): string[] {
  const prefix = `${bed().topology.name}-`;
  const names = [...output.matchAll(/✅\s+\S+ \((\S+)\) \(no changes\)/g)].map(([, name]) => name);
  return names.filter(name => name.startsWith(prefix)).map(name => name.slice(prefix.length));
}

/** Deploys the bed's own configuration again, and removes the volumes of brokers that only a proof has added. */
export async function restoreDeployment(): Promise<void> {
  const { code, output } = await cdkWith({ app: deployedApp() }, 'deploy', '--all', '--require-approval', 'never', '--concurrency', '2');
  if (code !== 0) throw new Error(`the deployment could not be restored:\n${output}`);
  await bothRegions(async regionId => {
    await settled(regionId);
    const kept = new Set(bed().regions[regionId].topology.brokers.map(({ podName }) => `data-${podName}`));
    const namespace = namespaceOf(regionId);
    const claims = (await kubectl(regionId, 'get', 'pvc', '-n', namespace, '-l', BROKERS, '-o', 'name')).trim().split('\n');
    const extra = claims.filter(claim => claim !== '' && !kept.has(claim.split('/')[1]));
    if (extra.length > 0) await kubectl(regionId, 'delete', '-n', namespace, ...extra);
  });
}

/** Volumes of the brokers of a region with their claims, each as one text with all identities. */
export async function volumesOf(regionId: number): Promise<string[]> {
  const { items } = await kubectlJson<{ items: Volume[] }>(regionId, 'get', 'pv');
  return items
    .filter(
      ({ spec }) => spec.claimRef?.namespace === namespaceOf(regionId) && spec.claimRef.name.startsWith(`data-${brokerSet(regionId)}-`),
    )
    .map(({ metadata, spec }) => `${spec.claimRef!.name} ${spec.claimRef!.uid} ${metadata.name} ${metadata.uid}`)
    .sort();
}

/** Does something in both regions at the same time. */
export function bothRegions<T>(action: (regionId: number) => Promise<T>): Promise<T[]> {
  return Promise.all([0, 1].map(action));
}

/**
 * Something that is done in both regions at the same time, when the test of the first region asks how it went there; that of
 * the second finds it done. Figures are for the tests to record: while it is done, a figure would be that of either.
 */
export function onceInBothRegions<T>(action: (regionId: number) => Promise<T>): (regionId: number) => Promise<T> {
  let running: Promise<T>[] | undefined;
  return async regionId => {
    running ??= [0, 1].map(action);
    // Of both, so that nothing goes on behind the tests that follow.
    await Promise.allSettled(running);
    return running[regionId];
  };
}

/** As `mostPodsDown`, of the brokers. */
export async function mostBrokersDown(regionId: number, whileThis: () => Promise<void>): Promise<number> {
  return mostPodsDown(regionId, BROKERS, (await statefulSet(regionId)).spec.replicas, whileThis);
}

/**
 * Watches pods of a region while something happens, and returns how many were not ready at once, at most. A pod that is being
 * deleted, or that has gone and not come back, is not ready.
 */
export async function mostPodsDown(regionId: number, selector: string, expected: number, whileThis: () => Promise<void>): Promise<number> {
  const { regions, environment } = bed();
  const columns = 'N:.metadata.name,D:.metadata.deletionTimestamp,R:.status.conditions[?(@.type=="Ready")].status';
  const args = ['get', 'pods', '-n', namespaceOf(regionId), '-l', selector, '--watch', '--no-headers', '-o', `custom-columns=${columns}`];
  const watch = spawn('kubectl', ['--kubeconfig', regions[regionId].kubeconfig, ...args], { env: environment });
  const ready = new Map<string, boolean>();
  let most = 0;
  let rest = '';
  watch.stdout.on('data', (data: Buffer) => {
    const lines = (rest + data.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [name, deleted, status] = line.trim().split(/\s+/);
      ready.set(name, deleted === '<none>' && status === 'True');
      // Until the first list is complete, nobody is down.
      if (ready.size === expected) most = Math.max(most, [...ready.values()].filter(is => !is).length);
    }
  });
  try {
    await eventually('the watch shows all pods', () => Promise.resolve(ready.size === expected));
    await whileThis();
    await sleep(POLL_MS);
  } finally {
    watch.kill();
  }
  return most;
}

/** Asks for the eviction of a pod as a drain would, without carrying it out, and returns what the API server says. */
export async function askForEviction(regionId: number, name: string): Promise<string> {
  const namespace = namespaceOf(regionId);
  const input = JSON.stringify({
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace },
    deleteOptions: { dryRun: ['All'] },
  });
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/eviction`;
  const { code, stdout, stderr } = await tryKubectl(regionId, ['create', '--raw', path, '-f', '-'], { input });
  return code === 0 ? (JSON.parse(stdout) as { status: string }).status : stderr;
}

/** The AWS CLI of the bed in a region; returns its JSON. Fails if it does. */
export async function aws<T>(regionId: number, env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<T> {
  const { regions, environment } = bed();
  const given = [...args, '--region', regions[regionId].awsRegion, '--output', 'json'];
  const { code, stdout, stderr } = await command('aws', given, { env: { ...environment, AWS_MAX_ATTEMPTS: '1', ...env } });
  if (code !== 0) throw new Error(`aws ${given.join(' ')}: exit code ${code}\n${stderr}`);
  return (stdout.trim() === '' ? {} : JSON.parse(stdout)) as T;
}
