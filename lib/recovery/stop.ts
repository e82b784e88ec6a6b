/**
 * Why a recovery has stopped. Its state is kept, and says what to do next.
 *
 * - `refused`: it did not begin, because a condition is not met
 * - `unreachable`: it did not begin, because nobody answers
 * - `stopped`: it needs a person
 * - `taken`: somebody else runs it
 * - `interrupted`: it was told to end
 *
 * @internal
 */
export type StopKind = 'refused' | 'unreachable' | 'stopped' | 'taken' | 'interrupted';

/** @internal */
export class RecoveryStop extends Error {
  public override readonly name = 'RecoveryStop';

  public constructor(
    public readonly kind: StopKind,
    message: string,
    /** What to do. */
    public readonly advice: string,
    public readonly stepId?: string,
  ) {
    super(message);
  }
}
