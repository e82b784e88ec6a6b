import { READ_TOPOLOGY } from '../calls/management-calls';
import { readHealth } from '../calls/search-calls';
import type { Condition } from '../run/step';
import { mayBeRemoved } from '../view/evidence';
import type { Sides } from '../view/members';
import { regionSays } from '../view/region-evidence';
import { brokerPodsLook } from './kubernetes-looks';
import { notSeen } from './loss-conditions';

/**
 * What must hold right before something is done that takes a region for lost. When it was judged can be hours ago, when somebody
 * goes on.
 *
 * @param fenced that it is cut off is confirmed. Then only what gateways see counts
 *
 * @internal
 */
export function lossHolds(sides: Sides, fenced: boolean): readonly Condition[] {
  return [notSeen(sides), ...(fenced ? [] : [stillLost(sides)])];
}

function stillLost(sides: Sides): Condition {
  const { affected } = sides;
  const { regionId } = affected;
  return {
    description: `what has shown that region ${regionId} is lost is still so`,
    calls: [READ_TOPOLOGY, brokerPodsLook(affected), readHealth(regionId)],
    check: async view => {
      const evidence = await regionSays(view, sides);
      const finding = mayBeRemoved(regionId, evidence, false);
      if (finding.state !== 'blocked') return finding;
      const advice = `${finding.advice}: 'recover failover --lost region${regionId} --fenced --abandon' begins anew with that`;
      // Who says nothing at this moment may say it again at the next.
      return { ...finding, advice, state: evidence.some(({ sign }) => sign === 'alive') ? 'blocked' : 'unknown' };
    },
  };
}
