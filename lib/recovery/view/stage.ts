/**
 * Where a deployment stands, as far as it explains that the system is not what the description says.
 *
 * - `whole`: both regions are to work. A verification judges members that are missing
 * - `failover`, `failback`: the affected region's brokers may be members or not
 *
 * @internal
 */
export interface Stage {
  readonly kind: 'whole' | 'failover' | 'failback';
  /** The region that is lost or recreated. */
  readonly affected?: number;
  /** Whether members are being removed or added: a part of them may be gone or there already. */
  readonly changing: boolean;
}

/** @internal */
export interface Comparison {
  /** What cannot be explained: the description is of another cluster, or of another time. */
  readonly differences: readonly string[];
  /** What should be known although nothing hangs on it. */
  readonly warnings: readonly string[];
}
