import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { REMOVAL } from '../../../lib/recovery/record/abandon';
import { mayHaveActed, type Progress, type RecoveryRequest } from '../../../lib/recovery/record/progress';
import { changeInTheWay } from '../../../lib/recovery/run/change-in-the-way';
import type { Interruption } from '../../../lib/recovery/run/engine';
import type { ClusterView } from '../../../lib/recovery/view/cluster-view';
import { sidesOf } from '../../../lib/recovery/view/members';
import { describePending, kindOf } from '../../../lib/recovery/view/pending-change';

/** A request, with the change that it cancels. */
export interface WithCancelling {
  readonly request: RecoveryRequest;
  /** The change in words. */
  readonly cancelled?: string;
}

/** A change that does not end without the lost brokers is cancelled before they are removed. Once a removal may have been sent, none is. */
export async function withCancelling(
  topology: RecoveryTopology,
  request: RecoveryRequest,
  steps: Progress['steps'],
  view: ClusterView,
  onWait: (text: string) => void,
  interruption: Interruption,
): Promise<WithCancelling> {
  if (request.direction !== 'failover' || mayHaveActed(steps[REMOVAL]?.attempts ?? [])) return { request };
  const change = await changeInTheWay(view, sidesOf(topology, request.regionId), request.partly === true, onWait, interruption);
  if (change === undefined) return { request };
  // Then a part of the brokers may be there.
  const partly = kindOf(change) === 'members' ? { partly: true } : {};
  return { request: { ...request, ...partly, cancels: change.id }, cancelled: describePending(change, view.ports.clock.now()) };
}
