import { isOpen, mayHaveActed, type Attempt } from '../record/progress';
import type { Action } from './step';

/**
 * After this long, a request that got no answer is not waiting for the coordinator any more. A gateway gives up after ten seconds; a
 * line that was cut, or a coordinator that had stopped for a while, can still deliver it later than that.
 */
const SETTLED_MS = { conclusive: 60_000, 'by-name': 20_000 } as const;
const SAFE_PAUSE_MS = 2_000;
/** Each time it waits longer, up to this. */
const LONGEST_PAUSE_MS = 20_000;
/** An accepted change can take a moment to show. */
const SAFE_AFTER_ACCEPTED_MS = 30_000;
/** Of what is not safe to repeat. What may be sent at any time is sent for as long as its step lasts. */
const MAX_ATTEMPTS = 12;
/** The configuration may change while a plan is made for it, so one conflict says little. Several say that something is in the way. */
const MAX_CONFLICTS = 4;

/**
 * Whether an action may be sent, given what was sent before and that a look shows nothing of it.
 *
 * - `send`: yes
 * - `wait`: not now
 * - a string: no, and why
 *
 * @internal
 */
export function mayBeSent({ repeat }: Action, attempts: readonly Attempt[], now: number): 'send' | 'wait' | { readonly no: string } {
  const last = attempts.at(-1);
  if (!last) return 'send';
  const age = now - last.at;
  if (isOwnConflict(repeat, attempts)) return age >= SETTLED_MS.conclusive ? 'send' : 'wait';
  if (last.outcome === 'refused') {
    if (last.status !== 409) return { no: `the server refused it: ${last.detail ?? `HTTP ${last.status}`}` };
    const conflicts = attempts.filter(({ status }) => status === 409).length;
    if (conflicts >= MAX_CONFLICTS) return { no: `another change is in the way: ${last.detail ?? 'HTTP 409'}` };
    return age >= SAFE_PAUSE_MS * conflicts ? 'send' : 'wait';
  }
  if (repeat !== 'safe' && attempts.length >= MAX_ATTEMPTS)
    return { no: `it was sent ${attempts.length} times, at last with: ${last.detail ?? last.outcome}` };
  if (last.outcome === 'undelivered') return age >= growing(SAFE_PAUSE_MS / 2, attempts) ? 'send' : 'wait';
  if (repeat === 'safe')
    return age >= (last.outcome === 'accepted' ? SAFE_AFTER_ACCEPTED_MS : growing(SAFE_PAUSE_MS, attempts)) ? 'send' : 'wait';
  // What was accepted stays accepted, unless its name shows that it is gone: if nothing comes of it, a second one would not do better, and could do harm.
  if (last.outcome === 'accepted') return repeat === 'by-name' && age >= SAFE_AFTER_ACCEPTED_MS ? 'send' : 'wait';
  return age >= SETTLED_MS[repeat] ? 'send' : 'wait';
}

/** A server that restarts is not helped by requests in a hurry, and is asked for as long as that takes. */
function growing(pause: number, attempts: readonly Attempt[]): number {
  return Math.min(pause * attempts.length, LONGEST_PAUSE_MS);
}

/** What an earlier request of our own may have begun is in the way of its own repetition. */
function isOwnConflict(repeat: Action['repeat'], attempts: readonly Attempt[]): boolean {
  return repeat === 'conclusive' && attempts.at(-1)?.status === 409 && mayHaveActed(attempts);
}

/**
 * Whether what was sent last has had the time that it may take to arrive.
 *
 * @internal
 */
export function hasSettled(attempts: readonly Attempt[], now: number): boolean {
  return attempts.every(({ at }) => now - at >= SETTLED_MS.conclusive);
}

/**
 * The change that the cluster has had since something was sent of which nobody knows what has become. Undefined if there was none: then
 * nothing has come of it.
 *
 * @internal
 */
export function changeSince(attempts: readonly Attempt[], lastChange: number): number | undefined {
  const sent = attempts.filter(isOpen).flatMap(attempt => attempt.lastChange ?? []);
  return sent.some(id => id !== lastChange) ? lastChange : undefined;
}
