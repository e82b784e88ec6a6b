import type { Progress } from '../record/progress';
import type { Plan } from '../run/step';
import { durationText } from './runbook';

/** @internal */
export interface RecoveryReport {
  readonly title: string;
  readonly startedBy: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  /** From the start to the end, breaks included. */
  readonly totalMs?: number;
  readonly steps: readonly ReportedStep[];
  readonly warnings: readonly string[];
}

/** @internal */
export interface ReportedStep {
  readonly id: string;
  readonly title: string;
  readonly result: 'done' | 'already done' | 'begun' | 'not begun';
  readonly durationMs?: number;
  readonly calls: number;
  readonly sent: readonly {
    readonly at: string;
    readonly by: string;
    readonly call: string;
    readonly outcome: string;
    readonly detail?: string;
  }[];
  readonly finding?: string;
}

/** @internal */
export function reportOf(plan: Plan, progress: Progress): RecoveryReport {
  const { startedAt, finishedAt, steps, warnings, startedBy } = progress;
  const time = (at: number): string => new Date(at).toISOString();
  return {
    title: plan.title,
    startedBy,
    startedAt: time(startedAt),
    ...(finishedAt === undefined ? {} : { finishedAt: time(finishedAt), totalMs: finishedAt - startedAt }),
    steps: plan.steps.map(({ id, title }) => {
      const step = steps[id];
      if (step === undefined) return { id, title, result: 'not begun', calls: 0, sent: [] };
      return {
        id,
        title,
        result: step.finishedAt === undefined ? 'begun' : step.alreadyDone ? 'already done' : 'done',
        ...(step.finishedAt === undefined ? {} : { durationMs: step.finishedAt - step.startedAt }),
        calls: step.calls,
        sent: step.attempts.map(({ at, by, call, outcome, detail }) => ({
          at: time(at),
          by,
          call,
          outcome,
          ...(detail === undefined ? {} : { detail }),
        })),
        ...(step.finding === undefined ? {} : { finding: step.finding }),
      };
    }),
    warnings,
  };
}

/** @internal */
export function reportMarkdown(report: RecoveryReport): string {
  const total = report.totalMs === undefined ? 'not finished' : durationText(report.totalMs);
  const sent = report.steps.flatMap(step =>
    step.sent.map(
      ({ at, by, call, outcome, detail }) => `- ${at} ${by}: \`${call}\` ${outcome}${detail === undefined ? '' : ` (${detail})`}`,
    ),
  );
  return [
    `# ${report.title}`,
    '',
    `Started ${report.startedAt} by ${report.startedBy}. Total time: **${total}**.`,
    '',
    '| step | result | took | calls | found |',
    '|---|---|---:|---:|---|',
    ...report.steps.map(
      step =>
        `| ${step.title} | ${step.result} | ${step.durationMs === undefined ? '' : durationText(step.durationMs)} | ${step.calls} | ${cell(step.finding ?? '')} |`,
    ),
    '',
    '## Sent',
    '',
    ...(sent.length === 0 ? ['Nothing.'] : sent),
    '',
    ...(report.warnings.length === 0 ? [] : ['## Warnings', '', ...report.warnings.map(text => `- ${text}`), '']),
  ].join('\n');
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');
}
