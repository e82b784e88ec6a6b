import {
  indexStates,
  readHealth,
  readIndices,
  readSnapshot,
  restoreSnapshot,
  searchHealth,
  snapshotState,
  type IndexState,
} from '../calls/search-calls';
import { readOrigins, shardOrigins } from '../calls/search-data-calls';
import { blocked, met, open, running, unknown, type Finding } from '../finding';
import { mayHaveActed, type Attempt } from '../record/progress';
import type { Condition, Step } from '../run/step';
import type { ClusterView } from '../view/cluster-view';
import { listText } from '../view/members';
import { judgeRestore } from '../view/restore-judgement';
import { unlessEnabled } from './exporting';
import { namesOnlyWhatIsShown } from './identified';
import { snapshotTaken, type Copy } from './snapshot';

/** A restore that has not begun with any shard after this long has failed. */
const BEGUN_AFTER_MS = 30_000;

/** @internal */
export function restore(copy: Copy, requires: readonly Condition[] = []): Step {
  const { from, to, snapshot } = copy;
  return {
    id: 'restore',
    title: `Restore the snapshot in region ${to}`,
    purpose: `The recreated Elasticsearch gets everything that was exported before. It must be without indices of Camunda: nothing here deletes any.`,
    requires: [copy.identified, snapshotTaken(copy), ...requires],
    done: unlessEnabled(
      copy.exporterId,
      namesOnlyWhatIsShown(
        {
          description: `region ${to} has every index of the snapshot, each of its primary shards is there, and '_recovery' or the record of this recovery shows that they come from it`,
          calls: [readSnapshot(from, snapshot), readIndices(to), readOrigins(to), readHealth(to)],
          check: (view, attempts) => restored(view, copy, attempts),
        },
        copy.identified,
      ),
    ),
    action: { description: 'restore the snapshot', call: restoreSnapshot(to, snapshot), repeat: 'by-name' },
    timeoutMs: 6 * 3_600_000,
    advice: `look at 'GET /_cluster/allocation/explain' on Elasticsearch of region ${to}; fix what it names, then 'recover resume'`,
  };
}

async function restored(view: ClusterView, copy: Copy, attempts: readonly Attempt[]): Promise<Finding> {
  const { from, to, snapshot } = copy;
  const wanted = await view.read(readSnapshot(from, snapshot), snapshotState);
  if (!wanted.ok) return unknown(wanted.why);
  const target = await view.read(readIndices(to), indexStates);
  if (!target.ok) return unknown(target.why);
  const origins = await view.read(readOrigins(to), shardOrigins);
  if (!origins.ok) return unknown(origins.why);
  const { indices } = wanted.value;
  const verdict = judgeRestore({ snapshot, indices, target: target.value, origins: origins.value, sent: mayHaveActed(attempts) });
  switch (verdict.kind) {
    case 'none':
      return open(`region ${to} has no index of the snapshot`);
    case 'foreign':
      return inTheWay(verdict.names, to);
    case 'restored':
      return met(`${indices.length} indices with ${total(target.value)} documents are restored`);
    case 'waiting':
      return waitingFor(view, copy, verdict.names, indices, attempts);
  }
}

async function waitingFor(
  view: ClusterView,
  { to }: Copy,
  waiting: readonly string[],
  indices: readonly string[],
  attempts: readonly Attempt[],
): Promise<Finding> {
  const health = await view.read(readHealth(to), searchHealth);
  if (!health.ok) return unknown(health.why);
  if (health.value.initializingShards > 0) return running(`${indices.length - waiting.length} of ${indices.length} indices are restored`);
  return stuck(view, { waiting, indices }, attempts, to);
}

interface Unfinished {
  readonly waiting: readonly string[];
  /** All of the snapshot. */
  readonly indices: readonly string[];
}

/** A restore takes all indices or none, so those that did come have to go too before another one. */
function stuck(view: ClusterView, { waiting, indices }: Unfinished, attempts: readonly Attempt[], regionId: number): Finding {
  const text = `shards of ${listText(waiting)} are not restored`;
  if (view.ports.clock.now() - (attempts.at(-1)?.at ?? 0) < BEGUN_AFTER_MS) return running(text);
  return blocked(
    text,
    `a failed shard is a failed restore. Find the reason with 'GET /_cluster/allocation/explain' on Elasticsearch of region ${regionId}, and delete exactly ` +
      `these indices there, by name: ${listText(indices)}. Then 'recover resume' restores once more`,
  );
}

function inTheWay(names: readonly string[], regionId: number): Finding {
  return blocked(
    `Elasticsearch of region ${regionId} has indices that do not come from this snapshot: ${listText(names)}`,
    `the schema was made before the restore, or another snapshot was restored. This program deletes nothing: make sure that region ${regionId} is the recreated one, delete exactly these ` +
      `indices there, by name (wildcards are refused), and 'recover resume'`,
  );
}

/** @internal */
export function total(indices: ReadonlyMap<string, IndexState>): number {
  return [...indices.values()].reduce((sum, { docs = 0 }) => sum + docs, 0);
}
