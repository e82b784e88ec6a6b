import type { RecoveryTopology } from '../../constructs/topology/plan/recovery-topology';
import { consistsOf, OPERATIONS } from './changes';
import { coordinatorIsIn, sidesOf } from './members';
import { mayHaveActed, type Order, type Progress } from './progress';
import { RecoveryStop } from './stop';
import type { World } from './world';

/**
 * What an order has to do in addition, because of the recovery of the same region that is abandoned for it.
 *
 * @internal
 */
export async function inherited(topology: RecoveryTopology, order: Order, abandoned: Progress | undefined, world: World): Promise<Order> {
  if (abandoned?.order.regionId !== order.regionId) return order;
  // What that one had inherited itself, it may not have done yet. Its steps look first, so that doing it again is nothing.
  if (abandoned.order.direction === 'failover') return order.direction === 'failover' ? { ...legacyOf(abandoned.order), ...order } : order;
  const { steps } = abandoned;
  const sent = (id: string): boolean => mayHaveActed(steps[id]?.attempts ?? []);
  const finished = (id: string): boolean => steps[id]?.finishedAt !== undefined;
  const stillPaused = abandoned.order.resumesExporting === true && !finished('resume-exporting-first');
  const paused = (stillPaused || sent('pause-exporting')) && !finished('resume-exporting');
  const adding = sent('add-brokers') || abandoned.order.partly === true;
  // Every failover looks at exporting anyway.
  const next = paused && order.direction === 'failback' ? { ...order, resumesExporting: true } : order;
  if (!adding) return next;
  const partial = { ...next, partly: true };
  if (order.direction === 'failback') return { ...partial, again: true };
  const reading = await world.configuration();
  if (reading.ok) {
    const { pendingChange } = reading.value;
    return pendingChange && consistsOf(pendingChange, OPERATIONS.addition) ? { ...partial, cancels: pendingChange.id } : partial;
  }
  if (finished('add-brokers') || !coordinatorIsIn(sidesOf(topology, order.regionId))) return partial;
  const { regionId } = order;
  throw new RecoveryStop(
    'refused',
    `region ${regionId} was lost while its brokers were added: the change waits for them, no removal can begin before its end, and only the lowest ` +
      `member, which is lost too, can cancel it (${reading.why})`,
    `recreate region ${regionId} at once: deploy it with 'recovery: { recreatedRegion: ${regionId} }'. Its brokers need no data: the change goes on as soon as they run. ` +
      `Meanwhile 'recover failback --recreated region${regionId} --abandon' waits for them, and copies the data once more`,
  );
}

function legacyOf({ cancels, partly }: Order): Partial<Order> {
  return {
    ...(cancels === undefined ? {} : { cancels }),
    ...(partly === undefined ? {} : { partly }),
  };
}
