import type { RecoveryTopology } from '../../constructs/topology/recovery-topology';
import type { Call } from './call';
import { shellLine, shellPreparation } from './rendered-calls';
import type { Condition, Plan, Step } from './step';

/**
 * A plan for people: the same steps, with the calls that the program would send.
 *
 * @internal
 */
export function planText(topology: RecoveryTopology, plan: Plan): string {
  return [
    `### ${plan.title}`,
    '',
    `#### Before anything is sent, and whenever somebody goes on: ${sentenceStart(plan.described.title)}`,
    '',
    plan.described.purpose,
    '',
    ...conditionText(topology, 'Go on when', plan.described.done),
    ...plan.steps.flatMap((step, i) => stepText(topology, step, i + 1)),
    'Afterwards:',
    '',
    ...plan.afterwards.map(text => `- ${text}`),
    '',
  ].join('\n');
}

/** @internal */
export function preparationText(topology: RecoveryTopology, surviving: number, both: boolean): string {
  return ['```sh', ...shellPreparation(topology, surviving, both), '```', ''].join('\n');
}

function stepText(topology: RecoveryTopology, step: Step, number: number): string[] {
  const { action, requires, done, advice, timeoutMs } = step;
  return [
    `#### ${number}. ${step.title}`,
    '',
    step.purpose,
    '',
    ...(action
      ? [...requires.flatMap(condition => conditionText(topology, 'First', condition)), `Unless it is done already, ${action.says}:`, '']
      : []),
    ...(action ? block(topology, [action.call]) : []),
    ...conditionText(topology, action ? 'Done when' : 'Go on when', done),
    `If that is not so after ${durationText(timeoutMs)}: ${advice}.`,
    '',
  ];
}

function sentenceStart(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}

function conditionText(topology: RecoveryTopology, start: string, { says, calls }: Condition): string[] {
  return [`${start}: ${says}.`, '', ...block(topology, calls)];
}

function block(topology: RecoveryTopology, calls: readonly Call[]): string[] {
  const lines = [...new Set(calls.map(call => shellLine(topology, call)))];
  return lines.length === 0 ? [] : ['```sh', ...lines, '```', ''];
}

/** @internal */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 60) return `${Number(seconds.toFixed(1))} s`;
  const minutes = seconds / 60;
  return minutes < 60 ? `${Number(minutes.toFixed(1))} min` : `${Number((minutes / 60).toFixed(1))} h`;
}
