import { outcomeOf, outcomeOfError } from './attempt-outcome';
import { describeCall } from './call';
import { checkCondition } from './check';
import { isTransportError, type ClusterView } from './cluster-view';
import type { Listener } from './events';
import type { Finding } from './finding';
import { refuseGivenUp } from './given-up';
import type { Journal } from './journal';
import { pauseBeforeLook } from './pace';
import { mayHaveActed, type Attempt } from './progress';
import { changeSince, mayBeSent } from './resend';
import type { Action, Condition, Plan, Step } from './step';
import { StepRun } from './step-run';
import { adviceFor, failureText, interrupted, stopOf, UNMET } from './step-stops';
import { RecoveryStop } from './stop';

/**
 * Something that ends a run from outside, between two looks.
 *
 * @internal
 */
export interface Interruption {
  readonly requested: boolean;
}

/** How long a condition of an action may stay unmet, or unreadable, before that is told as the reason to stop. */
const PATIENCE_MS = 60_000;
/** How long a region may be unseen while people deploy: whole regions come and go then. */
const DEPLOYMENT_PATIENCE_MS = 600_000;
/** How long a region has to be lost again until that is taken for certain. */
const LOSS_MS = 30_000;
/** What was seen longer ago than this right before something is sent that is not safe to repeat is looked at again: somebody may have changed it who keeps a record elsewhere. */
const FRESH_MS = 5_000;
/** How many looks in a row may be older than that while they show the same: a server that is slow delays a request and does not prevent it. */
const OLD_LOOKS = 3;
/** How long nobody may answer before a run has begun. A gateway that is replaced is back sooner. */
const SILENCE_MS = 30_000;

/**
 * Runs a plan: looks first, acts only when a look shows that there is something to do, and looks until the effect is there.
 *
 * @internal
 */
export class Engine {
  private plan?: Plan;

  public constructor(
    private readonly view: ClusterView,
    private readonly journal: Journal,
    private readonly listener: Listener = () => undefined,
    private readonly interruption: Interruption = { requested: false },
  ) {}

  public async run(plan: Plan): Promise<void> {
    this.plan = plan;
    refuseGivenUp(plan, this.journal.progress);
    const warnings = await this.judge(plan.described);
    await this.holdLease(plan.described);
    await this.journal.takeOver();
    await this.warn(warnings);
    for (const [index, step] of plan.steps.entries()) {
      if (this.journal.step(step.id)?.finishedAt !== undefined) continue;
      this.listener({ kind: 'step', step, index, count: plan.steps.length });
      await this.runStep(step);
    }
    await this.journal.save({ finishedAt: this.view.ports.clock.now() });
    await this.journal.release();
  }

  /** Looks until it holds, and gives what should be known. Nothing is recorded: it is judged anew whenever somebody goes on. */
  private async judge(step: Step): Promise<readonly string[]> {
    const { clock } = this.view.ports;
    const startedAt = clock.now();
    const attempts = Object.values(this.journal.progress.steps).flatMap(record => record.attempts);
    for (;;) {
      if (this.interruption.requested) throw interrupted(step, this.journal.isRecorded);
      const finding = await checkCondition(step.done, this.view, attempts);
      if (finding.state === 'met') return finding.warnings ?? [];
      this.listener({ kind: 'check', step, finding });
      const elapsed = clock.now() - startedAt;
      if (finding.silent && elapsed >= SILENCE_MS) throw new RecoveryStop('unreachable', finding.why, step.advice, step.id);
      if (finding.state === 'blocked' || elapsed >= step.timeoutMs) throw stopOf(step, finding.why, finding.advice);
      await clock.sleep(pauseBeforeLook(elapsed));
    }
  }

  /** Takes the lease. One that somebody else has is watched first. */
  private async holdLease(step: Step): Promise<void> {
    await this.journal.hold((other, isFirst) => {
      if (this.interruption.requested) throw interrupted(step, this.journal.isRecorded);
      if (isFirst) this.listener({ kind: 'warning', text: `${other} ran this recovery at last: waiting to see whether that is over` });
    });
  }

