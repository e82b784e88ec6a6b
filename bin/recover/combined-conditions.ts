import { allOf, type Finding } from '../../lib/recovery/finding';
import type { Condition } from '../../lib/recovery/step';
import { RecoveryStop } from '../../lib/recovery/stop';

/** A condition without which nothing is judged at all. */
export function refusing(condition: Condition): Condition {
  return {
    ...condition,
    look: async (world, attempts) => {
      const finding = await condition.look(world, attempts);
      if (finding.state === 'blocked') throw new RecoveryStop('refused', finding.why, finding.advice ?? '');
      return finding;
    },
  };
}

/** All of some conditions, looked at in their order. */
export function both(...conditions: readonly Condition[]): Condition {
  return {
    says: conditions.map(({ says }) => says).join('; '),
    calls: conditions.flatMap(({ calls }) => calls),
    look: async (world, attempts) => {
      const findings: Finding[] = [];
      for (const condition of conditions) findings.push(await condition.look(world, attempts));
      return allOf(findings);
    },
  };
}
