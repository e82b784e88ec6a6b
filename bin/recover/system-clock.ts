import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../lib/recovery/ports';

/** The time of this machine. An interruption ends a wait at once. */
export class SystemClock implements Clock {
  public constructor(private readonly interrupted: AbortSignal) {}

  public now(): number {
    return Date.now();
  }

  public elapsed(): number {
    return performance.now();
  }

  public after(milliseconds: number, run: () => void): () => void {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  }

  public async sleep(milliseconds: number): Promise<void> {
    try {
      await wait(milliseconds, undefined, { signal: this.interrupted });
    } catch (error) {
      // The engine looks at the interruption before it goes on.
      if (!this.interrupted.aborted) throw error;
    }
  }
}