  private async runStep(step: Step): Promise<void> {
    const { clock } = this.view.ports;
    const run = new StepRun(clock.now());
    for (;;) {
      if (this.interruption.requested) throw interrupted(step, this.journal.isRecorded);
      await this.journal.hold();
      const watched = await this.watch(step, run);
      const finding = await this.check(step, step.done);
      if (finding.state === 'met') return this.finish(step, run, finding);
      if (finding.state === 'blocked') throw stopOf(step, finding.why, finding.advice);
      if (finding.state === 'open' && watched && step.action && (await this.act(step, step.action, run, finding))) continue;
      // What cannot go on now is not late: how long that may be is decided by the watch.
      if (watched) this.checkTime(step, run, finding);
      await clock.sleep(pauseBeforeLook(clock.now() - (run.actedAt ?? run.startedAt)));
    }
  }

  /** Whether what must stay so is so. Ends the step when it is certainly not, or has not been for a while. */
  private async watch(step: Step, run: StepRun): Promise<boolean> {
    if (!step.watch) return true;
    const { clock } = this.view.ports;
    const { watch } = step;
    const finding = await this.journal.holdDuring(() => checkCondition(watch, this.view, []));
    if (finding.state === 'met') {
      run.watchedAgain(clock.now());
      return true;
    }
    this.listener({ kind: 'check', step, finding });
    run.unwatchedSince ??= clock.now();
    if (clock.now() - run.unwatchedSince < patienceOf(step, finding)) return false;
    const done = finding.givesUp ? await this.giveUp(finding.why) : '';
    throw stopOf(step, `${finding.why}${done}`, finding.advice);
  }

  /** Leaves the surviving region whole: what was held up for the other one goes on. Says what was done. */
  private async giveUp(why: string): Promise<string> {
    const release = this.plan?.release;
    let done = '';
    if (
      release &&
      mayHaveActed(this.journal.step(release.after)?.attempts ?? []) &&
      this.journal.step(release.step.id)?.finishedAt === undefined
    ) {
      const attempt = await this.send(release.step, release.step.action!, this.view.ports.clock.now());
      done =
        attempt.outcome === 'accepted'
          ? `; ${release.done}`
          : `; it was tried to ${release.step.action!.description}: ${attempt.detail ?? attempt.outcome}`;
    }
    await this.journal.save({ givenUp: why });
    return done;
  }

  /** Sends the action if that is allowed now. Returns whether it was sent. */
  private async act(step: Step, action: Action, run: StepRun, finding: Finding): Promise<boolean> {
    const { clock } = this.view.ports;
    const attempts = this.journal.standing(step.id, action.repeat);
    const allowed = mayBeSent(action, attempts, clock.now());
    if (typeof allowed === 'object') throw stopOf(step, `cannot ${action.description}: ${allowed.no}`, adviceFor(step, attempts));
    if (allowed === 'wait') return false;
    const before = action.repeat === 'safe' ? await this.requirementsMet(step, run) : await this.freshlyMet(step, run);
    if (!before || changedSince(finding, before)) return false;
    this.seeNothingSince(step, action, before);
    const at = clock.now();
    run.sent(at, action, await this.send(step, action, run.startedAt, before));
    // What can be seen at once is seen at once; the rest shortly after.
    await clock.sleep(pauseBeforeLook(0));
    return true;
  }

  /** Records that it is about to send, sends, and records what has come of it. */
  private async send(step: Step, action: Action, startedAt: number, before: Pick<Attempt, 'lastChange'> = {}): Promise<Attempt> {
    const call = describeCall(action.call);
    await this.journal.intend(step.id, call, { startedAt: this.journal.step(step.id)?.startedAt ?? startedAt }, before);
    this.listener({ kind: 'sending', step, call });
    let outcome: Partial<Attempt>;
    try {
      outcome = outcomeOf(action, await this.view.send(action.call));
    } catch (error) {
      if (!isTransportError(error)) throw error;
      outcome = outcomeOfError(error);
    }
    const attempt = await this.journal.conclude(step.id, outcome);
    this.listener({ kind: 'sent', step, attempt });
    return attempt;
  }

  /** As `requirementsMet`, looked at again where that took long. */
  private async freshlyMet(step: Step, run: StepRun): Promise<Pick<Attempt, 'lastChange'> | undefined> {
    let before = await this.requirementsMet(step, run);
    for (let looks = 1; before && looks < OLD_LOOKS && this.view.ports.clock.elapsed() - run.lookedAt > FRESH_MS; looks += 1) {
      const again = await this.requirementsMet(step, run);
      if (again?.lastChange !== before.lastChange) return undefined;
      before = again;
    }
    return before;
  }

