import { worstTone } from '../../lib/review/document/cells';
import type { ReviewDocument } from '../../lib/review/document/review-document';
import { WRONG_USAGE } from '../wrong-usage';

/** What the program tells its caller. Documented in docs/review.md. */
export const EXIT = {
  /** Written, and nothing in it is dangerous. Warnings are no reason to stop. */
  fine: 0,
  /** A mistake in the configuration. */
  mistake: 1,
  /** Written, with a dangerous change or a requirement that is not met. */
  dangerous: 2,
  /** The same number: somebody has to look. Nothing is written, and the standard error says what is right. */
  usage: WRONG_USAGE,
  /** A base that cannot be read, or no place to write. */
  unusable: 3,
} as const;

/** The exit code of a review that was written. */
export function exitCodeOf({ sections }: ReviewDocument): number {
  return worstTone(sections.map(({ tone }) => tone)) === 'danger' ? EXIT.dangerous : EXIT.fine;
}
