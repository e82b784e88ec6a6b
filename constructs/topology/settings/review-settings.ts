/** What `npm run review` is told about this deployment. It changes nothing that is deployed. */
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
