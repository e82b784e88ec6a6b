import { viewOf } from '../../../bin/recover/terminal/view';
import { met, open, running } from '../../../lib/recovery/finding';
import { planOf } from '../../../lib/recovery/plans/recovery-request';
import type { Attempt } from '../../../lib/recovery/record/progress';
import type { Listener } from '../../../lib/recovery/run/events';
import { TOPOLOGY } from '../support/answering-view';

const [step, next] = planOf(TOPOLOGY, { direction: 'failover', regionId: 1 }).steps;
const attempt: Attempt = { at: 0, by: 'ada', call: 'PATCH /a', outcome: 'accepted' };
/** What the cursor and a line that is replaced are written with. */
const CLEAR = '\r\u001b[2K';

/** A run with all that may happen in it. */
function show(view: Listener): void {
  view({ kind: 'step', step, index: 0, count: 2 });
  for (let i = 0; i < 2; i += 1) view({ kind: 'check', step, finding: running('it goes on') });
  view({ kind: 'sending', step, call: 'PATCH /a' });
  view({ kind: 'sent', step, attempt: { ...attempt, changeId: 7, detail: 'HTTP 202' } });
  view({ kind: 'sent', step, attempt });
  view({ kind: 'warning', text: 'be careful' });
  view({ kind: 'check', step, finding: met('it is so') });
  view({ kind: 'done', step, alreadyDone: false, milliseconds: 1_500, why: 'it is so' });
  view({ kind: 'step', step: next, index: 1, count: 2 });
  view({ kind: 'done', step: next, alreadyDone: true, milliseconds: 4, why: 'it was so' });
}

function writtenBy(kind: 'live' | 'plain' | 'json', columns?: number): string[] {
  const written: string[] = [];
  const view = viewOf(kind, { write: text => written.push(text), columns }, () => 0);
  show(view);
  view.end();
  return written;
}

test('what is no terminal is told each thing once, a line each', () => {
  expect(writtenBy('plain')).toEqual(
    [
      `[1/2] ${step.title}`,
      '      running: it goes on',
      '      send PATCH /a',
      '      accepted, change 7: HTTP 202',
      '      accepted',
      '      warning: be careful',
      '      done in 1.5 s: it is so',
      `[2/2] ${next.title}`,
      '      already done: it was so',
    ].map(line => `${line}\n`),
  );
});

test('a program is told each thing as an object, with the id of the step', () => {
  const objects = writtenBy('json').map(line => JSON.parse(line) as object);
  expect(objects).toHaveLength(11);
  expect(objects[0]).toEqual({ kind: 'step', step: step.id, index: 0, count: 2 });
  expect(objects[6]).toEqual({ kind: 'warning', text: 'be careful' });
});

describe('a terminal', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('keeps what was done and sent, and nothing else stays', () => {
    const written = writtenBy('live', 1_000);
    expect(written.filter(text => !text.startsWith(CLEAR))).toEqual([
      '      send PATCH /a\n',
      '      accepted, change 7: HTTP 202\n',
      '      accepted\n',
      '      warning: be careful\n',
      `✓    1.5 s  ${step.title}  it is so\n`,
      `=     4 ms  ${next.title}  it was so\n`,
    ]);
    expect(written.at(-1)).toBe(CLEAR);
  });

  test('shows the step that it is at, for how long, and what was found last, in one line that fits', () => {
    const written: string[] = [];
    let now = 0;
    const view = viewOf('live', { write: text => written.push(text), columns: 40 }, () => now);
    view({ kind: 'step', step: { ...step, title: 'Look' }, index: 0, count: 2 });
    expect(written.at(-1)).toBe(`${CLEAR}…     0 ms  1/2 Look  `);
    view({ kind: 'check', step, finding: open('a reason that is too long for the line') });
    now = 61_000;
    jest.advanceTimersByTime(250);
    expect(written.at(-1)).toBe(`${CLEAR}…    1 min  1/2 Look  a reason that is `);
    view.end();
    written.length = 0;
    jest.advanceTimersByTime(1_000);
    expect(written).toEqual([]);
  });
});
