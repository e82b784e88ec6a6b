import type { Attempt } from '../record/progress';
import type { Action } from './step';

/**
 * What one run of a step has to remember. Whatever another operator needs is in the journal.
 *
 * @internal
 */
export class StepRun {
  public actedAt?: number;
  public unmetSince?: number;
  public unwatchedSince?: number;
  /** When the last look began that was to be the one right before sending, by the clock that is never set. */
  public lookedAt = Infinity;
  /** Since when the step has its time. */
  public timedFrom: number;
  private hasBeenAccepted = false;

  public constructor(public readonly startedAt: number) {
    this.timedFrom = startedAt;
  }

  /** What was to stay so is so again: the step has been standing still. */
  public watchedAgain(at: number): void {
    if (this.unwatchedSince !== undefined) this.timedFrom += at - this.unwatchedSince;
    this.unwatchedSince = undefined;
  }

  /** The effect has its time from the request on. What is sent again and again for want of an effect has it once. */
  public sent(at: number, { repeat }: Action, { outcome }: Attempt): void {
    const isFirst = this.actedAt === undefined;
    const counts = repeat === 'safe' ? outcome === 'accepted' && !this.hasBeenAccepted : outcome !== 'undelivered';
    if (isFirst || counts) this.timedFrom = at;
    this.hasBeenAccepted ||= outcome === 'accepted';
    this.actedAt = at;
  }
}
