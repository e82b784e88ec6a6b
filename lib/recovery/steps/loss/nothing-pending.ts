import type { RecoveryTopology } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import { met, running, blocked, unknown, type Finding } from '../../finding';
import { REMOVAL } from '../../record/abandon';
import { mayHaveActed, type Progress } from '../../record/progress';
import { mayBeCancelled } from '../../run/change-in-the-way';
import { consistsOf, OPERATIONS } from '../../run/changes';
import type { ClusterView } from '../../view/cluster-view';
import { coordinatorIsIn, type Sides } from '../../view/members';
import { describePending } from '../../view/pending-change';
import { lostCoordinatorAdvice } from './lost-coordinator';
import { rehearseRemoval } from './rehearse-removal';

/** It has come since this run began. */
const CANCELLED_NEXT =
  `'recover resume', or the same command where nothing is recorded yet, gives it time to end by itself, and cancels it as the next step where it ` +
  'does not';

/**
 * Whether a removal can begin: no other change may be pending. While the coordinator is lost, only the refusal of a dry run tells it.
 *
 * @param cancels id of a change that is cancelled next
 *
 * @internal
 */
export async function nothingPending(
  view: ClusterView,
  topology: RecoveryTopology,
  sides: Sides,
  steps: Progress['steps'],
  cancels: number | undefined,
): Promise<Finding> {
  // A change that is to be cancelled has been read, so that its coordinator lives.
  if (coordinatorIsIn(sides) && cancels === undefined) return nothingRefuses(view, topology, sides, steps);
  const reading = await view.configuration();
  if (!reading.ok) return unknown(reading.why);
  const { pendingChange } = reading.value;
  if (pendingChange?.id === cancels && cancels !== undefined) return met(`change ${cancels} is to be cancelled`);
  if (!pendingChange || consistsOf(pendingChange, OPERATIONS.removal)) return met('no other change is pending');
  const text = `a change is in the way: ${describePending(pendingChange)}`;
  return mayBeCancelled(pendingChange) ? { ...running(text), advice: CANCELLED_NEXT } : blocked(text, cancelledByHand(pendingChange.id));
}

/** Only what a dry run says of a change that is pending counts here: all else is judged before the removal is sent. */
async function nothingRefuses(view: ClusterView, topology: RecoveryTopology, sides: Sides, steps: Progress['steps']): Promise<Finding> {
  const none = met('the configuration cannot be read while its coordinator is lost, and a dry run names no other change');
  // What is pending then may be the removal.
  if (mayHaveActed(steps[REMOVAL]?.attempts ?? [])) return none;
  const rehearsal = await rehearseRemoval(view, topology, sides);
  if (rehearsal.kind !== 'busy' || (rehearsal.change && consistsOf(rehearsal.change, OPERATIONS.removal))) return none;
  const what = rehearsal.change ? describePending(rehearsal.change) : `a change is pending (${rehearsal.why})`;
  const text = `${what}: no removal can begin before its end, and only broker ${sides.allIds[0]}, which is lost too, can cancel it`;
  return { ...running(text), advice: lostCoordinatorAdvice(sides) };
}

/**
 * What to do with a change that no program should cancel.
 *
 * @internal
 */
export function cancelledByHand(id: number): string {
  return (
    `wait for its end. If it waits for lost brokers, 'curl -X DELETE $MANAGEMENT/actuator/cluster/changes/${id}' cancels it ` +
    `without undoing what it has done: this program does not do that, because you must know first what it was for`
  );
}
