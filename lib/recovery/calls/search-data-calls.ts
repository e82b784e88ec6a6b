import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import type { HttpCall } from './call';
import { idOf, isJson, mappings, textOf, type Json } from './readings';
import { CONTENT } from './search-calls';

/** More than there can be indices. */
const MAX_INDICES = 10_000;

/**
 * All documents of each index, as a search finds them. The number in the list of indices is not that: an index that nobody searches
 * does not take note of what is written to it. Shards that are missing are an error, and not a smaller number.
 *
 * @see https://www.elastic.co/guide/en/elasticsearch/reference/8.19/index-modules.html#index-search-idle-after
 *
 * @internal
 */
export function countDocuments(regionId: number): HttpCall {
  return {
    target: { kind: 'elasticsearch', regionId },
    method: 'GET',
    path: `/${CONTENT.indices}/_search`,
    query: { size: '0', allow_partial_search_results: 'false' },
    body: { aggs: { indices: { terms: { field: '_index', size: MAX_INDICES } } } },
  };
}

/**
 * Documents by index. One without documents is not in it.
 *
 * @internal
 */
export function documentCounts(value: unknown): ReadonlyMap<string, number> | undefined {
  const found = isJson(value) && isJson(value.aggregations) ? value.aggregations.indices : undefined;
  // Where no index is at all, nothing is aggregated.
  if (!isJson(found)) return isJson(value) && isJson(value.hits) ? new Map() : undefined;
  return new Map(mappings(found.buckets).map(({ key, doc_count }) => [textOf(key), idOf(doc_count)]));
}

/**
 * What was ever written to each index, in operations.
 *
 * @internal
 */
export function readWrites(regionId: number): HttpCall {
  return { target: { kind: 'elasticsearch', regionId }, method: 'GET', path: `/${CONTENT.indices}/_stats/indexing` };
}

/** @internal */
export function writeTotals(value: unknown): ReadonlyMap<string, number> | undefined {
  if (!isJson(value) || !isJson(value._all)) return undefined;
  const indices = isJson(value.indices) ? value.indices : {};
  return new Map(Object.entries(indices).map(([name, entry]) => [name, operationsOf(entry)]));
}

function operationsOf(entry: unknown): number {
  const indexing = isJson(entry) && isJson(entry.primaries) ? entry.primaries.indexing : undefined;
  return isJson(indexing) ? idOf(indexing.index_total) + idOf(indexing.delete_total) : 0;
}

/**
 * Where the shards of each index have come from. The nodes that hold them know it until they restart.
 *
 * @internal
 */
export function readOrigins(regionId: number): HttpCall {
  return { target: { kind: 'elasticsearch', regionId }, method: 'GET', path: `/${CONTENT.indices}/_recovery` };
}

/**
 * - a name: from this snapshot of the failback's repository
 * - `made`: nobody brought it, so it was made there
 * - `elsewhere`: from another snapshot, or from other shards
 * - `unknown`: from a node of the same cluster, or from its own disk, which says nothing about where it was before
 *
 * @internal
 */
export type Origin = { readonly snapshot: string } | 'made' | 'elsewhere' | 'unknown';

/** @internal */
export function shardOrigins(value: unknown): ReadonlyMap<string, readonly Origin[]> | undefined {
  if (!isJson(value)) return undefined;
  return new Map(
    Object.entries(value).map(([name, entry]) => [
      name,
      (isJson(entry) ? mappings(entry.shards) : []).filter(({ primary }) => primary === true).map(originOf),
    ]),
  );
}

function originOf({ type, source }: Json): Origin {
  switch (textOf(type)) {
    case 'SNAPSHOT':
      return isJson(source) && source.repository === FIXED_NAMES.failbackRepository ? { snapshot: textOf(source.snapshot) } : 'elsewhere';
    case 'EMPTY_STORE':
      return 'made';
    case 'LOCAL_SHARDS':
      return 'elsewhere';
    default:
      return 'unknown';
  }
}
