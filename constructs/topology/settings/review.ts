import { matching } from './rows/checks';
import type { Rows } from './rows/row';

/** What `camunda-dual-region review` is told about this deployment. It changes nothing that is deployed. */
export interface ReviewSettings {
  /**
   * Dangerous changes that are meant. A review lists them with their reason, and does not fail because of them.
   *
   * @default - none
   */
  readonly acknowledge?: AcknowledgementSettings[];
}

/** One dangerous change, or several of a kind, that somebody has thought about. */
export interface AcknowledgementSettings {
  /**
   * Id of the change as a review prints it, for example `brokers-roll:both`. A `*` stands for any part of it, but the kind of
   * change before the colon must be written out.
   */
  readonly change: string;

  /** Why the change is meant, in words that a reviewer understands. */
  readonly reason: string;

  /** Last day on which it counts, as `YYYY-MM-DD`, at most a year ahead. Afterwards the change fails a review again. */
  readonly expires: string;
}

const ACKNOWLEDGEMENT = {
  change: {
    kind: 'string',
    required: true,
    checks: [
      // The kind is written out, so that one acknowledgement never covers changes of another kind.
      matching(/^[a-z][a-z0-9-]*:[\w./*-]+$/, {
        rule: 'review-change',
        requirement: "must be the id of a change, as a kind, a colon, and a name that may contain '*'",
        fix: "copy the id from a review, for example 'brokers-roll:both'",
      }),
    ],
  },
  reason: {
    kind: 'string',
    required: true,
    checks: [
      matching(/\S/, {
        rule: 'review-reason',
        requirement: 'must say why the change is meant',
        fix: 'write a sentence for those who review the change',
      }),
    ],
  },
  expires: { kind: 'string', required: true },
} as const satisfies Rows<AcknowledgementSettings>;

/** @internal */
export const REVIEW = {
  acknowledge: {
    kind: 'list',
    default: [],
    rows: ACKNOWLEDGEMENT,
    list: { rule: 'review', requirement: 'must be a list', fix: 'leave it out for none' },
    entryFix: "write it like { change: 'brokers-roll:both', reason: 'planned stop', expires: '2030-01-31' }",
  },
} as const satisfies Rows<ReviewSettings>;
