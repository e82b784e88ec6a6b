import { UnreadableRecordError, type ProgressStore, type StoredProgress } from '../../../lib/recovery/ports';
import { isUnfinished, type Progress } from '../../../lib/recovery/record/progress';
import { RecoveryStop } from '../../../lib/recovery/stop';
import type { FoundDeployment } from '../deployment';
import { kubernetesFailure } from '../kubernetes/kubernetes-failure';

/** What the store of each region has, in their order. All are asked at once: a lost region may hang. */
export function recordsOf(found: FoundDeployment): Promise<PromiseSettledResult<StoredProgress>[]> {
  return Promise.allSettled(found.topology.regions.map(async ({ regionId }) => found.portsFor(regionId).store.read()));
}

/**
 * The recovery that is not finished, wherever it keeps its record.
 *
 * @throws UnreadableRecordError if there is a record that cannot be read
 * @throws RecoveryStop if there is none
 */
export async function unfinished(found: FoundDeployment): Promise<{ readonly progress: Progress; readonly version: string | undefined }> {
  const reads = await recordsOf(found);
  for (const read of reads) if (read.status === 'rejected' && read.reason instanceof UnreadableRecordError) throw read.reason;
  const all = reads
    .flatMap(read => (read.status === 'fulfilled' && read.value.progress ? [{ ...read.value, progress: read.value.progress }] : []))
    // A region that comes back as it was may still have the record of an earlier loss of the other one.
    .sort((a, b) => b.progress.startedAt - a.progress.startedAt);
  // A switch that something else has come after is over, be it finished or not.
  const last = all.find(({ progress }, i) => (i === 0 ? progress.finishedAt === undefined : isUnfinished(progress)));
  if (last) return { progress: last.progress, version: last.version };
  const reasons = reads.flatMap((read, regionId) =>
    read.status === 'rejected' ? [`region ${regionId}: ${String((read.reason as Error).message).split('\n')[0]}`] : [],
  );
  const begin = `see 'recover status'; begin with 'recover failover' or 'recover failback'`;
  if (reads.some(read => read.status === 'rejected' && kubernetesFailure(read.reason) !== undefined)) {
    // Who does not answer may have it.
    throw new RecoveryStop(
      'unreachable',
      `there is no recovery to go on with where the record can be read (${reasons.join('; ')})`,
      `if there is one, give the same command again once that region answers. If there is none, ${begin}`,
    );
  }
  throw new RecoveryStop('refused', `there is no recovery to go on with${reasons.length === 0 ? '' : ` (${reasons.join('; ')})`}`, begin);
}

/** The record of a recovery, or why it is none: a command that only looks shows the rest all the same. */
export async function readable(store: ProgressStore): Promise<Progress | string | undefined> {
  try {
    return (await store.read()).progress;
  } catch (error) {
    if (error instanceof UnreadableRecordError) return `${error.message}. What to do: ${error.advice}`;
    const why = kubernetesFailure(error);
    if (why === undefined) throw error;
    return `cannot be read: ${why}`;
  }
}
