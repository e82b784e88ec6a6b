import { ProgressConflictError, type LeaseHolder, type OperatorLease, type ProgressStore } from '../../../lib/recovery/ports';
import type { Progress } from '../../../lib/recovery/progress';
import type { VirtualClock } from './virtual-clock';

/** Keeps progress as an API server does: a write must name the version that it has read. */
export class MemoryStore implements ProgressStore {
  public text?: string;
  public writes = 0;
  private revision = 0;

  public read(): Promise<{ readonly progress?: Progress; readonly version?: string }> {
    if (this.text === undefined) return Promise.resolve({});
    return Promise.resolve({ progress: JSON.parse(this.text) as Progress, version: String(this.revision) });
  }

  public write(progress: Progress, version: string | undefined): Promise<string> {
    const current = this.text === undefined ? undefined : String(this.revision);
    if (version !== current) return Promise.reject(new ProgressConflictError(`version ${version} is not ${current} any more`));
    this.writes += 1;
    this.text = JSON.stringify(progress);
    this.revision += 1;
    return Promise.resolve(String(this.revision));
  }
}

/** A lease that two operators cannot hold at once. */
export class MemoryLease implements OperatorLease {
  public holder?: LeaseHolder;

  public constructor(private readonly clock: VirtualClock) {}

  public hold(operator: string, seconds: number): Promise<LeaseHolder | undefined> {
    const now = this.clock.now();
    if (this.holder && this.holder.operator !== operator && this.holder.until > now) return Promise.resolve(this.holder);
    this.holder = { operator, until: now + seconds * 1000 };
    return Promise.resolve(undefined);
  }

  public release(operator: string): Promise<void> {
    if (this.holder?.operator === operator) this.holder = undefined;
    return Promise.resolve();
  }
}
