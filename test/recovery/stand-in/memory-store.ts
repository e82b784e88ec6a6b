import { ProgressConflictError, type Clock, type LeaseHolder, type OperatorLease, type ProgressStore } from '../../../lib/recovery/ports';
import { LeaseWatch } from '../../../lib/recovery/record/lease-watch';
import type { Progress } from '../../../lib/recovery/record/progress';

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

/** What all operators see of a lease. */
export interface SharedLease {
  holder?: string;
  renewal: number;
}

/** A lease that two operators cannot hold at once, as one of them sees it. */
export class MemoryLease implements OperatorLease {
  private readonly watch: LeaseWatch;

  public constructor(
    clock: Pick<Clock, 'elapsed'>,
    public readonly shared: SharedLease = { renewal: 0 },
  ) {
    this.watch = new LeaseWatch(() => clock.elapsed());
  }

  public hold(operator: string, seconds: number): Promise<LeaseHolder | undefined> {
    const { shared } = this;
    if (shared.holder !== undefined && shared.holder !== operator) {
      const renewal = String(shared.renewal);
      const remainingMs = this.watch.remaining(renewal, seconds);
      if (remainingMs > 0) return Promise.resolve({ operator: shared.holder, renewal, remainingMs });
    }
    shared.holder = operator;
    shared.renewal += 1;
    return Promise.resolve(undefined);
  }

  public release(operator: string): Promise<void> {
    if (this.shared.holder === operator) this.shared.holder = undefined;
    return Promise.resolve();
  }
}
