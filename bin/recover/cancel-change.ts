import type { Finding } from '../../lib/recovery/finding';
import { mayBeCancelled } from '../../lib/recovery/run/change-in-the-way';
import type { Interruption } from '../../lib/recovery/run/engine';
import { checkUntil, interruptedReading } from '../../lib/recovery/run/wait';
import { cancelChange } from '../../lib/recovery/steps/loss/cancel-change';
import { coordinatorAlone } from '../../lib/recovery/steps/loss/coordinator-alone';
import { cancelledByHand } from '../../lib/recovery/steps/loss/nothing-pending';
import { RecoveryStop } from '../../lib/recovery/stop';
import { isTransportError, type ClusterView } from '../../lib/recovery/view/cluster-view';
import { coordinatorIsIn, type Sides } from '../../lib/recovery/view/members';
import { describePending, type PendingChange } from '../../lib/recovery/view/pending-change';

/** How long a broker is waited for that people bring back. */
const BROUGHT_BACK_MS = 1_800_000;
/** Between two requests, of the first of which nobody knows what has become. To cancel what is cancelled changes nothing. */
const AGAIN_MS = 5_000;

/** Who cancels a change through a broker that was lost, and what is shown of it. */
export interface Cancelling {
  readonly view: ClusterView;
  readonly sides: Sides;
  readonly interruption: Interruption;
  readonly onWait: (finding: Finding) => void;
  /** Asks for it. */
  readonly confirmed: (change: string) => Promise<boolean>;
}

/**
 * Cancels the pending change once the coordinator of the lost region is back, which alone can do that. Nothing is recorded: it is no part of a
 * recovery, and to do it again changes nothing.
 *
 * @returns what has come of it, or nothing where it was not confirmed
 */
export async function cancelStuckChange(cancelling: Cancelling): Promise<string | undefined> {
  const { view, sides, interruption, onWait } = cancelling;
  const [coordinator] = sides.allIds;
  if (!coordinatorIsIn(sides)) throw coordinatorLives(sides);
  const condition = coordinatorAlone(sides);
  const alone = await checkUntil(view, condition, BROUGHT_BACK_MS, onWait, interruption);
  if (alone.state !== 'met') throw refusal(alone.why, alone.advice ?? `bring broker ${coordinator} back, and give the same command again`);
  const reading = await view.configuration();
  if (!reading.ok) throw refusal(reading.why, 'give the same command again');
  const { pendingChange } = reading.value;
  if (pendingChange === undefined) return `no change is pending. ${next(sides)}`;
  const text = describePending(pendingChange, view.ports.clock.now());
  if (!mayBeCancelled(pendingChange)) throw refusal(text, cancelledByHand(pendingChange.id));
  if (!(await cancelling.confirmed(text))) return undefined;
  await cancel(cancelling, pendingChange);
  return `change ${pendingChange.id} is cancelled; what it has done stays. ${next(sides)}`;
}

async function cancel({ view, sides, interruption }: Cancelling, { id }: PendingChange): Promise<void> {
  const { done, action, timeoutMs, advice } = cancelChange(id, []);
  const { clock } = view.ports;
  for (const until = clock.elapsed() + timeoutMs; ;) {
    const finding = await done.check(view, []);
    if (finding.state === 'met') return;
    if (clock.elapsed() >= until) throw new RecoveryStop('stopped', finding.why, advice);
    if (interruption.requested) throw interruptedReading();
    if (finding.state === 'open' && action && (await coordinatorAlone(sides).check(view, [])).state === 'met') {
      await view.send(action.call).catch((error: unknown) => {
        if (!isTransportError(error)) throw error;
      });
    }
    await clock.sleep(AGAIN_MS);
  }
}

/** Nobody needs a way around it. */
export function coordinatorLives({ affected: { regionId }, allIds }: Sides): RecoveryStop {
  return refusal(
    `broker ${allIds[0]}, which cancels changes, is not in region ${regionId}: it lives`,
    `'recover failover --lost region${regionId}' cancels what is in the way as its first step`,
  );
}

function refusal(why: string, advice: string): RecoveryStop {
  return new RecoveryStop('refused', why, advice);
}

function next({ affected: { regionId, namespace, statefulSet }, allIds }: Sides): string {
  return (
    `Now take broker ${allIds[0]} away again: 'kubectl --namespace ${namespace} scale statefulset ${statefulSet} --replicas=0' in the cluster of region ${regionId} ` +
    `('recover fence --region region${regionId}'), or delete the temporary one. Then 'recover failover --lost region${regionId}'`
  );
}
