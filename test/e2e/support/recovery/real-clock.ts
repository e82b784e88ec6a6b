import type { ModelClock } from '../../../recovery/stand-in/model-clock';

/** The time of this machine, for a stand-in that others meet in real time. */
export class RealClock implements ModelClock {
  private readonly timers = new Set<NodeJS.Timeout>();

  public now(): number {
    return Date.now();
  }

  public after(milliseconds: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      run();
    }, milliseconds);
    this.timers.add(timer);
  }

  /** Nothing happens any more. */
  public stop(): void {
    this.timers.forEach(timer => clearTimeout(timer));
    this.timers.clear();
  }
}
