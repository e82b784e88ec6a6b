import type { Finding } from '../finding';
import type { ClusterView } from '../view/cluster-view';
import { checkCondition } from './check';
import type { Listener } from './events';
import type { Journal } from './journal';
import type { Condition, Step } from './step';

/**
 * Checks the conditions of steps, and tells what was found.
 *
 * @internal
 */
export class StepChecker {
  public constructor(
    private readonly view: ClusterView,
    private readonly journal: Journal,
    private readonly listener: Listener,
  ) {}

  public async check(step: Step, condition: Condition): Promise<Finding> {
    const attempts = this.journal.attempts(step.id);
    const finding = await this.journal.holdDuring(() => checkCondition(condition, this.view, attempts, this.journal.progress.steps));
    this.listener({ kind: 'check', step, finding });
    return finding;
  }
}
