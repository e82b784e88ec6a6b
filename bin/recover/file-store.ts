import { randomUUID } from 'node:crypto';
import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ProgressConflictError, type Clock, type LeaseHolder, type OperatorLease, type ProgressStore } from '../../lib/recovery/ports';
import type { Progress } from '../../lib/recovery/progress';
import { makeFolder, textOf } from './arguments';
import { UsageError } from './exit-code';

/** Nobody holds the lock longer than it takes to write a file: an older one is left from a process that has died. */
const STALE_LOCK_MS = 10_000;

interface State {
  readonly revision: string;
  readonly progress?: Progress;
  readonly lease?: LeaseHolder;
}

/** Progress and lease in one file, for whoever opens the tunnels by hand. A second program with the same file notices. */
export class FileStore implements ProgressStore, OperatorLease {
  private readonly path: string;

  public constructor(
    path: string,
    private readonly clock: Clock,
  ) {
    this.path = resolve(path);
    makeFolder(dirname(this.path), '--state');
  }

  public read(): Promise<{ readonly progress?: Progress; readonly version?: string }> {
    const state = this.state();
    return Promise.resolve(state?.progress === undefined ? {} : { progress: state.progress, version: state.revision });
  }

  public async write(progress: Progress, version: string | undefined): Promise<string> {
    return this.locked(state => {
      const current = state?.progress === undefined ? undefined : state.revision;
      if (current !== version) throw new ProgressConflictError(`${this.path} was changed by another program`);
      const revision = randomUUID();
      return { state: { ...state, revision, progress }, result: revision };
    });
  }

  public async hold(operator: string, seconds: number): Promise<LeaseHolder | undefined> {
    return this.locked(state => {
      const now = this.clock.now();
      const held = state?.lease;
      if (held && held.operator !== operator && held.until > now) return { result: held };
      return { state: { revision: randomUUID(), ...state, lease: { operator, until: now + seconds * 1000 } }, result: undefined };
    });
  }

  public async release(operator: string): Promise<void> {
    await this.locked(state => {
      if (!state || state.lease?.operator !== operator) return { result: undefined };
      return { state: { ...state, lease: undefined }, result: undefined };
    });
  }

  private state(): State | undefined {
    if (!existsSync(this.path)) return undefined;
    try {
      return JSON.parse(textOf(this.path, '--state')) as State;
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw new UsageError(
        `--state: ${this.path} is not the record of a recovery; name another file, or the one that an earlier run has written`,
      );
    }
  }

  /** Reads and writes while no other program does. */
  private async locked<T>(change: (state: State | undefined) => { readonly state?: State; readonly result: T }): Promise<T> {
    const lock = `${this.path}.lock`;
    for (let tries = 0; ; tries += 1) {
      try {
        writeFileSync(lock, String(process.pid), { flag: 'wx' });
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || tries > 100) throw error;
        if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > STALE_LOCK_MS) rmSync(lock, { force: true });
        await new Promise(resume => setTimeout(resume, 50));
      }
    }
    try {
      const { state, result } = change(this.state());
      if (state) {
        writeFileSync(`${this.path}.new`, `${JSON.stringify(state, null, 2)}\n`);
        renameSync(`${this.path}.new`, this.path);
      }
      return result;
    } finally {
      rmSync(lock, { force: true });
    }
  }
}
