import { describeCall } from '../calls/call';
import type { Finding } from '../finding';
import { mayHaveActed, type Attempt } from '../record/progress';
import { isTransportError, type ClusterView } from '../view/cluster-view';
import { outcomeOf, outcomeOfError } from './attempt-outcome';
import type { Listener } from './events';
import type { Journal } from './journal';
import { pauseBeforeLook } from './pace';
import { PATIENCE_MS } from './patience';
import { changeSince, mayBeSent } from './resend';
import type { Action, Step } from './step';
import type { StepChecker } from './step-checker';
import type { StepRun } from './step-run';
import { adviceFor, stopOf, UNMET } from './step-stops';

/** What was seen longer ago than this right before something is sent that is not safe to repeat is looked at again: somebody may have changed it who keeps a record elsewhere. */
const FRESH_MS = 5_000;
/** How many looks in a row may be older than that while they show the same: a server that is slow delays a request and does not prevent it. */
const OLD_LOOKS = 3;

/**
 * Sends the action of a step, once: only while its requirements are met, and with a record that is written before.
 *
 * @internal
 */
export class ActionSender {
  public constructor(
    private readonly view: ClusterView,
    private readonly journal: Journal,
    private readonly checker: StepChecker,
    private readonly listener: Listener,
  ) {}

  /** Sends the action if that is allowed now. Returns whether it was sent. */
  public async act(step: Step, action: Action, run: StepRun, finding: Finding): Promise<boolean> {
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
  public async send(step: Step, action: Action, startedAt: number, before: Pick<Attempt, 'lastChange'> = {}): Promise<Attempt> {
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
      const finding = await this.checker.check(step, requirement);
      lastChange = finding.lastChange ?? lastChange;
      if (finding.state === 'met') continue;
      if (finding.state === 'blocked') throw stopOf(step, finding.why, finding.advice);
      run.unmetSince ??= this.view.ports.clock.now();
      if (this.view.ports.clock.now() - run.unmetSince > PATIENCE_MS) {
        const attempts = this.journal.attempts(step.id);
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
    const attempts = this.journal.attempts(step.id);
    const since = lastChange === undefined ? undefined : changeSince(attempts, lastChange);
    if (since === undefined) return;
    const why = `the cluster has had change ${since} since that was sent, and it may be the one that was asked for`;
    throw stopOf(step, `cannot ${action.description} again: ${why}`, adviceFor(step, attempts));
  }
}

/** Whether the cluster has had a change since the look that shows that there is something to do. Then it may have been that. */
function changedSince({ lastChange }: Finding, before: Pick<Attempt, 'lastChange'>): boolean {
  return lastChange !== undefined && before.lastChange !== undefined && lastChange !== before.lastChange;
}
