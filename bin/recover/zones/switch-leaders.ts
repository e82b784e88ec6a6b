import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { isUnfinished, recordRegionOf, type RecoveryRequest } from '../../../lib/recovery/record/progress';
import { RecoveryStop } from '../../../lib/recovery/stop';
import { hasZones } from '../../../lib/recovery/view/zone-layout';
import type { FoundDeployment } from '../deployment';
import { stopWithoutRecord } from '../kubernetes/kubernetes-failure';
import { recordsOf } from '../state/records';

/**
 * The request that a region gets the leaders.
 *
 * @throws RecoveryStop where brokers are numbered: their places say who leads, and nothing moves them
 */
export function switchTo(topology: RecoveryTopology, regionId: number): RecoveryRequest {
  if (hasZones(topology)) return { direction: 'switch', regionId };
  throw new RecoveryStop(
    'refused',
    'the brokers of this deployment are numbered: each region leads half of the partitions, and no call changes that',
    `nothing was sent. Leaders go to one region in a cluster with zones ('camunda.zones', from Camunda 8.10 on)`,
  );
}

/**
 * Refuses where a recovery is not finished, wherever its record is kept: both regions live where leaders are switched or a cluster is scaled. Gives with what the record can be
 * written over.
 */
export async function refuseWhileRecovering(
  found: FoundDeployment,
  request: RecoveryRequest,
): Promise<{ readonly version: string | undefined }> {
  const records = await recordsOf(found);
  const versions = records.map((record, regionId) => {
    if (record.status === 'rejected') throw stopWithoutRecord(record.reason, found.topology.regions[regionId], false);
    const { progress, version } = record.value;
    if (!isUnfinished(progress)) return version;
    throw new RecoveryStop(
      'refused',
      `a ${progress.request.direction} of region ${progress.request.regionId} was begun by ${progress.startedBy} and is not finished`,
      `'recover resume' goes on with it. ${request.direction === 'switch' ? 'Leaders are switched' : 'A cluster is scaled'} when both regions are whole`,
    );
  });
  return { version: versions[recordRegionOf(request)] };
}
