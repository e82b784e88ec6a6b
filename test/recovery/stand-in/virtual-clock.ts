import type { Clock } from '../../../lib/recovery/ports';
import type { ModelClock } from './model-clock';

/** Time that passes only when somebody waits, so that hours of waiting take no time. */
export class VirtualClock implements Clock, ModelClock {
  /** How often somebody may wait on one clock. A program that waits for ever is noticed by it. */
  public static maxSleeps = Infinity;

  private time: number;
  private readonly appointments: { readonly at: number; readonly run: () => void }[] = [];
  /** Everything that was ever waited for, in milliseconds. */
  public slept = 0;
  private sleeps = 0;

  public constructor(start = Date.UTC(2026, 0, 1)) {
    this.time = start;
  }

  public now(): number {
    return this.time;
  }

  public elapsed(): number {
    return this.time;
  }

  public sleep(milliseconds: number): Promise<void> {
    this.sleeps += 1;
    if (this.sleeps > VirtualClock.maxSleeps) return Promise.reject(new Error(`waited ${this.sleeps} times`));
    this.slept += milliseconds;
    this.pass(milliseconds);
    return Promise.resolve();
  }

  /** Lets time pass, with all that was to happen meanwhile. */
  public pass(milliseconds: number): void {
    const until = this.time + milliseconds;
    for (;;) {
      const next = this.appointments.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.appointments.splice(this.appointments.indexOf(next), 1);
      this.time = Math.max(this.time, next.at);
      next.run();
    }
    // What was to happen meanwhile may have let more time pass.
    this.time = Math.max(this.time, until);
  }

  public after(milliseconds: number, run: () => void): () => void {
    const appointment = { at: this.time + milliseconds, run };
    this.appointments.push(appointment);
    return () => {
      const index = this.appointments.indexOf(appointment);
      if (index >= 0) this.appointments.splice(index, 1);
    };
  }
}
