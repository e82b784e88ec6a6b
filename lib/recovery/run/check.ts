import { blocked, unknown, type Finding } from '../finding';
import type { Attempt, Progress } from '../record/progress';
import type { ClusterView } from '../view/cluster-view';
import type { Condition } from './step';

/** A gateway whose Elasticsearch does not answer for a moment refuses every login, and accepts it again. */
const PATIENCE_MS = 5_000;

/**
 * Looks at a condition. Where a server refuses the user, that is what there is to tell, and not what could not be seen
 * because of it: no condition can be judged then, and only a person can change it.
 *
 * @internal
 */
export async function checkCondition(
  condition: Condition,
  view: ClusterView,
  attempts: readonly Attempt[],
  steps: Progress['steps'] = {},
): Promise<Finding> {
  view.takeRefusals();
  const finding = await condition.check(view, attempts, steps);
  const refusals = view.takeRefusals();
  if (refusals.length === 0 || finding.state === 'met' || finding.state === 'blocked') return finding;
  const why = refusals.map(refusal => refusal.why).join('; ');
  const advice = [...new Set(refusals.map(refusal => refusal.advice))].join('; ');
  const lasts = refusals.some(({ since }) => view.ports.clock.now() - since >= PATIENCE_MS);
  return lasts ? blocked(why, advice) : { ...unknown(why), advice };
}
