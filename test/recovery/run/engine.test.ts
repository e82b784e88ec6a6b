import { blocked, met, open, running, unknown } from '../../../lib/recovery/finding';
import type { Attempt } from '../../../lib/recovery/record/progress';
import { FIRST_MS } from '../../../lib/recovery/run/pace';
import type { Condition } from '../../../lib/recovery/run/step';
import { type AnsweringOptions } from '../support/answering-view';
import { ACTION, record, Run, saying, step } from '../support/engine-run';

test('looks before it acts: what is there already is not asked for again', async () => {
  const run = new Run();
  expect(await run.end([step(saying(met('there')), { action: ACTION })])).toBeUndefined();
  expect(run.all.requests).toEqual([]);
  // The step, and the end of the whole.
  expect(run.all.view.ports.store).toMatchObject({ writes: 2 });
  expect(run.journal.step('one')).toEqual({
    startedAt: run.begun,
    finishedAt: run.begun,
    alreadyDone: true,
    calls: 0,
    attempts: [],
    finding: 'there',
  });
  expect(run.events).toEqual([
    { kind: 'step', step: expect.anything(), index: 0, count: 1 },
    { kind: 'check', step: expect.anything(), finding: met('there') },
    { kind: 'done', step: expect.anything(), alreadyDone: true, milliseconds: 0, why: 'there' },
  ]);
});

test('2: what was accepted is not sent again, although a look shows nothing of it', async () => {
  const run = new Run();
  const end = await run.end([step(saying(open('o')), { action: { ...ACTION, repeat: 'conclusive' }, timeoutMs: 3_600_000 })]);
  expect(end?.message).toContain('o; waited ');
  expect(run.all.requests).toEqual(['POST management/do']);
});

test('2: what may be sent again waits for its time', async () => {
  const run = new Run({ answers: { 'POST management/do': 504 } });
  await run.end([step(saying(open('o')), { action: { ...ACTION, repeat: 'conclusive' }, timeoutMs: 3_600_000 })]);
  const times = run.journal.step('one')!.attempts.map(({ at }) => at);
  expect(times).toHaveLength(12);
  expect(
    times
      .slice(1)
      .map((at, i) => at - times[i])
      .every(gap => gap >= 60_000 && gap <= 65_000),
  ).toBe(true);
});

test('keeps when a step has begun: before it could act, and before somebody else went on with it', async () => {
  const late = new Run();
  await late.end([step(saying(unknown('u'), unknown('u'), open('o'), met('h')), { action: ACTION })]);
  expect(late.journal.step('one')?.startedAt).toBe(late.begun);
  expect(late.journal.step('one')!.attempts[0].at).toBe(late.begun + 2 * FIRST_MS);
  const resumed = new Run(undefined, { one: record({ attempts: [] }) });
  await resumed.end([step(saying(open('o'), met('h')), { action: ACTION })]);
  expect(resumed.journal.step('one')).toMatchObject({ startedAt: 1, calls: 6 });
});

test('a step without an action is never done already: it has waited', async () => {
  const run = new Run();
  await run.end([step(saying(met('there')))]);
  expect(run.journal.step('one')).not.toHaveProperty('alreadyDone');
  expect(run.events.at(-1)).toMatchObject({ kind: 'done', alreadyDone: false });
});

test('acts once, records it, and looks until the effect is there', async () => {
  const run = new Run({ answers: { 'POST management/do': { changeId: 9 } } });
  const done = saying(open('not yet'), running('on its way'), met('there'));
  expect(await run.end([step(done, { action: ACTION })])).toBeUndefined();
  expect(run.all.requests).toEqual(['POST management/do']);
  expect(run.kinds).toEqual(['step', 'check', 'sending', 'sent', 'check', 'check', 'done']);
  const sent = { at: run.begun, by: 'ada', call: 'POST :9600/do', outcome: 'accepted', changeId: 9, status: 200 };
  expect(run.events[3]).toEqual({ kind: 'sent', step: expect.anything(), attempt: sent });
  expect(done.attempts).toEqual([[], [sent], [sent]]);
  expect(run.journal.step('one')).toMatchObject({ startedAt: run.begun, calls: 1, attempts: [sent] });
  expect(run.journal.step('one')).not.toHaveProperty('alreadyDone');
  // Some time after the action, and as long after the look that saw it on its way.
  expect(run.journal.step('one')?.finishedAt).toBe(run.begun + 2 * FIRST_MS);
  expect(run.journal.progress.finishedAt).toBe(run.begun + 2 * FIRST_MS);
});

