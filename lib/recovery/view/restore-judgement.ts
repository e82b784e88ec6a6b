import type { IndexState } from '../calls/search-calls';
import type { Origin } from '../calls/search-data-calls';
import { isDated } from './index-families';

/** What is known about a restore. */
export interface RestoreEvidence {
  readonly snapshot: string;
  /** Indices of the snapshot. */
  readonly indices: readonly string[];
  /** What the recreated region has. */
  readonly target: ReadonlyMap<string, IndexState>;
  /** Where primary shards there have come from. */
  readonly origins: ReadonlyMap<string, readonly Origin[]>;
  /** Whether a restore was sent, by the record. It is sent only where no index of the snapshot was. */
  readonly sent: boolean;
}

/**
 * - `none`: nothing of the snapshot is there
 * - `foreign`: these do not come from the snapshot
 * - `waiting`: shards of these are not there yet
 * - `restored`: all are there
 */
export interface RestoreVerdict {
  readonly kind: 'none' | 'foreign' | 'waiting' | 'restored';
  readonly names: readonly string[];
}

/**
 * What Elasticsearch itself shows of a restore. Counts of documents prove nothing: those of the source move on, and an old region that
 * comes back with its old volumes may have the same ones.
 *
 * @internal
 */
export function judgeRestore({ snapshot, indices, target, origins, sent }: RestoreEvidence): RestoreVerdict {
  const present = indices.filter(name => target.has(name));
  if (present.length === 0) return target.size > 0 && !sent ? { kind: 'foreign', names: [...target.keys()] } : { kind: 'none', names: [] };
  const shown = (name: string): 'ours' | 'not ours' | 'silent' => shownBy(origins.get(name) ?? [], snapshot);
  // Elasticsearch restores all indices or none: with one of them, all have come.
  const begun = sent || present.some(name => shown(name) === 'ours');
  const foreign = present.filter(
    name => shown(name) === 'not ours' || !begun || (!sent && shown(name) === 'silent' && started(target.get(name))),
  );
  if (foreign.length > 0) return { kind: 'foreign', names: foreign };
  // Restored with its age, a dated index can be due at once: then Elasticsearch has deleted it since, as it does in the other region.
  const isDeleted = (name: string): boolean => isDated(name) && !target.has(name);
  const waiting = indices.filter(name => !started(target.get(name)) && !isDeleted(name));
  return waiting.length > 0 ? { kind: 'waiting', names: waiting } : { kind: 'restored', names: indices };
}

function shownBy(found: readonly Origin[], snapshot: string): 'ours' | 'not ours' | 'silent' {
  if (found.some(origin => origin === 'made' || origin === 'elsewhere' || (typeof origin === 'object' && origin.snapshot !== snapshot))) {
    return 'not ours';
  }
  return found.length > 0 && found.every(origin => typeof origin === 'object') ? 'ours' : 'silent';
}

/** Whether all primary shards are there. */
function started(state: IndexState | undefined): boolean {
  return state?.docs !== undefined && state.health !== 'red';
}
