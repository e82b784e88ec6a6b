import { allOf, type Finding } from '../../lib/recovery/finding';
import type { Condition } from '../../lib/recovery/run/step';
import { RecoveryStop } from '../../lib/recovery/stop';

/** A condition without which nothing is judged at all. */
export function refusing(condition: Condition): Condition {
  return {
    ...condition,
    check: async (view, attempts) => {
      const finding = await condition.check(view, attempts);
      if (finding.state === 'blocked') throw new RecoveryStop('refused', finding.why, finding.advice ?? '');
      return finding;
    },
  };
}

/** All of some conditions, looked at in their order. */
export function both(...conditions: readonly Condition[]): Condition {
  return {
    description: conditions.map(({ description }) => description).join('; '),
    calls: conditions.flatMap(({ calls }) => calls),
    check: async (view, attempts) => {
      const findings: Finding[] = [];
      for (const condition of conditions) findings.push(await condition.check(view, attempts));
      return allOf(findings);
    },
  };
}