  /** Returns what is to be written down of the cluster before the action is sent, or nothing if it cannot be sent now. */
  private async requirementsMet(step: Step, run: StepRun): Promise<Pick<Attempt, 'lastChange'> | undefined> {
    let lastChange: number | undefined;
    run.lookedAt = Infinity;
    for (const requirement of step.requires) {
      run.lookedAt = this.view.ports.clock.elapsed();
      const finding = await this.check(step, requirement);
      lastChange = finding.lastChange ?? lastChange;
      if (finding.state === 'met') continue;
      if (finding.state === 'blocked') throw stopOf(step, finding.why, finding.advice);
      run.unmetSince ??= this.view.ports.clock.now();
      if (this.view.ports.clock.now() - run.unmetSince > PATIENCE_MS) {
        const attempts = this.attemptsOf(step);
        const advice = finding.advice ?? (mayHaveActed(attempts) ? adviceFor(step, attempts) : UNMET);
        throw stopOf(step, `${finding.why}; nothing is sent unless this is so: ${requirement.description}`, advice);
      }
      return undefined;
    }
    run.unmetSince = undefined;
    return lastChange === undefined ? {} : { lastChange };
  }

  /** What the cluster has had since a request with an open outcome may be what that has brought about. */
  private seeNothingSince(step: Step, action: Action, { lastChange }: Pick<Attempt, 'lastChange'>): void {
    const attempts = this.attemptsOf(step);
    const since = lastChange === undefined ? undefined : changeSince(attempts, lastChange);
    if (since === undefined) return;
    const why = `the cluster has had change ${since} since that was sent, and it may be the one that was asked for`;
    throw stopOf(step, `cannot ${action.description} again: ${why}`, adviceFor(step, attempts));
  }

  private async check(step: Step, condition: Condition): Promise<Finding> {
    const finding = await this.journal.holdDuring(() =>
      checkCondition(condition, this.view, this.attemptsOf(step), this.journal.progress.steps),
    );
    this.listener({ kind: 'check', step, finding });
    return finding;
  }

  private checkTime(step: Step, run: StepRun, finding: Finding): void {
    const elapsed = this.view.ports.clock.now() - run.timedFrom;
    if (elapsed < step.timeoutMs) return;
    const attempts = step.action ? this.journal.standing(step.id, step.action.repeat) : [];
    throw stopOf(
      step,
      `${finding.why}${failureText(attempts)}; waited ${Math.round(elapsed / 1000)} s for this: ${step.done.description}`,
      finding.advice ?? adviceFor(step, this.attemptsOf(step)),
    );
  }

  private async finish(step: Step, run: StepRun, finding: Finding): Promise<void> {
    const now = this.view.ports.clock.now();
    const before = this.journal.step(step.id);
    const startedAt = before?.startedAt ?? run.startedAt;
    // An action would have left a record.
    const alreadyDone = before === undefined && step.action !== undefined;
    await this.journal.saveStep(step.id, {
      startedAt,
      finishedAt: now,
      ...(alreadyDone ? { alreadyDone } : {}),
      calls: (before?.calls ?? 0) + this.view.takeCallCount(),
      finding: finding.why,
      ...(finding.noted ? { noted: finding.noted } : {}),
    });
    await this.warn(finding.warnings ?? []);
    this.listener({ kind: 'done', step, alreadyDone, milliseconds: now - startedAt, why: finding.why });
  }

  private async warn(texts: readonly string[]): Promise<void> {
    const known = this.journal.progress.warnings;
    const fresh = texts.filter(text => !known.includes(text));
    if (fresh.length === 0) return;
    await this.journal.save({ warnings: [...known, ...fresh] });
    fresh.forEach(text => this.listener({ kind: 'warning', text }));
  }

  private attemptsOf(step: Step): readonly Attempt[] {
    return this.journal.attempts(step.id);
  }
}

/** How long what is watched may be otherwise. */
function patienceOf({ action }: Step, { state, givesUp, patienceMs }: Finding): number {
  if (patienceMs !== undefined) return patienceMs;
  if (state === 'blocked') return givesUp ? LOSS_MS : 0;
  return action ? PATIENCE_MS : DEPLOYMENT_PATIENCE_MS;
}

/** Whether the cluster has had a change since the look that shows that there is something to do. Then it may have been that. */
function changedSince({ lastChange }: Finding, before: Pick<Attempt, 'lastChange'>): boolean {
  return lastChange !== undefined && before.lastChange !== undefined && lastChange !== before.lastChange;
}
