import { RecoveryStop } from '../stop';
import { isOpen, type Attempt, type RecoveryRequest, type Progress, type StepProgress } from './progress';

/** Steps whose request must not come twice, so that it outlives the record that tells of it. */
const NEVER_TWICE = /^(remove-brokers|add-brokers|enable-.*)$/;
/**
 * Id of the step that removes brokers by force.
 *
 * @internal
 */
export const REMOVAL = 'remove-brokers';
/** Judges what is so only until a failback has begun to change it. */
const JUDGED_BEFORE = 'judge-recreation';

/**
 * What a recovery that begins anew has to know of the one that is abandoned: requests of which nobody knows what has become.
 *
 * @param earlier the record that is abandoned
 *
 * @internal
 */
export function carriedOver(request: RecoveryRequest, earlier: Progress | undefined): Progress['steps'] {
  const open = Object.entries(earlier?.steps ?? {}).flatMap(([id, step]): [string, StepProgress][] => {
    const attempts = step.attempts.filter(isOpen);
    if (!NEVER_TWICE.test(id) || step.finishedAt !== undefined || attempts.length === 0) return [];
    return [[id, { startedAt: step.startedAt, calls: 0, attempts }]];
  });
  if (!earlier || open.length === 0) return {};
  if (isSame(request, earlier.request)) return Object.fromEntries([...judged(earlier), ...open]);
  if (open.some(([id]) => id === REMOVAL)) {
    throw new RecoveryStop(
      'refused',
      `a forced removal of the brokers of region ${earlier.request.regionId} was sent, and nobody knows yet what has become of it`,
      `'recover resume' finds that out and goes on; nothing else can begin before that`,
    );
  }
  return {};
}

/**
 * The same, where the record cannot be read: whatever must not come twice may have been sent just now.
 *
 * @param steps of the plan
 *
 * @internal
 */
export function suspected(steps: readonly { readonly id: string }[], now: number): Progress['steps'] {
  const attempt: Attempt = {
    at: now,
    by: 'somebody',
    call: 'what the record may have told, which could not be read',
    outcome: 'unknown',
  };
  const begun = { startedAt: now, calls: 0, attempts: [] };
  return Object.fromEntries(
    steps.flatMap(({ id }): [string, StepProgress][] => {
      if (id === JUDGED_BEFORE)
        return [[id, { ...begun, finishedAt: now, finding: 'not judged: an earlier failback may have changed it already' }]];
      return NEVER_TWICE.test(id) ? [[id, { ...begun, attempts: [attempt] }]] : [];
    }),
  );
}

function judged({ steps }: Progress): [string, StepProgress][] {
  return steps[JUDGED_BEFORE]?.finishedAt === undefined ? [] : [[JUDGED_BEFORE, steps[JUDGED_BEFORE]]];
}

function isSame(a: RecoveryRequest, b: RecoveryRequest): boolean {
  return a.direction === b.direction && a.regionId === b.regionId;
}
