import { mayHaveActed, type RecoveryRequest, type Progress } from './progress';

/**
 * What a request has to do in addition, because of the recovery of the same region that is abandoned for it.
 *
 * @internal
 */
export function inherited(request: RecoveryRequest, abandoned: Progress | undefined): RecoveryRequest {
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
  // An addition that waits for lost brokers is a change like any other that is in the way.
  return request.direction === 'failback' ? { ...next, partly: true, again: true } : { ...next, partly: true };
}

function legacyOf({ cancels, partly }: RecoveryRequest): Partial<RecoveryRequest> {
  return {
    ...(cancels === undefined ? {} : { cancels }),
    ...(partly === undefined ? {} : { partly }),
  };
}
