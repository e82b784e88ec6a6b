import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { RecoveryStop } from '../stop';
import type { ClusterView } from '../view/cluster-view';
import { coordinatorIsIn, sidesOf } from '../view/members';
import { mayHaveActed, type RecoveryRequest, type Progress } from './progress';

/**
 * What a request has to do in addition, because of the recovery of the same region that is abandoned for it.
 *
 * @internal
 */
export async function inherited(
  topology: RecoveryTopology,
  request: RecoveryRequest,
  abandoned: Progress | undefined,
  view: ClusterView,
): Promise<RecoveryRequest> {
  if (abandoned?.request.regionId !== request.regionId) return request;
  // What that one had inherited itself, it may not have done yet. Its steps look first, so that doing it again is nothing.
  if (abandoned.request.direction === 'failover')
    return request.direction === 'failover' ? { ...legacyOf(abandoned.request), ...request } : request;
  const { steps } = abandoned;
  const sent = (id: string): boolean => mayHaveActed(steps[id]?.attempts ?? []);
  const finished = (id: string): boolean => steps[id]?.finishedAt !== undefined;
  const stillPaused = abandoned.request.resumesExporting === true && !finished('resume-exporting-first');
  const paused = (stillPaused || sent('pause-exporting')) && !finished('resume-exporting');
  const adding = sent('add-brokers') || abandoned.request.partly === true;
  // Every failover looks at exporting anyway.
  const next = paused && request.direction === 'failback' ? { ...request, resumesExporting: true } : request;
  if (!adding) return next;
  const partial = { ...next, partly: true };
  if (request.direction === 'failback') return { ...partial, again: true };
  const reading = await view.configuration();
  // An addition that waits for lost brokers is cancelled as any other change that is in the way.
  if (reading.ok || finished('add-brokers') || !coordinatorIsIn(sidesOf(topology, request.regionId))) return partial;
  const { regionId } = request;
  throw new RecoveryStop(
    'refused',
    `region ${regionId} was lost while its brokers were added: the change waits for them, no removal can begin before its end, and only the lowest ` +
      `member, which is lost too, can cancel it (${reading.why})`,
    `recreate region ${regionId} at once: deploy it with 'recovery: { recreatedRegion: ${regionId} }'. Its brokers need no data: the change goes on as soon as they run. ` +
      `Meanwhile 'recover failback --recreated region${regionId} --abandon' waits for them, and copies the data once more`,
  );
}

function legacyOf({ cancels, partly }: RecoveryRequest): Partial<RecoveryRequest> {
  return {
    ...(cancels === undefined ? {} : { cancels }),
    ...(partly === undefined ? {} : { partly }),
  };
}