test('frees the lease at the end', async () => {
  const run = new Run();
  await run.end([step(saying(met('there')))]);
  expect(run.all.view.ports.lease).toMatchObject({ shared: { holder: undefined } });
});

test('goes on with what another run has left: finished steps are left out, calls and times go on', async () => {
  const run = new Run(undefined, { one: record({ finishedAt: 2 }), two: record({ attempts: [] }) });
  const first = saying(met('there'));
  expect(await run.end([step(first), step(saying(met('there')), { id: 'two', action: ACTION })])).toBeUndefined();
  expect(first.attempts).toEqual([]);
  expect(run.events[0]).toMatchObject({ kind: 'step', index: 1, count: 2 });
  expect(run.journal.step('two')).toMatchObject({ startedAt: 1, calls: 5 });
  // Somebody has begun with it, so it was not there already.
  expect(run.events.at(-1)).toMatchObject({ kind: 'done', alreadyDone: false, milliseconds: run.begun - 1 });
});

test.each([[running('on its way')], [unknown('no answer')]])('sends nothing while %j', async finding => {
  const run = new Run();
  const end = await run.end([step(saying(finding), { action: ACTION })]);
  expect(end?.message).toMatch(new RegExp(`^One: ${finding.why}; waited 6\\d s for this: it is so$`));
  expect(run.all.requests).toEqual([]);
});

test('gives a step its time from the action on, and not a moment less', async () => {
  const run = new Run();
  const opens = [...Array.from({ length: 3 }, () => unknown('w')), open('o'), running('r')];
  const end = await run.end([step(saying(...opens), { action: ACTION, timeoutMs: 10_000 })]);
  expect(end).toMatchObject({ kind: 'stopped', message: 'One: r; waited 10 s for this: it is so', stepId: 'one', advice: 'fix it' });
  const sending = run.journal.step('one')!.attempts[0].at;
  expect(sending).toBe(run.begun + 3 * FIRST_MS);
  expect(run.all.clock.now() - sending).toBeGreaterThanOrEqual(10_000);
  expect(run.all.clock.now() - sending).toBeLessThan(11_500);
});

test('a step may just last as long as it may', async () => {
  // Exactly the time that the step has.
  const run = new Run();
  const end = await run.end([step(saying(unknown('u')), { timeoutMs: FIRST_MS })]);
  expect(end?.message).toContain('u; waited 0 s for this');
  expect(run.all.clock.now()).toBe(run.begun + FIRST_MS);
});

test('looks less and less often, and at least every five seconds', async () => {
  const run = new Run();
  const looks: number[] = [];
  const done: Condition = { description: 's', calls: [], check: () => Promise.resolve((looks.push(run.all.clock.now()), unknown('u'))) };
  await run.end([step(done, { timeoutMs: 3_600_000 })]);
  const gaps = looks.slice(1).map((at, i) => at - looks[i]);
  expect(gaps[0]).toBe(FIRST_MS);
  expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
  expect(Math.max(...gaps)).toBe(5_000);
});

test('after an action it looks as early as at the start', async () => {
  const run = new Run();
  const looks: number[] = [];
  const findings = [...Array.from({ length: 30 }, () => unknown('u')), open('o'), running('r'), running('r'), met('h')];
  const done: Condition = {
    description: 's',
    calls: [],
    check: () => Promise.resolve((looks.push(run.all.clock.now()), findings.shift()!)),
  };
  expect(await run.end([step(done, { action: ACTION, timeoutMs: 3_600_000 })])).toBeUndefined();
  expect(looks.slice(-3).map((at, i) => at - looks[looks.length - 4 + i])).toEqual([FIRST_MS, FIRST_MS, FIRST_MS]);
});

test('stops where only a person can go on, and says what to do', async () => {
  const end = await new Run().end([step(saying(blocked('b', 'do this')))]);
  expect(end).toMatchObject({ kind: 'stopped', message: 'One: b', advice: 'do this', stepId: 'one' });
});

