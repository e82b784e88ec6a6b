import type { ClusterView } from '../view/cluster-view';
import { coordinatorIsIn, type Sides } from '../view/members';
import { describePending, kindOf, type PendingChange } from '../view/pending-change';
import { consistsOf, OPERATIONS } from './changes';
import type { Interruption } from './engine';
import { pauseBeforeLook } from './pace';
import { interruptedReading } from './wait';

/** How long a change that needs no lost broker may stand still until it is taken for one that does not end. */
const STANDSTILL_MS = 60_000;

/**
 * Whether a failover may cancel a change: what it has done stays, and can be asked for again. A change that deletes data, or that nobody
 * here knows, is for people to judge. A removal is never cancelled.
 *
 * @internal
 */
export function mayBeCancelled(change: PendingChange): boolean {
  return !consistsOf(change, OPERATIONS.removal) && ['exporting', 'exporters', 'members', 'partitions'].includes(kindOf(change));
}

/**
 * The change that a failover has to cancel, because no removal can begin before its end. One that waits for none of the lost brokers is given
 * time to end by itself, for as long as it moves.
 *
 * @param isPartly whether the lost region had only a part of its members, so that the coordinator may be another one
 * @param onWait is told what is waited for, whenever that changes
 *
 * @internal
 */
export async function changeInTheWay(
  view: ClusterView,
  sides: Sides,
  isPartly: boolean,
  onWait: (text: string) => void,
  interruption: Interruption,
): Promise<PendingChange | undefined> {
  // Nobody can read it then, nor cancel it, unless the lost region was about to come back.
  if (coordinatorIsIn(sides) && !isPartly) return undefined;
  const { clock } = view.ports;
  const began = clock.elapsed();
  for (let standing = { what: '', since: began }; ;) {
    const reading = await view.configuration();
    const pending = reading.ok ? reading.value.pendingChange : undefined;
    if (pending === undefined || !mayBeCancelled(pending)) return undefined;
    if (pending.brokerIds?.some(id => sides.affectedIds.includes(id))) return pending;
    const what = `${pending.id} ${pending.operations.join()}`;
    if (what !== standing.what) {
      standing = { what, since: clock.elapsed() };
      onWait(`${describePending(pending, clock.now())}: it is given time to end by itself`);
    }
    if (clock.elapsed() - standing.since >= STANDSTILL_MS) return pending;
    if (interruption.requested) throw interruptedReading();
    await clock.sleep(pauseBeforeLook(clock.elapsed() - began));
  }
}
