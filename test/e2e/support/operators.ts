import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import { askApiServer } from './api-server';
import { bed } from './bed';
import { eventually, namespaceOf } from './life';

/** Controllers that run in the bed, by the names of their programs. */
export const OPERATORS = ['load-balancer', 'external-secrets', 'cert-manager', 'eck'] as const;

export type Operator = (typeof OPERATORS)[number];

interface Elasticsearch {
  readonly status?: { readonly phase?: string; readonly health?: string };
}

const fileOf = (regionId: number, operator: Operator, kind: string): string =>
  join(bed().folder, 'operators', `${operator}-${regionId}${kind}`);

/** What an operator has logged since the bed was booted. */
export function operatorLog(regionId: number, operator: Operator): string {
  return readFileSync(fileOf(regionId, operator, '.log'), 'utf8');
}

/** What it has logged since it was started last: at the end of a deployment its rights were taken away, while it ran. */
export function logOfThisRun(regionId: number, operator: Operator): string {
  const log = operatorLog(regionId, operator);
  return log.slice(log.lastIndexOf(`${operator} of region ${regionId}: starting`));
}

/** Ends an operator, and keeps it down. */
export async function stopOperator(regionId: number, operator: Operator): Promise<void> {
  writeFileSync(fileOf(regionId, operator, '.held'), '');
  await end(regionId, operator);
}

/** Has it started again. */
export async function startOperator(regionId: number, operator: Operator): Promise<void> {
  rmSync(fileOf(regionId, operator, '.held'), { force: true });
  await eventually(`${operator} of region ${regionId} runs`, () => Promise.resolve(pidOf(regionId, operator) !== undefined));
}

/** Has it begin anew. The Elastic operator needs that when pods were replaced: it keeps tunnels by the names of pods. */
export async function restartOperator(regionId: number, operator: Operator): Promise<void> {
  const old = await end(regionId, operator);
  await eventually(`${operator} of region ${regionId} runs again`, () => {
    const pid = pidOf(regionId, operator);
    return Promise.resolve(pid !== undefined && pid !== old);
  });
}

/** Waits until the Elastic operator finds the Elasticsearch of a region complete, reachable and healthy. */
export async function elasticsearchReady(regionId: number): Promise<void> {
  const path = `/apis/elasticsearch.k8s.elastic.co/v1/namespaces/${namespaceOf(regionId)}/elasticsearches/${FIXED_NAMES.elasticsearch}`;
  await eventually(`Elasticsearch of region ${regionId} is ready`, async () => {
    const { status } = await askApiServer<Elasticsearch>(regionId, path).catch((): Elasticsearch => ({}));
    return status?.phase === 'Ready' && status.health === 'green';
  });
}

/** What a Kubernetes Secret of the deployment holds, decoded. */
export async function secretOf(regionId: number, name: string): Promise<Readonly<Record<string, string>>> {
  const path = `/api/v1/namespaces/${namespaceOf(regionId)}/secrets/${name}`;
  const { data } = await askApiServer<{ data?: Readonly<Record<string, string>> }>(regionId, path);
  return Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
}

/** File with the address of the Elasticsearch that stands behind the tunnels into a region's pods, for all but the operator. */
export function upstreamFile(regionId: number): string {
  return join(bed().folder, 'operators', `upstream-${regionId}`);
}

async function end(regionId: number, operator: Operator): Promise<number | undefined> {
  const pid = pidOf(regionId, operator);
  if (pid !== undefined) process.kill(pid, 'SIGTERM');
  await eventually(`${operator} of region ${regionId} has ended`, () =>
    Promise.resolve(pidOf(regionId, operator) !== pid || pid === undefined),
  );
  return pid;
}

/** Undefined while it does not run. */
function pidOf(regionId: number, operator: Operator): number | undefined {
  const file = fileOf(regionId, operator, '.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) || undefined : undefined;
}
