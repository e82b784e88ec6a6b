import type { LeaseHolder, RecoveryPorts } from '../ports';
import { isOpen, type Attempt, type Progress, type StepProgress } from '../record/progress';
import { RecoveryStop } from '../stop';
import type { Action } from './step';

const LEASE_SECONDS = 30;
/** How long after its last renewal the lease is renewed. */
const RENEWED_MS = (LEASE_SECONDS * 1000) / 3;
/** Between the last renewal of the lease and a request no more may pass than this: somebody else could have taken over. */
const FRESH_MS = 10_000;

/** How often a lease of somebody else is looked at. */
const WATCH_MS = 2_000;

/**
 * Keeps the progress of a run where the next operator finds it, and notices when somebody else keeps it too.
 *
 * @internal
 */
export class Journal {
  private heldAt?: { readonly now: number; readonly elapsed: number };
  private readonly takenOverAt: number;
  /** How many attempts each step had when this journal was opened: others have sent them, by their own clocks. */
  private readonly inherited: { readonly [stepId: string]: number };
  private written = false;

  public constructor(
    private readonly ports: Pick<RecoveryPorts, 'clock' | 'store' | 'lease'>,
    public readonly operator: string,
    private current: Progress,
    private version: string | undefined,
  ) {
    this.takenOverAt = ports.clock.now();
    this.inherited = Object.fromEntries(Object.entries(current.steps).map(([id, { attempts }]) => [id, attempts.length]));
  }

  public get progress(): Progress {
    return this.current;
  }

  /** Whether there is a record of this recovery that somebody can go on with. */
  public get isRecorded(): boolean {
    return this.written;
  }

  public step(id: string): StepProgress | undefined {
    return this.current.steps[id];
  }

  /**
   * What was sent for a step. What others have sent counts from the moment on at which their record was read: their clocks may go wrong.
   */
  public attempts(id: string): readonly Attempt[] {
    const inherited = this.inherited[id] ?? 0;
    return (this.step(id)?.attempts ?? []).map((attempt, i) => (i < inherited ? { ...attempt, at: this.takenOverAt } : attempt));
  }

  /**
   * What decides whether an action may be sent: as `attempts`, without what of an earlier run was not carried out. A resumed run may have put
   * right what was wrong. Of an action that may be sent at any time nothing of an earlier run counts.
   */
  public standing(id: string, repeat: Action['repeat']): readonly Attempt[] {
    const inherited = this.inherited[id] ?? 0;
    return this.attempts(id).filter((attempt, i) => i >= inherited || (repeat !== 'safe' && isOpen(attempt)));
  }

  /**
   * Takes the lease, or renews it before it runs out. One that somebody else has is watched for as long as it lasts.
   *
   * @param onWatch is told whose lease that is, before each look at it
   */
  public async hold(onWatch: (other: string, isFirst: boolean) => void = () => undefined): Promise<void> {
    if (this.heldFor() < RENEWED_MS) return;
    const { clock } = this.ports;
    let seen: string | undefined;
    for (;;) {
      const other = await this.take();
      if (!other) return;
      // A run that had the lease and finds it taken has been given up by another operator.
      if (this.heldAt || (seen !== undefined && seen !== other.renewal)) throw takenBy(other.operator);
      onWatch(other.operator, seen === undefined);
      seen = other.renewal;
      await clock.sleep(Math.min(WATCH_MS, other.remainingMs));
    }
  }

  /**
   * Does something that may last for longer than the lease, which is renewed meanwhile. Ends with an error if somebody else has taken it.
   */
  public async holdDuring<T>(run: () => Promise<T>): Promise<T> {
    let renewals = Promise.resolve();
    let callOff = (): void => undefined;
    const renewLater = (): void => {
      callOff = this.ports.clock.after(RENEWED_MS, () => {
        renewals = renewals.then(() => this.hold());
        // Told at the end.
        renewals.catch(() => undefined);
        renewLater();
      });
    };
    renewLater();
    try {
      return await run();
    } finally {
      callOff();
      await renewals;
    }
  }

  /** Milliseconds since the lease was taken or renewed. A machine that was asleep may know it by one of its clocks only. */
  private heldFor(): number {
    const { clock } = this.ports;
    return this.heldAt ? Math.max(clock.now() - this.heldAt.now, clock.elapsed() - this.heldAt.elapsed) : Infinity;
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
    this.written = true;
  }

  public saveStep(id: string, change: Partial<StepProgress>): Promise<void> {
    const now = this.ports.clock.now();
    const before: StepProgress = this.current.steps[id] ?? { startedAt: now, calls: 0, attempts: [] };
    return this.save({ steps: { ...this.current.steps, [id]: { ...before, ...change } } });
  }

  /** Records that an action is about to be sent. Only one operator's record can succeed. */
  public async intend(id: string, call: string, started: Partial<StepProgress>, before: Partial<Attempt> = {}): Promise<void> {
    await this.renew();
    const attempts = this.step(id)?.attempts ?? [];
    const at = this.ports.clock.now();
    await this.saveStep(id, { ...started, attempts: [...attempts, { at, by: this.operator, call, outcome: 'intended', ...before }] });
    if (this.heldFor() > FRESH_MS) {
      throw new RecoveryStop(
        'stopped',
        'recording what was about to be sent took so long that somebody else may have taken over',
        `nothing was sent; look with 'recover status', then 'recover resume'`,
        id,
      );
    }
  }

  /** Writes what this recovery has taken over from an earlier one, before it does anything: another run with that record notices. */
  public async takeOver(): Promise<void> {
    if (Object.keys(this.current.steps).length > 0) await this.save({});
  }

  /** The lease lasts for longer than any request that changes the cluster, if it is renewed right before. */
  private async renew(): Promise<void> {
    const other = await this.take();
    if (other) throw takenBy(other.operator);
  }

  /** Takes or renews the lease, or tells who has it. It is held from the moment on at which it was asked for. */
  private async take(): Promise<LeaseHolder | undefined> {
    const { clock, lease } = this.ports;
    const heldAt = { now: clock.now(), elapsed: clock.elapsed() };
    const other = await lease.hold(this.operator, LEASE_SECONDS);
    if (!other) this.heldAt = heldAt;
    return other;
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

function takenBy(operator: string): RecoveryStop {
  return new RecoveryStop(
    'taken',
    `${operator} runs this recovery`,
    `see how far it is with 'recover status'. 'recover resume' takes it over once ${LEASE_SECONDS} s have passed without a sign of ${operator}`,
  );
}
