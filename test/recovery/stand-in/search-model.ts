import type { Answer, Question } from './answer';
import { countsByIndex, originsOf, writesOf, type StoredIndex } from './search-data';
import type { VirtualClock } from './virtual-clock';

interface Snapshot {
  readonly name: string;
  readonly indices: ReadonlyMap<string, number>;
  readonly globalState: boolean;
  readonly until: number;
  readonly failedShards: number;
}

interface Repository {
  readonly type: string;
  readonly settings: { readonly [name: string]: string };
  /** Snapshots that it knows: what others write into the place later, it does not see. */
  readonly known: Set<string>;
}

/** Places that hold snapshots. Both regions reach the same ones. */
export type SnapshotPlaces = Map<string, Map<string, Snapshot>>;

/** Stand-in for the Elasticsearch of one region, as far as a recovery uses it. */
export class SearchModel {
  public reachable = true;
  public readonly indices = new Map<string, StoredIndex>();
  public templates = false;
  /** Snapshots that end with failed shards. */
  public failingShards = 0;
  /** Another one is another cluster. */
  public clusterUuid: string;
  private readonly repositories = new Map<string, Repository>();

  public constructor(
    private readonly places: SnapshotPlaces,
    private readonly clock: VirtualClock,
    private readonly duration: number,
    /** What its nodes say of where they are: zone of the node, and name before the address that they publish. */
    private readonly node: { readonly uuid: string; readonly zone?: string; readonly host?: string },
  ) {
    this.clusterUuid = node.uuid;
  }

  /** Another cluster, with nothing in it: its repositories are gone too. */
  public beginAnew(): void {
    this.clusterUuid += '-anew';
    this.indices.clear();
    this.repositories.clear();
    this.templates = false;
  }

  public answer(question: Question): Answer {
    const { method, path } = question;
    if (path === '/') return { status: 200, body: { cluster_name: 'elasticsearch', cluster_uuid: this.clusterUuid } };
    if (path === '/_nodes/http') {
      const { zone, host = '' } = this.node;
      return { status: 200, body: { nodes: { a: { attributes: { zone }, http: { publish_address: `${host}10.0.0.1:9200` } } } } };
    }
    if (path === '/_cluster/health') return { status: 200, body: this.health() };
    if (path === '/_cat/indices') return { status: 200, body: this.catalogue() };
    const data = /^\/([^/]+)\/(_search|_recovery|_stats\/indexing)$/.exec(path);
    if (data && method === 'GET') return this.data(data[1], data[2]);
    const repository = /^\/_snapshot\/([^/]+)$/.exec(path);
    if (repository && method === 'GET') return this.describeRepository(repository[1]);
    if (repository && method === 'PUT') return this.register(repository[1], question.body);
    const snapshot = /^\/_snapshot\/([^/]+)\/([^/]+)$/.exec(path);
    if (snapshot && method === 'PUT') return this.take(snapshot[1], snapshot[2], question.body);
    if (snapshot && method === 'GET') return this.describeSnapshot(snapshot[1], snapshot[2]);
    const restore = /^\/_snapshot\/([^/]+)\/([^/]+)\/_restore$/.exec(path);
    if (restore && method === 'POST') return this.restore(restore[1], restore[2], question.body);
    return failure(400, 'illegal_argument_exception', `no ${method} ${path}`);
  }

  private placeOf({ type, settings }: Repository): Map<string, Snapshot> {
    const place = JSON.stringify(Object.entries(settings).filter(([name]) => name !== 'readonly'));
    const key = `${type} ${place}`;
    const snapshots = this.places.get(key) ?? new Map<string, Snapshot>();
    this.places.set(key, snapshots);
    return snapshots;
  }

  private register(name: string, body: unknown): Answer {
    const { type, settings } = body as { type?: string; settings?: { [name: string]: string } };
    if (!type || !settings) return failure(400, 'repository_exception', 'type and settings are needed');
    const repository: Repository = { type, settings, known: new Set() };
    [...this.placeOf(repository).keys()].forEach(snapshot => repository.known.add(snapshot));
    this.repositories.set(name, repository);
    return { status: 200, body: { acknowledged: true } };
  }

  private describeRepository(name: string): Answer {
    const repository = this.repositories.get(name);
    if (!repository) return failure(404, 'repository_missing_exception', `[${name}] missing`);
    return { status: 200, body: { [name]: { type: repository.type, settings: repository.settings } } };
  }