test('what judges whether a recovery may begin refuses it', async () => {
  expect(await new Run().end([step(saying(blocked('b', 'do this')), { isPrecheck: true })])).toMatchObject({ kind: 'refused' });
});

test('what was refused is sent again by whoever resumes: the cause may be gone', async () => {
  const refused: Attempt = { at: 1, by: 'ada', call: 'POST /do', outcome: 'refused', status: 500, detail: 'no bucket' };
  const run = new Run(undefined, { one: record({ attempts: [refused] }) });
  expect(await run.end([step(saying(open('not there'), met('there')), { action: ACTION })])).toBeUndefined();
  expect(run.all.requests).toEqual(['POST management/do']);
});

test('what is refused stops it, with what that means', async () => {
  const run = new Run({ answers: { 'POST management/do': { status: 400, text: 'the configuration is not initialized' } } });
  const end = await run.end([step(saying(open('o')), { action: ACTION })]);
  expect(end?.message).toBe('One: cannot do it: the server refused it: HTTP 400: the configuration is not initialized');
  expect(end).toMatchObject({ advice: 'a broker is still starting: wait, and resume. fix it' });
  expect(run.all.requests).toHaveLength(1);
});

test('an interruption ends it between two looks', async () => {
  const done = saying(met('there'));
  const end = await new Run().end([step(done)], { requested: true });
  expect(end).toMatchObject({ kind: 'interrupted', message: `interrupted during 'One'`, stepId: 'description' });
  expect(done.attempts).toEqual([]);
});

test('records what never left, and tries again for longer than a gateway takes to restart', async () => {
  const run = new Run({ answers: { 'POST management/do': failure() } });
  const end = await run.end([step(saying(open('o')), { action: { ...ACTION, repeat: 'conclusive' }, timeoutMs: 3_600_000 })]);
  expect(run.all.clock.now() - run.begun).toBeGreaterThan(60_000);
  expect(end?.message).toContain('it was sent 12 times, at last with: refused');
  expect(run.journal.step('one')?.attempts).toHaveLength(12);
  expect(run.journal.step('one')?.attempts[0]).toMatchObject({ outcome: 'undelivered', detail: 'refused' });
});

describe('what may be sent at any time', () => {
  const lasting = step(saying(open('o')), { action: ACTION, timeoutMs: 300_000 });
  const failed: Attempt = { at: 1, by: 'ada', call: 'POST /do', outcome: 'unknown', status: 500, detail: 'no leader' };

  test('is sent for as long as its step lasts, and what it has brought is told', async () => {
    const run = new Run({ answers: { 'POST management/do': 500 } });
    const end = await run.end([lasting]);
    const sent = run.journal.step('one')!.attempts;
    expect(end?.message).toBe(`One: o; sent ${sent.length} times, at last with: HTTP 500; waited 300 s for this: it is so`);
    expect(sent.at(-1)!.at - run.begun).toBeGreaterThan(280_000);
    expect(sent.length).toBeLessThan(25);
  });

  test('has the time of its step anew once it was accepted, and once only', async () => {
    const answers: { [request: string]: number } = { 'POST management/do': 500 };
    const run = new Run({ answers });
    run.all.clock.after(200_000, () => (answers['POST management/do'] = 202));
    await run.end([lasting]);
    expect(run.all.clock.now() - run.begun).toBeGreaterThan(500_000);
    expect(run.all.clock.now() - run.begun).toBeLessThan(530_000);
  });

  test.each([
    ['unknown', 12],
    ['undelivered', 12],
    ['accepted', 1],
  ] as const)('is sent at once by whoever resumes, however often it was sent before: %s', async (outcome, count) => {
    const attempts = Array.from({ length: count }, (): Attempt => ({ ...failed, outcome }));
    const run = new Run(undefined, { one: record({ attempts }) });
    expect(await run.end([step(saying(open('o'), met('h')), { action: ACTION })])).toBeUndefined();
    expect(run.all.requests).toEqual(['POST management/do']);
    expect(run.journal.step('one')!.attempts.at(-1)!.at).toBe(run.begun);
  });

  test('differs from what may not: that counts for whoever resumes, unless it has never left', async () => {
    const action = { ...ACTION, repeat: 'conclusive' } as const;
    const resumed = (outcome: Attempt['outcome']): Promise<unknown> => {
      const attempts = Array.from({ length: 12 }, (): Attempt => ({ ...failed, outcome }));
      return new Run(undefined, { one: record({ attempts }) }).end([step(saying(open('o'), met('h')), { action })]);
    };
    expect(await resumed('unknown')).toMatchObject({ message: expect.stringContaining('it was sent 12 times') as string });
    expect(await resumed('undelivered')).toBeUndefined();
  });
});

