import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { describeCall, isHttpCall, type Call } from '../calls/call';
import { shellLine, shellPreparation } from '../calls/rendered-calls';
import type { Condition, Plan, Step } from '../run/step';

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
    ...watchText(topology, plan),
    ...plan.steps.flatMap((step, i) => stepText(topology, step, i + 1)),
    'Afterwards:',
    '',
    ...plan.afterwards.map(text => `- ${text}`),
    '',
  ].join('\n');
}

/**
 * A plan for programs.
 *
 * @internal
 */
export function planDocument({ title, described, steps, afterwards }: Plan): object {
  const text = (call: Call): string =>
    isHttpCall(call) ? describeCall(call) : `kubectl ${call.kubectl.join(' ')} (region ${call.regionId})`;
  const document = ({ id, title: name, purpose, requires, action, done, timeoutMs, advice }: Step): object => ({
    id,
    title: name,
    purpose,
    requires: requires.map(({ description }) => description),
    ...(action ? { sends: text(action.call) } : {}),
    done: done.description,
    looks: done.calls.map(text),
    timeoutMs,
    advice: action?.onceSent ?? advice,
  });
  return { title, described: document(described), steps: steps.map(document), afterwards };
}

/** @internal */
export function preparationText(topology: RecoveryTopology, surviving: number): string {
  return ['```sh', ...shellPreparation(topology, surviving), '```', ''].join('\n');
}

function stepText(topology: RecoveryTopology, step: Step, number: number): string[] {
  const { action, requires, done, advice, timeoutMs } = step;
  return [
    `#### ${number}. ${step.title}`,
    '',
    step.purpose,
    '',
    ...(action
      ? [
          ...requires.flatMap(condition => conditionText(topology, 'First', condition)),
          `Unless it is done already, ${action.description}:`,
          '',
        ]
      : []),
    ...(action ? block(topology, [action.call]) : []),
    ...conditionText(topology, action ? 'Done when' : 'Go on when', done),
    `If that is not so after ${durationText(timeoutMs)}: ${action?.onceSent ?? advice}.`,
    '',
  ];
}

/** What is looked at in each of several steps is said once. */
function watchText(topology: RecoveryTopology, { steps, release }: Plan): string[] {
  const texts = steps.flatMap(({ watch }, i) => {
    const isSame = (step?: Step): boolean => step?.watch?.description === watch?.description;
    if (watch === undefined || isSame(steps[i - 1])) return [];
    const others = steps.slice(i).findIndex(step => !isSame(step));
    return conditionText(topology, stretchText(i + 1, others < 0 ? undefined : i + others), watch);
  });
  if (texts.length === 0) return [];
  const freeing = steps.findIndex(({ id }) => id === release?.step.id);
  return [
    ...texts,
    ...(release
      ? [
          `If that is no longer so: ${release.step.action!.description} (step ${freeing + 1}) if it waits, then ${release.advice}. By hand: cancel a \`pendingChange\` that adds ` +
            'brokers (`DELETE "$MANAGEMENT/actuator/cluster/changes/ID"`), and do the failover above.',
          '',
        ]
      : []),
  ];
}

function stretchText(first: number, last: number | undefined): string {
  if (last === undefined) return `From step ${first} on, all the while`;
  return first === last ? `All the while in step ${first}` : `All the while from step ${first} to step ${last}`;
}

function sentenceStart(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}

function conditionText(topology: RecoveryTopology, start: string, { description, calls }: Condition): string[] {
  return [`${start}: ${description}.`, '', ...block(topology, calls)];
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
