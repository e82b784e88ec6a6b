import { READ_CONFIGURATION, READ_TOPOLOGY } from '../../calls/management-calls';
import { met, running, unread } from '../../finding';
import type { Condition } from '../../run/step';
import { listText, type Sides } from '../../view/members';

/**
 * Whether the coordinator of a lost region is back, and no other broker of it: one that has come back empty cannot outvote the surviving ones that hold
 * the data, two can. A region that comes back whole needs nobody to cancel anything.
 *
 * @internal
 */
export function coordinatorAlone(sides: Sides): Condition {
  const { affected, affectedIds, allIds } = sides;
  const { regionId, statefulSet, namespace } = affected;
  const [coordinator] = allIds;
  return {
    description: `gateways see broker ${coordinator} of region ${regionId} and no other one of it, and the configuration can be read`,
    calls: [READ_TOPOLOGY, READ_CONFIGURATION],
    check: async view => {
      const seen = await view.seenTopology();
      if (!seen.ok) return unread(seen);
      const ids = seen.value.brokers.map(({ brokerId }) => brokerId);
      const others = affectedIds.filter(id => id !== coordinator && ids.includes(id));
      if (others.length > 0) {
        return {
          ...running(`gateways see brokers ${listText(others)} of region ${regionId}, where broker ${coordinator} has to be the only one`),
          advice:
            `a region that comes back whole ends the change by itself: 'recover verify --wait'. To give it up, leave it one broker: ` +
            `'kubectl --namespace ${namespace} scale statefulset ${statefulSet} --replicas=1' in the cluster of region ${regionId}`,
        };
      }
      if (!ids.includes(coordinator)) return running(`broker ${coordinator} is not seen yet`);
      const configuration = await view.configuration();
      return configuration.ok ? met(`broker ${coordinator} is seen, and no other one of region ${regionId}`) : unread(configuration);
    },
  };
}
