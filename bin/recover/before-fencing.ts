import type { RecoveryTopology } from '../../constructs/topology/plan/recovery-topology';
import { holdersAmong, type ClusterTopology } from '../../lib/recovery/cluster-topology';
import { listText, sidesOf } from '../../lib/recovery/members';
import type { Reading } from '../../lib/recovery/readings';
import { RecoveryStop } from '../../lib/recovery/stop';
import { World } from '../../lib/recovery/world';
import type { FoundDeployment } from './deployment';
import { UsageError } from './exit-code';
import { recordsOf } from './records';

/**
 * Refuses to cut off a region unless the other one shows that it would go on alone: that it holds partitions, and is not one that comes
 * back and has not everything yet.
 *
 * @param otherLives what somebody says who sees by other means that the other region lives. It counts where that region cannot be asked
 */
export async function refuseUnlessOtherLives(found: FoundDeployment, regionId: number, otherLives = false): Promise<void> {
  const { topology } = found;
  const survivor = sidesOf(topology, regionId).others[0].regionId;
  if (!found.hasKubernetes(regionId))
    throw new UsageError(`there is no context for region ${regionId}; name it as in --context region${regionId}=NAME`);
  if (await comesBack(found, survivor)) {
    throw new RecoveryStop(
      'refused',
      `region ${survivor} comes back, and its failback is not finished: region ${regionId} may have the only copy of the data`,
      `finish the failback with 'recover resume'. If region ${survivor} is lost again, region ${regionId} is the one to keep`,
    );
  }
  // Whoever named no context for the other region may still see it from here.
  const asked = found.hasKubernetes(survivor) ? survivor : regionId;
  const reading = await new World(topology, found.portsFor(asked)).seenTopology();
  const unseen = whyUnseen(topology, survivor, asked, reading);
  const isUnknown = asked !== survivor || !reading.ok;
  if (unseen === undefined || (isUnknown && otherLives)) return;
  const way = asked === survivor ? `look with 'recover status'` : `name its context too, as in --context region${survivor}=NAME`;
  throw new RecoveryStop(
    'refused',
    `nothing shows that region ${survivor} lives (${unseen}): with region ${regionId} cut off, nothing might be left`,
    `${way}. Cut off only the region that is to be given up${isUnknown ? `; where region ${survivor} cannot be asked from here, see by other means that it lives, and confirm that with --other-lives` : ''}`,
  );
}

/** Why it is not seen that a region lives, or undefined if it is. */
function whyUnseen(topology: RecoveryTopology, regionId: number, asked: number, reading: Reading<ClusterTopology>): string | undefined {
  if (!reading.ok) return reading.why;
  const { affectedIds } = sidesOf(topology, regionId);
  if (holdersAmong(reading.value, affectedIds).length > 0) return undefined;
  const seen = listText(reading.value.brokers.map(({ nodeId }) => nodeId));
  return `gateways of region ${asked} see none of its brokers with a partition, only ${seen}`;
}

/** Whether a record tells of a failback of this region that is not finished. A record that cannot be read tells nothing. */
async function comesBack(found: FoundDeployment, regionId: number): Promise<boolean> {
  return (await recordsOf(found)).some(read => {
    if (read.status === 'rejected' || !read.value.progress) return false;
    const { order, finishedAt } = read.value.progress;
    return order.direction === 'failback' && order.regionId === regionId && finishedAt === undefined;
  });
}
