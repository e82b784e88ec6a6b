import { describeCall } from '../calls/call';
import type { Finding } from '../finding';
import type { Attempt, Progress } from '../record/progress';
import type { StopKind } from '../stop';
import { UNSEEN_MS } from '../view/absence';
import type { ClusterView } from '../view/cluster-view';
import { checkCondition } from './check';
import type { Condition, Plan, Step } from './step';

/** A look may begin right before that is over, and takes its time. */
const JUDGED_MS = UNSEEN_MS + 5_000;
const PAUSE_MS = 500;

/**
 * What a run would do now, and why.
 *
 * @internal
 */
export interface Rehearsal {
  readonly title: string;
  readonly described: RehearsedStep;
  readonly steps: readonly RehearsedStep[];
  /** How the run would end before it has done anything, as far as that can be known. */
  readonly ends?: StopKind;
}

/** @internal */
export interface RehearsedStep {
  readonly id: string;
  readonly title: string;
  readonly purpose: string;
  readonly finding: Finding | { readonly state: 'recorded'; readonly why: string };
  /** What to do, where it would stop here. */
  readonly advice?: string;
  readonly wouldSend?: string;
  readonly wouldWaitFor?: string;
}

/**
 * Looks, and sends nothing. Later steps are judged by what is there before the earlier ones.
 *
 * @internal
 */
export async function rehearse(view: ClusterView, plan: Plan, progress: Progress): Promise<Rehearsal> {
  const all = Object.values(progress.steps).flatMap(({ attempts }) => attempts);
  const described = rehearsed(plan.described, await checkCondition(plan.described.done, view, all));
  const steps: RehearsedStep[] = [];
  let ends = endOf(plan.described, described.finding);
  let untouched = true;
  for (const step of plan.steps) {
    const record = progress.steps[step.id];
    if (record?.finishedAt !== undefined) {
      steps.push({ id: step.id, title: step.title, purpose: step.purpose, finding: { state: 'recorded', why: 'done, by the record' } });
      continue;
    }
    const one = rehearsed(step, await (step.isPrecheck ? judged : checkCondition)(step.done, view, record?.attempts ?? [], progress.steps));
    steps.push(one);
    if (untouched) ends ??= endOf(step, one.finding);
    if (one.finding.state !== 'met') untouched = false;
  }
  return { title: plan.title, described, steps, ...(ends === undefined ? {} : { ends }) };
}

/** What a judgement needs time for, it is given: how the run would begin is what is asked for. */
async function judged(condition: Condition, view: ClusterView, attempts: readonly Attempt[], steps: Progress['steps']): Promise<Finding> {
  const { clock } = view.ports;
  const until = clock.elapsed() + JUDGED_MS;
  for (;;) {
    const finding = await checkCondition(condition, view, attempts, steps);
    if (finding.state !== 'running' || clock.elapsed() >= until) return finding;
    await clock.sleep(PAUSE_MS);
  }
}

function rehearsed(step: Step, finding: Finding): RehearsedStep {
  const { id, title, purpose, action, done } = step;
  return {
    id,
    title,
    purpose,
    finding,
    ...(finding.state === 'blocked' ? { advice: finding.advice ?? step.advice } : {}),
    ...(action && finding.state !== 'met' ? { wouldSend: describeCall(action.call) } : {}),
    ...(finding.state === 'met' && action ? {} : { wouldWaitFor: done.description }),
  };
}

function endOf({ isPrecheck }: Step, finding: RehearsedStep['finding']): StopKind | undefined {
  if (finding.state === 'met') return undefined;
  if ('silent' in finding && finding.silent) return 'unreachable';
  if (isPrecheck) return 'refused';
  return finding.state === 'blocked' ? 'stopped' : undefined;
}

/** @internal */
export function rehearsalText({ title, described, steps, ends }: Rehearsal): string {
  return [
    `${title} (nothing is sent)`,
    '',
    ...stepLines(described, described.title),
    ...steps.flatMap((step, i) => ['', ...stepLines(step, `${i + 1}. ${step.title}`)]),
    ...(ends === undefined ? [] : ['', `As things are, a run would send nothing and end as: ${ends}`]),
  ].join('\n');
}

function stepLines({ purpose, finding, advice, wouldSend, wouldWaitFor }: RehearsedStep, title: string): string[] {
  const lines = [title, `   ${purpose}`];
  if (finding.state === 'recorded') return [...lines, `   ${finding.why}`];
  lines.push(`   now: ${finding.state}, ${finding.why}`);
  if (advice !== undefined) lines.push(`   it would stop here: ${advice}`);
  if (wouldSend !== undefined) lines.push(`   would send: ${wouldSend}`);
  if (wouldWaitFor === undefined) lines.push('   nothing to do');
  else lines.push(`   ${wouldSend === undefined ? 'waits' : 'and waits'} until ${wouldWaitFor}`);
  return lines;
}
