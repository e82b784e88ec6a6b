import type { Finding } from '../finding';
import { mayHaveActed } from '../record/progress';
import { RecoveryStop } from '../stop';
import type { ClusterView } from '../view/cluster-view';
import { ActionSender } from './action-sender';
import { checkCondition } from './check';
import type { Listener } from './events';
import { refuseGivenUp } from './given-up';
import type { Journal } from './journal';
import { pauseBeforeLook } from './pace';
import { patienceOf } from './patience';
import type { Plan, Step } from './step';
import { StepChecker } from './step-checker';
import { StepRun } from './step-run';
import { adviceFor, failureText, interrupted, stopOf } from './step-stops';

/**
 * Something that ends a run from outside, between two looks.
 *
 * @internal
 */
export interface Interruption {
  readonly requested: boolean;
}

/** How long nobody may answer before a run has begun. A gateway that is replaced is back sooner. */
const SILENCE_MS = 30_000;

/**
 * Runs a plan: looks first, acts only when a look shows that there is something to do, and looks until the effect is there.
 *
 * @internal
 */
export class Engine {
  private readonly checker: StepChecker;
  private readonly sender: ActionSender;
  private plan?: Plan;

  public constructor(
    private readonly view: ClusterView,
    private readonly journal: Journal,
    private readonly listener: Listener = () => undefined,
    private readonly interruption: Interruption = { requested: false },
  ) {
    this.checker = new StepChecker(view, journal, listener);
    this.sender = new ActionSender(view, journal, this.checker, listener);
  }

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
      const finding = await this.checker.check(step, step.done);
      if (finding.state === 'met') return this.finish(step, run, finding);
      if (finding.state === 'blocked') throw stopOf(step, finding.why, finding.advice);
      if (finding.state === 'open' && watched && step.action && (await this.sender.act(step, step.action, run, finding))) continue;
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
      const attempt = await this.sender.send(release.step, release.step.action!, this.view.ports.clock.now());
      done =
        attempt.outcome === 'accepted'
          ? `; ${release.done}`
          : `; it was tried to ${release.step.action!.description}: ${attempt.detail ?? attempt.outcome}`;
    }
    await this.journal.save({ givenUp: why });
    return done;
  }

  private checkTime(step: Step, run: StepRun, finding: Finding): void {
    const elapsed = this.view.ports.clock.now() - run.timedFrom;
    if (elapsed < step.timeoutMs) return;
    const attempts = step.action ? this.journal.standing(step.id, step.action.repeat) : [];
    throw stopOf(
      step,
      `${finding.why}${failureText(attempts)}; waited ${Math.round(elapsed / 1000)} s for this: ${step.done.description}`,
      finding.advice ?? adviceFor(step, this.journal.attempts(step.id)),
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
}