describe('what to do is said by what has become of the requests', () => {
  const onceSent = { ...ACTION, onceSent: 'do not send it again' };
  const failing = (name: string): AnsweringOptions => ({ answers: { 'POST management/do': Object.assign(new Error('x'), { name }) } });
  const adviceAfter = async (options: AnsweringOptions, done: Condition): Promise<string | undefined> => {
    const end = await new Run(options).end([step(done, { action: onceSent })]);
    return (end as { readonly advice?: string }).advice;
  };

  test('that never left', async () => {
    expect(await adviceAfter(failing('UndeliveredError'), saying(open('o')))).toMatch(/^none of these requests has reached the server/);
  });

  test('of which nobody knows', async () => {
    expect(await adviceAfter(failing('NoAnswerError'), saying(open('o')))).toBe('do not send it again');
  });

  test('that were never sent, or refused', async () => {
    expect(await adviceAfter({}, saying(unknown('u')))).toBe('fix it');
    expect(await adviceAfter({ answers: { 'POST management/do': 404 } }, saying(open('o')))).toBe('fix it');
  });
});

test('a mistake of the program itself is not taken for a bad line', async () => {
  const run = new Run({ answers: { 'POST management/do': new TypeError('bug') } });
  await expect(run.end([step(saying(open('o')), { action: ACTION })])).rejects.toThrow('bug');
});

test('warnings are kept and told, in their order, and those of earlier steps stay', async () => {
  const run = new Run();
  const steps = [
    step(saying(met('a', ['w1', 'w2']))),
    step(saying(met('b', ['w3'])), { id: 'two' }),
    step(saying({ state: 'met', why: 'c' }), { id: 'three' }),
  ];
  await run.end(steps);
  expect(run.journal.progress.warnings).toEqual(['w1', 'w2', 'w3']);
  expect(run.events.flatMap(event => (event.kind === 'warning' ? [event.text] : []))).toEqual(['w1', 'w2', 'w3']);
});

const CONCLUSIVE = { ...ACTION, repeat: 'conclusive' } as const;

