/** An index, as far as a recovery looks at it. */
export interface StoredIndex {
  docs: number;
  readyAt: number;
  broken?: boolean;
  /** Where its shards come from, if nodes still know it. */
  origin?: 'EMPTY_STORE' | 'EXISTING_STORE' | { readonly repository: string; readonly snapshot: string };
  /** Operations that changed documents in place. */
  updates?: number;
}

type Indices = readonly (readonly [string, StoredIndex])[];

/** `_search` with documents by index. One without documents is not in it. */
export function countsByIndex(indices: Indices): unknown {
  return {
    hits: {},
    aggregations: {
      indices: { buckets: indices.filter(([, { docs }]) => docs > 0).map(([key, { docs }]) => ({ key, doc_count: docs })) },
    },
  };
}

/** `_stats/indexing`. */
export function writesOf(indices: Indices): unknown {
  return {
    _all: {},
    indices: Object.fromEntries(
      indices.map(([name, { docs, updates = 0 }]) => [name, { primaries: { indexing: { index_total: docs + updates, delete_total: 0 } } }]),
    ),
  };
}

/** `_recovery`: one primary shard, and a replica that was copied from it. */
export function originsOf(indices: Indices, now: number): unknown {
  return Object.fromEntries(
    indices.map(([name, { origin = 'EMPTY_STORE', readyAt }]) => [
      name,
      {
        shards: [
          {
            id: 0,
            primary: true,
            stage: readyAt > now ? 'INDEX' : 'DONE',
            ...(typeof origin === 'string' ? { type: origin, source: {} } : { type: 'SNAPSHOT', source: { ...origin, index: name } }),
          },
          { id: 0, primary: false, stage: 'DONE', type: 'PEER', source: {} },
        ],
      },
    ]),
  );
}
