import { isUnfinished, recordRegionOf, type PlannedDirection, type Progress } from '../../../lib/recovery/record/progress';
import { RecoveryStop } from '../../../lib/recovery/stop';
import type { FoundDeployment } from '../deployment';
import { stopWithoutRecord } from '../kubernetes/kubernetes-failure';
import { recordsOf } from '../state/records';

/**
 * Refuses where a recovery is not finished, wherever its record is kept: what is planned is for two regions that live. Gives with what the record
 * can be written over.
 */
export async function refuseWhileRecovering(
  found: FoundDeployment,
  direction: PlannedDirection,
): Promise<{ readonly version: string | undefined }> {
  const records = await recordsOf(found);
  const versions = records.map((record, regionId) => {
    if (record.status === 'rejected') throw stopWithoutRecord(record.reason, found.topology.regions[regionId], false);
    const { progress, version } = record.value;
    if (!isUnfinished(progress)) return version;
    throw notFinished(progress, `'recover resume' goes on with it. A ${direction} is for two regions that are whole`);
  });
  return { version: versions[recordRegionOf({ direction, regionId: 0 })] };
}

/** That an earlier recovery is in the way. */
export function notFinished({ request, startedBy }: Progress, advice: string): RecoveryStop {
  return new RecoveryStop(
    'refused',
    `a ${request.direction} of region ${request.regionId} was begun by ${startedBy} and is not finished`,
    advice,
  );
}