describe('a condition of an action', () => {
  test('that is not met is waited for, for a minute', async () => {
    const run = new Run();
    const requires = [saying(open('closed'))];
    const end = await run.end([step(saying(open('o')), { action: ACTION, requires, timeoutMs: 3_600_000 })]);
    expect(end?.message).toBe('One: closed; nothing is sent unless this is so: it is so');
    // What the step says of its own effect would mislead.
    expect(end).toMatchObject({ advice: "nothing was sent in this step: fix what is named, then 'recover resume' goes on from here" });
    expect(run.all.requests).toEqual([]);
    expect(run.all.clock.now() - run.begun).toBeGreaterThan(60_000);
    expect(run.all.clock.now() - run.begun).toBeLessThan(70_000);
  });

  test.each([
    ['what it says itself is to be done', { ...open('closed'), advice: 'open it' }, 202, 'open it'],
    ['what may have been done is not sent again by hand', open('closed'), 504, 'it may have been done'],
  ])('that is not met any more: %s', async (_, unmet, status, advice) => {
    const run = new Run({ answers: { 'POST management/do': status } });
    const action = { ...CONCLUSIVE, onceSent: 'it may have been done' };
    const requires = [status === 504 ? saying(met('h'), unmet) : saying(unmet)];
    expect(await run.end([step(saying(open('o')), { action, requires, timeoutMs: 3_600_000 })])).toMatchObject({ advice });
  });

  test('that is met later lets it be sent', async () => {
    const run = new Run();
    const requires = [saying(met('h')), saying(running('r'), met('h'))];
    expect(await run.end([step(saying(open('o'), open('o'), met('h')), { action: ACTION, requires })])).toBeUndefined();
    expect(run.kinds).toEqual(['step', 'check', 'check', 'check', 'check', 'check', 'check', 'sending', 'sent', 'check', 'done']);
  });

  test('and was seen long ago is seen anew: somebody may have changed it who keeps a record elsewhere', async () => {
    const run = new Run();
    const done = saying(open('o'), met('h'));
    let looks = 0;
    const requirement: Condition = {
      description: 'c',
      calls: [],
      check: () => {
        if ((looks += 1) === 1) run.all.clock.pass(6_000);
        return Promise.resolve(met('h'));
      },
    };
    expect(await run.end([step(done, { action: CONCLUSIVE, requires: [requirement] })])).toBeUndefined();
    expect([looks, run.all.requests.length, done.attempts.length]).toEqual([2, 1, 2]);
  });

  test('and was seen long ago is met for what may be sent at any time: nothing that others do makes that wrong', async () => {
    const run = new Run();
    let looks = 0;
    const requirement: Condition = {
      description: 'c',
      calls: [],
      check: () => {
        looks += 1;
        run.all.clock.pass(12_000);
        return Promise.resolve(met('h'));
      },
    };
    expect(await run.end([step(saying(open('o'), met('h')), { action: ACTION, requires: [requirement] })])).toBeUndefined();
    expect([looks, run.all.requests.length]).toEqual([1, 1]);
  });

  test.each([
    ['and shows the same each time is met: a slow server delays a request and does not prevent it', [1, 1, 1], 1],
    ['and shows another change is not met', [1, 2, 2], 0],
  ])('that takes long %s', async (_, changes, sentByThen) => {
    const run = new Run();
    const done = saying(open('o'), met('h'));
    const requirement: Condition = {
      description: 'c',
      calls: [],
      check: () => {
        run.all.clock.pass(12_000);
        return Promise.resolve({ ...met('h'), lastChange: changes.shift()! });
      },
    };
    expect(await run.end([step(done, { action: CONCLUSIVE, requires: [requirement] })])).toBeUndefined();
    expect(run.all.requests).toHaveLength(sentByThen);
  });

  test('and shows another change than the look before it is no reason to send: that may have been it', async () => {
    const run = new Run();
    const done = saying({ ...open('o'), lastChange: 3 }, { ...open('o'), lastChange: 4 }, met('h'));
    const requires = [saying({ ...met('h'), lastChange: 4 })];
    expect(await run.end([step(done, { action: ACTION, requires })])).toBeUndefined();
    expect(done.attempts.map(attempts => attempts.length)).toEqual([0, 0, 1]);
    expect(run.all.requests).toHaveLength(1);
    expect(run.journal.step('one')?.attempts[0]).toMatchObject({ lastChange: 4 });
  });

  test('that cannot be met stops it', async () => {
    const run = new Run();
    const end = await run.end([step(saying(open('o')), { action: ACTION, requires: [saying(blocked('b', 'do this'))] })]);
    expect(end).toMatchObject({ message: 'One: b', advice: 'do this' });
    expect(run.all.requests).toEqual([]);
  });

  test('has a minute anew once all were met', async () => {
    const run = new Run({ answers: { 'POST management/do': failure() } });
    const times: number[] = [];
    // Unmet for 50 s, met once, and unmet for 50 s again: never a minute at a time.
    const requirement: Condition = {
      description: 'c',
      calls: [],
      check: () => {
        const since = run.all.clock.now() - run.begun;
        times.push(since);
        return Promise.resolve(
          since < 50_000 || (run.journal.step('one')?.attempts.length === 1 && since < 105_000) ? open('c') : met('h'),
        );
      },
    };
    const done: Condition = {
      description: 's',
      calls: [],
      check: () => Promise.resolve((run.journal.step('one')?.attempts.length ?? 0) > 1 ? met('h') : open('o')),
    };
    expect(await run.end([step(done, { action: ACTION, requires: [requirement], timeoutMs: 3_600_000 })])).toBeUndefined();
    expect(times.at(-1)).toBeGreaterThan(100_000);
  });
});

function failure(): Error {
  return Object.assign(new Error('refused'), { name: 'UndeliveredError' });
}
