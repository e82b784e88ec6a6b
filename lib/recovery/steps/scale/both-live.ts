import type { RecoveryTopology } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import { READ_TOPOLOGY } from '../../calls/management-calls';
import { met, running, unread } from '../../finding';
import type { Condition } from '../../run/step';
import { idsOf, listText } from '../../view/members';

/**
 * Whether brokers of both regions are there. A change of the members waits for those that are lost, and holds a failover up.
 *
 * @internal
 */
export function bothLive({ regions }: RecoveryTopology): Condition {
  return {
    description: 'gateways see brokers of both regions',
    calls: [READ_TOPOLOGY],
    check: async view => {
      const reading = await view.seenTopology();
      if (!reading.ok) return { ...unread(reading), advice: LOST };
      const seen = reading.value.brokers.map(({ brokerId }) => brokerId);
      const lost = regions.filter(region => !idsOf(region).some(id => seen.includes(id))).map(({ regionId }) => regionId);
      if (lost.length === 0) return met('brokers of both regions are seen');
      return { ...running(`gateways see no broker of region ${listText(lost)}`), advice: LOST };
    },
  };
}

const LOST =
  "'recover resume' once they are seen again. Where a region is lost, fail it over: the change that is pending is in the way of that first, and docs/scale.md says what to do";
