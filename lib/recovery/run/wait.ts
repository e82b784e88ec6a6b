import type { Finding } from '../finding';
import { RecoveryStop } from '../stop';
import type { ClusterView } from '../view/cluster-view';
import { checkCondition } from './check';
import type { Interruption } from './engine';
import { pauseBeforeLook } from './pace';
import type { Condition } from './step';

/**
 * Looks until a condition holds, until it cannot be met without a person, or until the time is over. Returns what was seen last.
 *
 * @param limitMs how long to look. With 0, once.
 * @param onChange is told what is seen, whenever that is something else than before
 *
 * @internal
 */
export async function checkUntil(
  view: ClusterView,
  condition: Condition,
  limitMs: number,
  onChange: (finding: Finding) => void,
  interruption: Interruption,
): Promise<Finding> {
  const { clock } = view.ports;
  const startedAt = clock.now();
  for (let seen: string | undefined; ;) {
    if (interruption.requested) throw interruptedReading();
    const finding = await checkCondition(condition, view, []);
    const elapsed = clock.now() - startedAt;
    if (finding.state === 'met' || finding.state === 'blocked' || elapsed >= limitMs) return finding;
    if (finding.why !== seen) onChange(finding);
    seen = finding.why;
    await clock.sleep(Math.min(pauseBeforeLook(elapsed), limitMs - elapsed));
  }
}

/**
 * The end of something that only reads.
 *
 * @internal
 */
export function interruptedReading(): RecoveryStop {
  return new RecoveryStop('interrupted', 'interrupted while waiting', 'nothing was changed: the same command looks again');
}
