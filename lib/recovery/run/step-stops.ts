import { mayHaveActed, type Attempt } from '../record/progress';
import { RecoveryStop } from '../stop';
import { meaningOf } from './attempt-outcome';
import type { Step } from './step';

const NEVER_LEFT =
  "none of these requests has reached the server, so nothing has come of them: see that its address can be reached (its pods run, tunnels are open), then 'recover resume' sends it";

/** @internal */
export const UNMET = `nothing was sent in this step: fix what is named, then 'recover resume' goes on from here`;

/** @internal */
export function stopOf(step: Step, why: string, advice = step.advice): RecoveryStop {
  return new RecoveryStop(step.isPrecheck ? 'refused' : 'stopped', `${step.title}: ${why}`, advice, step.id);
}

/**
 * What has come of a request at last that was sent in vain.
 *
 * @internal
 */
export function failureText(attempts: readonly Attempt[]): string {
  const last = attempts.at(-1);
  if (!last || last.outcome === 'accepted') return '';
  return `; sent ${attempts.length} times, at last with: ${last.detail ?? last.outcome}`;
}

/** @internal */
export function interrupted(step: Step, recorded: boolean): RecoveryStop {
  const advice = recorded
    ? `'recover resume' goes on from here`
    : 'this run has sent nothing and recorded nothing: give the same command again';
  return new RecoveryStop('interrupted', `interrupted during '${step.title}'`, advice, step.id);
}

/** @internal */
export function adviceFor({ action, advice }: Step, attempts: readonly Attempt[]): string {
  if (attempts.length > 0 && attempts.every(({ outcome }) => outcome === 'undelivered')) return NEVER_LEFT;
  const meaning = meaningOf(attempts.at(-1)?.detail ?? '');
  const text = (mayHaveActed(attempts) ? action?.onceSent : undefined) ?? advice;
  return meaning === undefined ? text : `${meaning}. ${text}`;
}
