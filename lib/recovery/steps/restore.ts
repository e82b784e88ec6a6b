import { blocked, holds, open, running, unknown, type Finding } from '../finding';
import { listText } from '../members';
import { mayHaveActed, type Attempt } from '../progress';
import {
  indexStates,
  readHealth,
  readIndices,
  readSnapshot,
  restoreSnapshot,
  searchHealth,
  snapshotState,
  type IndexState,
} from '../search-calls';
import type { Step } from '../step';
import type { World } from '../world';
import { unlessEnabled } from './exporting';
import { snapshotTaken, type Copy } from './snapshot';

/** A restore that has not begun with any shard after this long has failed. */
const BEGUN_AFTER_MS = 30_000;

/** @internal */
export function restore(copy: Copy): Step {
  const { from, to, snapshot } = copy;
  return {
    id: 'restore',
    title: `Restore the snapshot in region ${to}`,
    purpose: `The recreated Elasticsearch gets everything that was exported before. It must be without indices of Camunda: nothing here deletes any.`,
    requires: [snapshotTaken(copy)],
    done: unlessEnabled(copy.exporterId, {
      says: `region ${to} has every index of the snapshot, with the documents of region ${from}`,
      calls: [readSnapshot(from, snapshot), readIndices(from), readIndices(to), readHealth(to)],
      look: (world, attempts) => restored(world, copy, attempts),
    }),
    action: { says: 'restore the snapshot', call: restoreSnapshot(to, snapshot), repeat: 'by-name' },
    timeoutMs: 6 * 3_600_000,
    advice: `look at 'GET /_cluster/allocation/explain' on Elasticsearch of region ${to}; mend what it names, then 'recover resume'`,
  };
}

async function restored(world: World, { from, to, snapshot }: Copy, attempts: readonly Attempt[]): Promise<Finding> {
  const wanted = await world.read(readSnapshot(from, snapshot), snapshotState);
  if (!wanted.ok) return unknown(wanted.why);
  const target = await world.read(readIndices(to), indexStates);
  if (!target.ok) return unknown(target.why);
  const { indices } = wanted.value;
  const present = indices.filter(name => target.value.has(name));
  const asked = mayHaveActed(attempts);
  if (present.length === 0)
    return target.value.size > 0 && !asked ? inTheWay([...target.value.keys()], to) : open(`region ${to} has no index of the snapshot`);
  const source = await world.read(readIndices(from), indexStates);
  if (!source.ok) return unknown(source.why);
  const health = await world.read(readHealth(to), searchHealth);
  if (!health.ok) return unknown(health.why);
  const waiting = indices.filter(name => target.value.get(name)?.docs === undefined);
  if (waiting.length > 0) {
    if (health.value.initializingShards > 0) return running(`${indices.length - waiting.length} of ${indices.length} indices are restored`);
    return asked ? stuck(world, { waiting, present }, attempts, to) : inTheWay(present, to);
  }
  const different = indices.filter(name => target.value.get(name)?.docs !== source.value.get(name)?.docs);
  if (different.length === 0) return holds(`${indices.length} indices with ${total(target.value)} documents are restored`);
  // Without a record of a restore, other counts say that these indices come from elsewhere.
  if (!asked) return inTheWay(different, to);
  return different.some(name => (target.value.get(name)?.docs ?? 0) < (source.value.get(name)?.docs ?? 0))
    ? running(`documents of ${listText(different)} differ between the regions`)
    : holds(`${indices.length} indices are restored`);
}

interface Unfinished {
  readonly waiting: readonly string[];
  readonly present: readonly string[];
}

/** A restore takes all indices or none, so those that did come have to go too before another one. */
function stuck(world: World, { waiting, present }: Unfinished, attempts: readonly Attempt[], regionId: number): Finding {
  const text = `shards of ${listText(waiting)} are not restored`;
  if (world.ports.clock.now() - (attempts.at(-1)?.at ?? 0) < BEGUN_AFTER_MS) return running(text);
  return blocked(
    text,
    `a failed shard is a failed restore. Find the reason with 'GET /_cluster/allocation/explain' on Elasticsearch of region ${regionId}, and delete exactly ` +
      `these indices there, by name: ${listText(present)}. Then 'recover resume' restores once more`,
  );
}

function inTheWay(names: readonly string[], regionId: number): Finding {
  return blocked(
    `Elasticsearch of region ${regionId} has indices that do not come from this snapshot: ${listText(names)}`,
    `the schema was made before the restore. This program deletes nothing: make sure that region ${regionId} is the recreated one, delete exactly these ` +
      `indices there, by name (wildcards are refused), and 'recover resume'`,
  );
}

/** @internal */
export function total(indices: ReadonlyMap<string, IndexState>): number {
  return [...indices.values()].reduce((sum, { docs = 0 }) => sum + docs, 0);
}
