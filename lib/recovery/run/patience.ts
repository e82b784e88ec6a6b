import type { Finding } from '../finding';
import type { Step } from './step';

/**
 * How long a condition of an action may stay unmet, or unreadable, before that is told as the reason to stop.
 *
 * @internal
 */
export const PATIENCE_MS = 60_000;
/** How long a region may be unseen while people deploy: whole regions come and go then. */
const DEPLOYMENT_PATIENCE_MS = 600_000;
/** How long a region has to be lost again until that is taken for certain. */
const LOSS_MS = 30_000;

/**
 * How long what is watched may be otherwise.
 *
 * @internal
 */
export function patienceOf({ action }: Step, { state, givesUp, patienceMs }: Finding): number {
  if (patienceMs !== undefined) return patienceMs;
  if (state === 'blocked') return givesUp ? LOSS_MS : 0;
  return action ? PATIENCE_MS : DEPLOYMENT_PATIENCE_MS;
}
