import type { Progress } from './progress';
import type { Plan } from './step';
import { RecoveryStop } from './stop';

/**
 * Refuses to go on with a recovery whose region was lost again: what it has found no longer means anything.
 *
 * @internal
 */
export function refuseGivenUp({ release }: Plan, { givenUp }: Pick<Progress, 'givenUp'>): void {
  if (givenUp !== undefined && release) throw new RecoveryStop('refused', `this recovery was given up: ${givenUp}`, release.advice);
}
