import { describeCall } from './call';
import type { Progress } from './progress';
import type { Plan } from './step';
import type { World } from './world';

/**
 * What a run would do now, and why: looks, and sends nothing. Later steps are judged by what is there before the earlier ones.
 *
 * @internal
 */
export async function rehearse(world: World, plan: Plan, progress: Progress): Promise<string> {
  const lines: string[] = [`${plan.title} (nothing is sent)`];
  for (const [i, step] of plan.steps.entries()) {
    lines.push('', `${i + 1}. ${step.title}`, `   ${step.purpose}`);
    const record = progress.steps[step.id];
    if (record?.finishedAt !== undefined) {
      lines.push('   done, by the record');
      continue;
    }
    const finding = await step.done.look(world, record?.attempts ?? []);
    lines.push(`   now: ${finding.state}, ${finding.why}`);
    if (finding.state === 'blocked') lines.push(`   it would stop here: ${finding.advice ?? step.advice}`);
    if (!step.action) lines.push(`   waits until ${step.done.says}`);
    else if (finding.state === 'holds') lines.push('   nothing to do');
    else lines.push(`   would send: ${describeCall(step.action.call)}`, `   and wait until ${step.done.says}`);
  }
  return lines.join('\n');
}
