import type { RecoveryTopology } from '../../constructs/topology/plan/recovery/recovery-topology';
import { loginsWork } from '../../lib/recovery/run/logins';
import type { Condition } from '../../lib/recovery/run/step';
import { settled } from '../../lib/recovery/steps/deployments';
import { isDescribed } from '../../lib/recovery/steps/described-cluster';
import { scaled } from '../../lib/recovery/steps/scale/scaled';
import { upgradeOver } from '../../lib/recovery/steps/verify/upgrade-over';
import { whole } from '../../lib/recovery/steps/verify/verify-failback';
import { failedOver } from '../../lib/recovery/steps/verify/verify-failover';
import { leadersTold } from '../../lib/recovery/steps/zones/leaders';
import type { Sides } from '../../lib/recovery/view/members';
import { hasZones } from '../../lib/recovery/view/zone-layout';
import { both, refusing } from './combined-conditions';

/** Whether both regions are whole. */
export function wholeVerified(topology: RecoveryTopology, sides: Sides): Condition {
  const told = hasZones(topology) ? [leadersTold(topology)] : [];
  return verified(topology, isDescribed(topology, 'whole'), [
    settled(topology),
    scaled(topology),
    whole(topology, sides),
    upgradeOver(),
    ...told,
  ]);
}

/** Whether the region that survives works alone. */
export function failoverVerified(topology: RecoveryTopology, sides: Sides): Condition {
  const described = isDescribed(topology, 'failover', sides.affected.regionId);
  return verified({ ...topology, regions: sides.others }, described, [failedOver(topology, sides)]);
}

/** Of another cluster, nothing else that is found means anything. */
function verified({ regions }: Pick<RecoveryTopology, 'regions'>, described: Condition, state: readonly Condition[]): Condition {
  return both(loginsWork(regions.map(({ regionId }) => regionId)), refusing(described), ...state);
}
