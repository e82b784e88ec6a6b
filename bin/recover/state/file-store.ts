import { randomUUID } from 'node:crypto';
import { copyFileSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isJson, parsed, textOf as textIn } from '../../../lib/recovery/calls/readings';
import {
  ProgressConflictError,
  UnreadableRecordError,
  type Clock,
  type LeaseHolder,
  type OperatorLease,
  type ProgressStore,
} from '../../../lib/recovery/ports';
import { LeaseWatch } from '../../../lib/recovery/record/lease-watch';
import type { Progress } from '../../../lib/recovery/record/progress';
import { progressOf } from '../../../lib/recovery/record/progress-document';
import { RecoveryStop } from '../../../lib/recovery/stop';
import { makeFolder } from '../arguments';
import { UsageError } from '../exit-code';
import { reasonOf } from '../reason';
import { codeOf, freeName, textIfThere, writeDurably } from './durable-file';
import { whileLocked } from './file-lock';

/** Version of a record that cannot be read. */
const UNREADABLE = 'unreadable';

/** Progress in a file, for operators who open tunnels by hand. A second program with the same file notices. */
export class FileStore implements ProgressStore {
  private readonly path: string;

  public constructor(
    path: string,
    private readonly clock: Clock,
  ) {
    this.path = resolve(path);
    makeFolder(dirname(this.path), '--state');
  }

  public read(): Promise<{ readonly progress?: Progress; readonly version?: string }> {
    // Not an async function alone: what it throws must be a rejection.
    return new Promise(resolve_ => resolve_(this.record()));
  }

  public async write(progress: Progress, version: string | undefined): Promise<string> {
    return changing(this.path, this.clock, () => {
      if (this.version() !== version) throw new ProgressConflictError(`${this.path} was changed by another program`);
      if (version === UNREADABLE) copyFileSync(this.path, freeName(`${this.path}.unreadable`));
      const revision = randomUUID();
      writeDurably(this.path, `${JSON.stringify({ revision, progress }, null, 2)}\n`);
      return revision;
    });
  }

  private version(): string | undefined {
    try {
      return this.record().version;
    } catch (error) {
      if (error instanceof UnreadableRecordError) return error.version;
      throw error;
    }
  }

  private record(): { readonly progress?: Progress; readonly version?: string } {
    const text = reading(this.path);
    if (text === undefined) return {};
    const state = parsed(text);
    if (!isJson(state)) throw new UnreadableRecordError(this.path, 'it is not a JSON object', UNREADABLE);
    const progress = progressOf(state.progress, this.path, UNREADABLE);
    return { progress, version: textIn(state.revision) };
  }
}

/** Who runs the recovery whose record is in a file, in another file beside it. */
export class FileLease implements OperatorLease {
  private readonly path: string;
  private readonly watch: LeaseWatch;

  public constructor(
    state: string,
    private readonly clock: Clock,
  ) {
    this.path = `${resolve(state)}.lease`;
    this.watch = new LeaseWatch(() => clock.elapsed());
  }

  public async hold(operator: string, seconds: number): Promise<LeaseHolder | undefined> {
    return changing(this.path, this.clock, () => {
      const text = textIfThere(this.path);
      const state = parsed(text ?? '');
      const holder = isJson(state) ? textIn(state.operator) : 'somebody';
      if (text !== undefined && holder !== operator) {
        const remainingMs = this.watch.remaining(text, seconds);
        if (remainingMs > 0) return { operator: holder, renewal: text, remainingMs };
      }
      writeDurably(this.path, `${JSON.stringify({ operator, renewal: randomUUID() })}\n`);
      return undefined;
    });
  }

  public async release(operator: string): Promise<void> {
    await changing(this.path, this.clock, () => {
      const state = parsed(textIfThere(this.path) ?? '');
      if (isJson(state) && state.operator === operator) rmSync(this.path, { force: true });
    });
  }
}

function reading(path: string): string | undefined {
  try {
    return textIfThere(path);
  } catch (error) {
    throw new UsageError(`--state: cannot read ${path}: ${reasonOf(error)}`);
  }
}

/** Reads and writes while no other program does. That it cannot be written, as on a full disk, is a reason to stop. */
async function changing<T>(path: string, clock: Clock, change: () => T): Promise<T> {
  try {
    return await whileLocked(`${path}.lock`, clock, change);
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
    throw new RecoveryStop(
      'stopped',
      `progress cannot be recorded: ${(error as Error).message}`,
      `nothing is sent that is not recorded. Make ${path} writable (space, rights), and give the same command again, or 'recover resume' if that is what it asks for`,
    );
  }
}
