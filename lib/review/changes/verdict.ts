import { isExpired } from '../../../constructs/topology/rules/review-rules';
import type { AcknowledgementSettings } from '../../../constructs/topology/settings/review';
import type { Change } from './change';

/**
 * What is to be decided about changes, after what has been decided already.
 *
 * @internal
 */
export interface ChangeVerdict {
  /** Dangerous, and nobody has said that they are meant. They fail a review. */
  readonly dangerous: readonly Change[];
  readonly acknowledged: readonly AcknowledgedChange[];
  /** Acknowledgements whose last day is over. They count no more. */
  readonly expired: readonly AcknowledgementSettings[];
  /** Acknowledgements that no dangerous change fits. */
  readonly unused: readonly AcknowledgementSettings[];
  readonly notices: readonly Change[];
}

/** @internal */
export interface AcknowledgedChange {
  readonly change: Change;
  readonly acknowledgement: AcknowledgementSettings;
}

/**
 * @param changes what `changesBetween` found
 * @param acknowledgements `review.acknowledge` of the configuration under review
 * @param today the day of the review
 *
 * @internal
 */
export function verdictOn(changes: readonly Change[], acknowledgements: readonly AcknowledgementSettings[], today: Date): ChangeVerdict {
  const expired = acknowledgements.filter(({ expires }) => isExpired(expires, today));
  const counting = acknowledgements.filter(one => !expired.includes(one));
  const dangers = changes.filter(({ danger }) => danger === 'dangerous');
  const acknowledged = dangers.flatMap(change => {
    const acknowledgement = counting.find(one => fits(one.change, change.id));
    return acknowledgement ? [{ change, acknowledgement }] : [];
  });
  return {
    dangerous: dangers.filter(change => !acknowledged.some(one => one.change === change)),
    acknowledged,
    expired,
    unused: counting.filter(one => !dangers.some(({ id }) => fits(one.change, id))),
    notices: changes.filter(({ danger }) => danger === 'notice'),
  };
}

function fits(pattern: string, id: string): boolean {
  const parts = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(id);
}
