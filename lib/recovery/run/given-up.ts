import type { Progress } from '../record/progress';
import { RecoveryStop } from '../stop';
import type { Plan } from './step';

/**
 * Refuses to go on with a recovery whose region was lost again: what it has found no longer means anything.
 *
 * @internal
 */
export function refuseGivenUp({ release }: Plan, { givenUp }: Pick<Progress, 'givenUp'>): void {
  if (givenUp !== undefined && release) throw new RecoveryStop('refused', `this recovery was given up: ${givenUp}`, release.advice);
}
