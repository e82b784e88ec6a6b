import type { RecoveryPorts } from './ports';
import type { Attempt, Progress, StepProgress } from './progress';
import { RecoveryStop } from './stop';

const LEASE_SECONDS = 30;
/** Between the record of an intention and the request no more may pass than this: somebody else could have taken over. */
const FRESH_MS = 10_000;

/**
 * Keeps the progress of a run where the next operator finds it, and notices when somebody else keeps it too.
 *
 * @internal
 */
export class Journal {
  private heldAt = -Infinity;

  public constructor(
    private readonly ports: Pick<RecoveryPorts, 'clock' | 'store' | 'lease'>,
    public readonly operator: string,
    private current: Progress,
    private version: string | undefined,
  ) {}

  public get progress(): Progress {
    return this.current;
  }

  public step(id: string): StepProgress | undefined {
    return this.current.steps[id];
  }

  /** Takes the lease, or renews it before it runs out. */
  public async hold(): Promise<void> {
    const { clock, lease } = this.ports;
    if (clock.now() - this.heldAt < (LEASE_SECONDS * 1000) / 3) return;
    const other = await lease.hold(this.operator, LEASE_SECONDS);
    if (other) {
      throw new RecoveryStop(
        'taken',
        `${other.operator} runs this recovery`,
        `wait until ${new Date(other.until).toISOString()}, when it can be taken over with 'recover resume' unless it goes on until then`,
      );
    }
    this.heldAt = clock.now();
  }

  public async save(change: Partial<Progress>): Promise<void> {
    const next = { ...this.current, ...change };
    try {
      this.version = await this.ports.store.write(next, this.version);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ProgressConflictError') throw error;
      throw new RecoveryStop(
        'taken',
        `somebody else has gone on with this recovery: ${error.message}`,
        `see who with 'recover status'; 'recover resume' takes it over once they have stopped`,
      );
    }
    this.current = next;
  }

  public saveStep(id: string, change: Partial<StepProgress>): Promise<void> {
    const now = this.ports.clock.now();
    const before: StepProgress = this.current.steps[id] ?? { startedAt: now, calls: 0, attempts: [] };
    return this.save({ steps: { ...this.current.steps, [id]: { ...before, ...change } } });
  }

  /** Records that an action is about to be sent. Only one operator's record can succeed. */
  public async intend(id: string, call: string, started: Partial<StepProgress>): Promise<void> {
    const attempts = this.step(id)?.attempts ?? [];
    const at = this.ports.clock.now();
    await this.saveStep(id, { ...started, attempts: [...attempts, { at, by: this.operator, call, outcome: 'intended' }] });
    if (this.ports.clock.now() - at > FRESH_MS) {
      throw new RecoveryStop(
        'stopped',
        'recording what was about to be sent took so long that somebody else may have taken over',
        `nothing was sent; look with 'recover status', then 'recover resume'`,
        id,
      );
    }
  }

  /** Records what came of the attempt that was recorded last. */
  public async conclude(id: string, outcome: Partial<Attempt>): Promise<Attempt> {
    const { attempts } = this.current.steps[id];
    const attempt = { ...attempts[attempts.length - 1], ...outcome };
    await this.saveStep(id, { attempts: [...attempts.slice(0, -1), attempt] });
    return attempt;
  }

  public release(): Promise<void> {
    return this.ports.lease.release(this.operator);
  }
}
