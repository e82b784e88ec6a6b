import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import type { SnapshotRepository } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { HttpCall } from './call';
import { idOf, isJson, mappings, textOf } from './readings';

const REPOSITORY = `/_snapshot/${FIXED_NAMES.failbackRepository}`;

/**
 * Camunda's indices, and none of those that Elasticsearch keeps for itself: those exist in the recreated region too, and a
 * restore over an open index is refused.
 *
 * @internal
 */
export const CONTENT = { indices: '*,-.*', include_global_state: true, feature_states: ['none'] } as const;

/**
 * Which cluster it is.
 *
 * @internal
 */
export function readIdentity(regionId: number): HttpCall {
  return { target: { kind: 'elasticsearch', regionId }, method: 'GET', path: '/' };
}

/** @internal */
export function readIdentityFromState(regionId: number): HttpCall {
  return { target: { kind: 'elasticsearch', regionId }, method: 'GET', path: '/_cluster/state/version' };
}

/**
 * Where its nodes say that they are.
 *
 * @internal
 */
export function readNodes(regionId: number): HttpCall {
  return {
    target: { kind: 'elasticsearch', regionId },
    method: 'GET',
    path: '/_nodes/http',
    query: { filter_path: 'nodes.*.attributes.zone,nodes.*.http.publish_address' },
  };
}

/** @internal */
export function readIndices(regionId: number): HttpCall {
  return {
    target: { kind: 'elasticsearch', regionId },
    method: 'GET',
    path: '/_cat/indices',
    query: { format: 'json', h: 'index,health,docs.count', expand_wildcards: 'all' },
  };
}

/** @internal */
export function readHealth(regionId: number): HttpCall {
  return { target: { kind: 'elasticsearch', regionId }, method: 'GET', path: '/_cluster/health' };
}

/** @internal */
export function readRepository(regionId: number): HttpCall {
  return { target: { kind: 'elasticsearch', regionId }, method: 'GET', path: REPOSITORY };
}

/**
 * The recreated region only reads: two clusters that write into one repository spoil it.
 *
 * @internal
 */
export function registerRepository(regionId: number, { type, settings }: SnapshotRepository, readonly: boolean): HttpCall {
  return {
    target: { kind: 'elasticsearch', regionId },
    method: 'PUT',
    path: REPOSITORY,
    body: { type, settings: readonly ? { ...settings, readonly: 'true' } : settings },
  };
}

/** @internal */
export function readSnapshot(regionId: number, snapshot: string): HttpCall {
  return { target: { kind: 'elasticsearch', regionId }, method: 'GET', path: `${REPOSITORY}/${snapshot}` };
}

/**
 * Without waiting for its end in one long call: a tunnel would break.
 *
 * @internal
 */
export function takeSnapshot(regionId: number, snapshot: string): HttpCall {
  return { target: { kind: 'elasticsearch', regionId }, method: 'PUT', path: `${REPOSITORY}/${snapshot}`, body: CONTENT };
}

/** @internal */
export function restoreSnapshot(regionId: number, snapshot: string): HttpCall {
  return { target: { kind: 'elasticsearch', regionId }, method: 'POST', path: `${REPOSITORY}/${snapshot}/_restore`, body: CONTENT };
}

/** @internal */
export interface IndexState {
  readonly health: string;
  /** Documents, or undefined while its shards are not there. */
  readonly docs?: number;
}

/**
 * Camunda's indices by name.
 *
 * @internal
 */
export function indexStates(value: unknown): ReadonlyMap<string, IndexState> | undefined {
  if (!Array.isArray(value)) return undefined;
  return new Map(
    mappings(value)
      .map((entry): [string, IndexState] => {
        const docs = idOf(entry['docs.count']);
        return [textOf(entry.index), { health: textOf(entry.health), ...(Number.isNaN(docs) ? {} : { docs }) }];
      })
      .filter(([name]) => !name.startsWith('.')),
  );
}

/** @internal */
export interface SearchHealth {
  readonly status: string;
  readonly initializingShards: number;
}

/** @internal */
export function searchHealth(value: unknown): SearchHealth | undefined {
  return isJson(value) && 'status' in value
    ? { status: textOf(value.status), initializingShards: idOf(value.initializing_shards) }
    : undefined;
}

/** @internal */
export interface SnapshotState {
  readonly state: string;
  readonly indices: readonly string[];
  readonly failedShards: number;
}

/** @internal */
export function snapshotState(value: unknown): SnapshotState | undefined {
  const [snapshot] = isJson(value) ? mappings(value.snapshots) : [];
  if (snapshot === undefined) return undefined;
  const indices = Array.isArray(snapshot.indices) ? snapshot.indices.map(textOf) : [];
  return {
    state: textOf(snapshot.state),
    indices: indices.filter(name => !name.startsWith('.')),
    failedShards: isJson(snapshot.shards) ? idOf(snapshot.shards.failed) : 0,
  };
}

/** @internal */
export function repositoryState(value: unknown): SnapshotRepository | undefined {
  const found = isJson(value) ? value[FIXED_NAMES.failbackRepository] : undefined;
  if (!isJson(found) || !isJson(found.settings)) return undefined;
  return {
    type: textOf(found.type),
    settings: Object.fromEntries(Object.entries(found.settings).map(([key, entry]) => [key, textOf(entry)])),
  };
}
