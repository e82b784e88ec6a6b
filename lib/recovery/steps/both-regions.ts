import { READ_TOPOLOGY } from '../calls/management-calls';
import type { Reading } from '../calls/readings';
import { blocked, met, running, unread, type Finding } from '../finding';
import type { Condition } from '../run/step';
import type { ClusterTopology } from '../view/cluster-topology';
import type { ClusterView } from '../view/cluster-view';
import { listText, type Sides } from '../view/members';
import { brokerPodsLook } from './kubernetes-looks';

const SURVIVOR =
  "the surviving region holds the data: bring it back, then 'recover resume'. Before brokers were added, the other region has not everything: do not fail over to it";

/**
 * Whether the region that comes back, and the one that holds the data, are still there. A region can be lost again at any time.
 *
 * @internal
 */
export function bothRegionsLive(sides: Sides): Condition {
  const { affected, affectedIds } = sides;
  return {
    description: 'gateways see brokers of both regions',
    calls: [READ_TOPOLOGY, brokerPodsLook(affected)],
    check: async view => {
      const reading = await view.seenTopology();
      const survivor = survivorSeen(reading, sides);
      if (survivor.state !== 'met' || !reading.ok) return survivor;
      const isSeen = reading.value.brokers.some(({ brokerId }) => affectedIds.includes(brokerId));
      return isSeen ? met('brokers of both regions are seen') : isLostAgain(view, affected.regionId);
    },
  };
}

/**
 * Whether the region is there that holds the data.
 *
 * @internal
 */
export function survivorSeen(reading: Reading<ClusterTopology>, { otherIds, others }: Sides): Finding {
  if (!reading.ok) return { ...unread(reading), advice: SURVIVOR };
  const ids = reading.value.brokers.map(({ brokerId }) => brokerId);
  if (otherIds.some(id => ids.includes(id))) return met('brokers of the surviving region are seen');
  return {
    ...running(`no broker of region ${others[0].regionId}, which holds the data, is seen, only ${listText(ids)}`),
    advice: SURVIVOR,
  };
}

/** Gateways see none of its brokers. Whether that is a loss is told by its own cluster. */
async function isLostAgain(view: ClusterView, regionId: number): Promise<Finding> {
  const facts = await view.kubernetes(regionId);
  const unseen = `gateways see no broker of region ${regionId}`;
  const lost = (why: string): Finding => ({
    ...blocked(`region ${regionId} is lost again: ${unseen}, and ${why}`, wayOut(regionId)),
    givesUp: true,
  });
  if (!facts) return lost('its Kubernetes API does not answer');
  if (facts.brokerPods?.every(pod => !pod.running)) return lost('none of them runs');
  return { ...running(unseen), advice: wayOut(regionId), givesUp: true };
}

/**
 * What to do when a region is lost again while it comes back.
 *
 * @internal
 */
export function wayOut(regionId: number): string {
  return (
    `'recover failover --lost region${regionId} --abandon' makes the other region work alone again: it cancels what waits for lost brokers, removes those that ` +
    `have joined, disables their exporter and resumes exporting. Then recreate the region, and begin with 'recover failback --recreated region${regionId}'. If it is back ` +
    `meanwhile, 'recover failback --recreated region${regionId} --abandon' begins anew`
  );
}
