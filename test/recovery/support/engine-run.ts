import { met, type Finding } from '../../../lib/recovery/finding';
import { freshProgress } from '../../../lib/recovery/plans/recovery-request';
import type { Attempt, Progress, StepProgress } from '../../../lib/recovery/record/progress';
import { Engine, type Interruption } from '../../../lib/recovery/run/engine';
import type { RecoveryEvent } from '../../../lib/recovery/run/events';
import { Journal } from '../../../lib/recovery/run/journal';
import type { Action, Condition, Release, Step } from '../../../lib/recovery/run/step';
import { answeringView, TOPOLOGY, type AnsweringOptions, type AnsweringView } from './answering-view';
import { endOf } from './scenario';

/** Something to send, which may be sent again. */
export const ACTION: Action = {
  description: 'do it',
  call: { target: { kind: 'management' }, method: 'POST', path: '/do' },
  repeat: 'safe',
};

/** A condition that says one thing after the other, and the last one for ever. */
export function saying(...findings: Finding[]): Condition & { readonly attempts: (readonly Attempt[])[] } {
  const attempts: (readonly Attempt[])[] = [];
  return {
    description: 'it is so',
    calls: [],
    attempts,
    check: (_, sofar) => {
      attempts.push(sofar);
      return Promise.resolve(findings.length > 1 ? findings.shift()! : findings[0]);
    },
  };
}

/** A step that is done when a condition holds. */
export function step(done: Condition, more: Partial<Step> = {}): Step {
  return { id: 'one', title: 'One', purpose: 'p', requires: [], done, timeoutMs: 60_000, advice: 'fix it', ...more };
}

/** One run of an engine in a world that answers as a test says. */
export class Run {
  public readonly events: RecoveryEvent[] = [];
  public readonly journal: Journal;
  public readonly all: AnsweringView;
  public readonly begun: number;
  public described = step(saying(met('described')), { id: 'description', isPrecheck: true });

  public constructor(options: AnsweringOptions = { answers: { 'POST management/do': 202 } }, steps: Progress['steps'] = {}) {
    this.all = answeringView(options);
    const { ports } = this.all.view;
    this.begun = this.all.clock.now();
    const progress = freshProgress({ direction: 'failover', regionId: 1 }, TOPOLOGY, 'ada', this.begun);
    this.journal = new Journal(ports, 'ada', { ...progress, steps }, undefined);
  }

  public end(steps: readonly Step[], interruption?: Interruption, release?: Release): ReturnType<typeof endOf> {
    const listener = (event: RecoveryEvent): void => {
      // Time passes without waiting here, so that a run without an end would hang the test.
      if (this.events.push(event) > 5_000) throw new Error('this run does not end');
    };
    const engine = new Engine(this.all.view, this.journal, listener, interruption);
    return endOf(engine.run({ title: 't', described: this.described, steps, afterwards: [], ...(release ? { release } : {}) }));
  }

  public get kinds(): string[] {
    return this.events.map(({ kind }) => kind);
  }
}

/** What a record has of a step. */
export const record = (more: Partial<StepProgress> = {}): StepProgress => ({ startedAt: 1, calls: 5, attempts: [], ...more });
