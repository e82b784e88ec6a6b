import type { Attempt } from './progress';
import type { Action } from './step';

/** After this long, a request that got no answer cannot be waiting for the coordinator any more: a gateway gives up after ten seconds. */
const SETTLED_MS = 20_000;
const SAFE_PAUSE_MS = 2_000;
/** An accepted change can take a moment to show. */
const SAFE_AFTER_ACCEPTED_MS = 30_000;
const MOST_ATTEMPTS = 12;
/** The configuration may change while a plan is made for it, so one conflict says little. Several say that something is in the way. */
const MOST_CONFLICTS = 4;

/**
 * Whether an action may be sent, given what was sent before and that a look shows nothing of it.
 *
 * - `send`: yes
 * - `wait`: not now
 * - a text: no, and why
 *
 * @internal
 */
export function mayBeSent({ repeat }: Action, attempts: readonly Attempt[], now: number): 'send' | 'wait' | { readonly no: string } {
  const last = attempts.at(-1);
  if (!last) return 'send';
  const age = now - last.at;
  if (last.outcome === 'refused') {
    if (last.status !== 409) return { no: `the server refused it: ${last.detail ?? `HTTP ${last.status}`}` };
    const conflicts = attempts.filter(({ status }) => status === 409).length;
    if (conflicts >= MOST_CONFLICTS) return { no: `another change is in the way: ${last.detail ?? 'HTTP 409'}` };
    return age >= SAFE_PAUSE_MS * conflicts ? 'send' : 'wait';
  }
  if (attempts.length >= MOST_ATTEMPTS) return { no: `it was sent ${attempts.length} times, at last with: ${last.detail ?? last.outcome}` };
  if (last.outcome === 'undelivered') return age >= SAFE_PAUSE_MS / 2 ? 'send' : 'wait';
  if (repeat === 'safe') return age >= (last.outcome === 'accepted' ? SAFE_AFTER_ACCEPTED_MS : SAFE_PAUSE_MS) ? 'send' : 'wait';
  // What was accepted stays accepted, unless its name shows that it is gone: if nothing comes of it, a second one would not do better, and could do harm.
  if (last.outcome === 'accepted') return repeat === 'by-name' && age >= SAFE_AFTER_ACCEPTED_MS ? 'send' : 'wait';
  return age >= SETTLED_MS ? 'send' : 'wait';
}