  private take(name: string, snapshot: string, body: unknown): Answer {
    const repository = this.repositories.get(name);
    if (!repository) return failure(404, 'repository_missing_exception', `[${name}] missing`);
    if (repository.settings.readonly === 'true')
      return failure(500, 'repository_exception', 'cannot create snapshot in a readonly repository');
    const place = this.placeOf(repository);
    if (place.has(snapshot))
      return failure(400, 'snapshot_name_already_in_use_exception', `[${name}:${snapshot}] snapshot with the same name already exists`);
    const { include_global_state: globalState = true, indices = '*' } = (body ?? {}) as {
      include_global_state?: boolean;
      indices?: string;
    };
    place.set(snapshot, {
      name: snapshot,
      globalState,
      indices: new Map([...this.indices].filter(([index]) => chosen(index, indices)).map(([index, { docs }]) => [index, docs])),
      until: this.clock.now() + this.duration,
      failedShards: this.failingShards,
    });
    repository.known.add(snapshot);
    return { status: 200, body: { accepted: true } };
  }

  private describeSnapshot(name: string, snapshot: string): Answer {
    const repository = this.repositories.get(name);
    if (!repository) return failure(404, 'repository_missing_exception', `[${name}] missing`);
    const found = repository.known.has(snapshot) ? this.placeOf(repository).get(snapshot) : undefined;
    if (!found) return failure(404, 'snapshot_missing_exception', `[${name}:${snapshot}] is missing`);
    const total = found.indices.size;
    const state = found.until > this.clock.now() ? 'IN_PROGRESS' : found.failedShards > 0 ? 'PARTIAL' : 'SUCCESS';
    return {
      status: 200,
      body: {
        snapshots: [
          {
            snapshot,
            state,
            indices: [...found.indices.keys()],
            include_global_state: found.globalState,
            shards: { total, failed: found.failedShards, successful: total - found.failedShards },
          },
        ],
      },
    };
  }

  private restore(name: string, snapshot: string, body: unknown): Answer {
    const repository = this.repositories.get(name);
    if (!repository) return failure(404, 'repository_missing_exception', `[${name}] missing`);
    const found = repository.known.has(snapshot) ? this.placeOf(repository).get(snapshot) : undefined;
    if (!found || found.until > this.clock.now())
      return failure(404, 'snapshot_restore_exception', `[${name}:${snapshot}] snapshot does not exist`);
    const { include_global_state: globalState = false, indices = '*' } = (body ?? {}) as {
      include_global_state?: boolean;
      indices?: string;
    };
    const wanted = [...found.indices].filter(([index]) => chosen(index, indices));
    const taken = wanted.find(([index]) => this.indices.has(index));
    if (taken) {
      return failure(
        500,
        'snapshot_restore_exception',
        `[${name}:${snapshot}] cannot restore index [${taken[0]}] because an open index with same name already exists in the cluster`,
      );
    }
    const origin = { repository: name, snapshot };
    wanted.forEach(([index, docs]) => this.indices.set(index, { docs, readyAt: this.clock.now() + this.duration, origin }));
    this.templates ||= globalState && found.globalState;
    return { status: 200, body: { accepted: true } };
  }

  private stateOf({ readyAt, broken }: { readonly readyAt: number; readonly broken?: boolean }): 'green' | 'restoring' | 'broken' {
    if (broken) return 'broken';
    return readyAt > this.clock.now() ? 'restoring' : 'green';
  }

  private health(): unknown {
    const states = [...this.indices.values()].map(index => this.stateOf(index));
    const restoring = states.filter(state => state === 'restoring').length;
    return {
      status: states.every(state => state === 'green') ? 'green' : 'red',
      timed_out: false,
      initializing_shards: restoring,
      unassigned_shards: states.filter(state => state === 'broken').length,
    };
  }

  private data(patterns: string, what: string): Answer {
    const found = [...this.indices].filter(([index]) => chosen(index, decodeURIComponent(patterns)));
    if (what === '_recovery') return { status: 200, body: originsOf(found, this.clock.now()) };
    if (what === '_stats/indexing') return { status: 200, body: writesOf(found) };
    return found.every(([, entry]) => this.stateOf(entry) === 'green')
      ? { status: 200, body: countsByIndex(found) }
      : failure(503, 'search_phase_execution_exception', 'not all shards are there');
  }

  private catalogue(): unknown[] {
    return [...this.indices].map(([index, entry]) => {
      const ready = this.stateOf(entry) === 'green';
      return { index, health: ready ? 'green' : 'red', status: 'open', 'docs.count': ready ? String(entry.docs) : null };
    });
  }
}

/** Understands lists of names with `*`, and leading `-` for those to leave out. */
function chosen(index: string, patterns: string): boolean {
  return patterns.split(',').reduce((is, pattern) => {
    const left = pattern.startsWith('-');
    const text = (left ? pattern.slice(1) : pattern).replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
    return new RegExp(`^${text}$`).test(index) ? !left : is;
  }, false);
}

function failure(status: number, type: string, reason: string): Answer {
  return { status, body: { error: { root_cause: [{ type, reason }], type, reason }, status } };
}
