import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import { READ_TOPOLOGY } from '../calls/management-calls';
import { blocked, met, running, type Finding } from '../finding';
import type { Condition } from '../run/step';
import { holdersAmong, type ClusterTopology } from '../view/cluster-topology';
import type { ClusterView } from '../view/cluster-view';
import { listText, type Sides } from '../view/members';
import { survivorSeen } from './both-regions';
import { brokerPodsLook } from './kubernetes-looks';

/**
 * What must stay so while a region is recreated.
 *
 * @param again whether its brokers may be members already, with partitions
 *
 * @internal
 */
export function survivorLives(sides: Sides, again: boolean): Condition {
  const { affected, others } = sides;
  return {
    description: `gateways see brokers of region ${others[0].regionId}${again ? '' : `, and none of region ${affected.regionId} with a partition`}`,
    calls: [READ_TOPOLOGY],
    check: async view => {
      const reading = await view.seenTopology();
      const survivor = survivorSeen(reading, sides);
      if (survivor.state !== 'met' || !reading.ok) return survivor;
      return (again ? undefined : oldOnes(reading.value, sides)) ?? survivor;
    },
  };
}

/**
 * The same once that region is there: gateways may not see it yet, but its own cluster does.
 *
 * @internal
 */
export function recreationLives(sides: Sides, again: boolean): Condition {
  const survivor = survivorLives(sides, again);
  const { affected } = sides;
  return {
    description: `${survivor.description}; brokers of region ${affected.regionId} run`,
    calls: [...survivor.calls, brokerPodsLook(affected)],
    check: async view => {
      const finding = await survivor.check(view, []);
      return finding.state === 'met' ? isThere(view, affected.regionId) : finding;
    },
  };
}

async function isThere(view: ClusterView, regionId: number): Promise<Finding> {
  const facts = await view.kubernetes(regionId);
  const lost = (why: string): Finding => ({
    ...running(`region ${regionId} is lost again: ${why}`),
    advice: `nothing is paused or copied yet: recreate region ${regionId} once more, empty. Then 'recover resume'`,
  });
  if (!facts) return lost('its Kubernetes API does not answer');
  return facts.brokerPods?.every(pod => !pod.running) ? lost('no broker runs there') : met(`region ${regionId} is there`);
}

/** Brokers that begin empty hold nothing before they are added: these believe that they were never removed. */
function oldOnes(seen: ClusterTopology, { affected, affectedIds }: Sides): Finding | undefined {
  const old = holdersAmong(seen, affectedIds);
  if (old.length === 0) return undefined;
  const { regionId, namespace, brokers } = affected;
  const pods = brokers.map(({ podName }) => podName);
  const claims = pods.map(name => `${FIXED_NAMES.brokerVolume}-${name}`);
  const kubectl = `kubectl --namespace ${namespace} delete`;
  return blocked(
    `brokers ${listText(old)} of region ${regionId} hold partitions and are not added yet: they run with the volumes of the old region`,
    `take them away at once, in the cluster of region ${regionId} and nowhere else: '${kubectl} persistentvolumeclaims ${claims.join(' ')} --wait=false', then ` +
      `'${kubectl} pods ${pods.join(' ')}'. They come back empty; its Elasticsearch must begin empty too. Then 'recover resume'`,
  );
}
