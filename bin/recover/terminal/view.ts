import { durationText } from '../../../lib/recovery/documents/runbook';
import type { Listener, RecoveryEvent } from '../../../lib/recovery/run/events';
import { wrapped } from './wrapped';

export type ViewKind = 'live' | 'plain' | 'json';

interface Output {
  write(text: string): unknown;
  readonly columns?: number;
}

/** Shows a run. The live view keeps the line of the current step up to date. */
export function viewOf(kind: ViewKind, output: Output, now: () => number): Listener & { readonly end: () => void } {
  if (kind === 'json') {
    const listener: Listener = event => output.write(`${JSON.stringify(jsonOf(event))}\n`);
    return Object.assign(listener, { end: () => undefined });
  }
  return kind === 'live' ? liveView(output, now) : plainView(output);
}

function jsonOf(event: RecoveryEvent): unknown {
  if (!('step' in event)) return event;
  const { step, ...rest } = event;
  return { ...rest, step: step.id };
}

function plainView(output: Output): Listener & { readonly end: () => void } {
  let last = '';
  const listener: Listener = event => {
    const line = lineOf(event);
    // The same finding again and again is said once.
    if (line === undefined || line === last) return;
    last = line;
    output.write(`${line}\n`);
  };
  return Object.assign(listener, { end: () => undefined });
}

function lineOf(event: RecoveryEvent): string | undefined {
  switch (event.kind) {
    case 'step':
      return `[${event.index + 1}/${event.count}] ${event.step.title}`;
    case 'check':
      return event.finding.state === 'met' ? undefined : `      ${event.finding.state}: ${event.finding.why}`;
    case 'sending':
      return `      send ${event.call}`;
    case 'sent':
      return `      ${event.attempt.outcome}${event.attempt.changeId === undefined ? '' : `, change ${event.attempt.changeId}`}${event.attempt.detail === undefined ? '' : `: ${event.attempt.detail}`}`;
    case 'warning':
      return `      warning: ${event.text}`;
    case 'done':
      return `      ${event.alreadyDone ? 'already done' : `done in ${durationText(event.milliseconds)}`}: ${event.why}`;
  }
}

const FRAME_MS = 200;
const INDENT = '            ';

function liveView(output: Output, now: () => number): Listener & { readonly end: () => void } {
  let current: { readonly title: string; readonly since: number; text: string } | undefined;
  const clear = (): void => void output.write('\r\u001b[2K');
  const draw = (): void => {
    if (!current) return;
    const line = `… ${durationText(now() - current.since).padStart(8)}  ${current.title}  ${current.text}`;
    output.write(`\r\u001b[2K${line.slice(0, (output.columns ?? 100) - 1)}`);
  };
  const timer = setInterval(draw, FRAME_MS);
  const listener: Listener = event => {
    clear();
    if (event.kind === 'step') current = { title: `${event.index + 1}/${event.count} ${event.step.title}`, since: now(), text: '' };
    if (event.kind === 'check' && current) current.text = event.finding.why;
    if (event.kind === 'done') {
      const line = `${event.alreadyDone ? '=' : '✓'} ${durationText(event.milliseconds).padStart(8)}  ${event.step.title}  ${event.why}`;
      output.write(`${wrapped(line, output.columns, INDENT)}\n`);
      current = undefined;
    }
    if (event.kind === 'sending' || event.kind === 'sent' || event.kind === 'warning')
      output.write(`${wrapped(lineOf(event) ?? '', output.columns, INDENT)}\n`);
    draw();
  };
  return Object.assign(listener, {
    end: () => {
      clearInterval(timer);
      clear();
    },
  });
}
