import { blocked, met, open, running, type Finding } from '../../../lib/recovery/finding';
import type { Release, Step } from '../../../lib/recovery/run/step';
import { ACTION, Run, saying, step } from '../support/engine-run';

describe('what has to stay so while steps are run', () => {
  const GONE: Finding = { ...blocked('lost again', 'the way out'), givesUp: true };
  const held = (): Step => step(saying(open('o'), met('held')), { id: 'hold', action: ACTION });
  const release = (): Release => ({
    after: 'hold',
    step: step(saying(open('o')), { id: 'free', action: { ...ACTION, description: 'free it', call: { ...ACTION.call, path: '/free' } } }),
    done: 'it is free again',
    advice: 'begin anew',
  });
  const answers = { 'POST management/do': 202, 'POST management/free': 202 };

  test('keeps back what would be sent, and ends nothing while it may come back', async () => {
    const run = new Run();
    const watch = saying(GONE, GONE, running('comes back'), met('there'));
    expect(
      await run.end([step(saying(open('o'), open('o'), open('o'), open('o'), met('there')), { action: ACTION, watch })]),
    ).toBeUndefined();
    expect(run.all.requests).toHaveLength(1);
    expect(run.journal.progress.givenUp).toBeUndefined();
  });

  test('gives up once it is certain, frees what it has held up, and nobody goes on with it', async () => {
    const run = new Run({ answers });
    const began = run.all.clock.now();
    const steps = [held(), step(saying(open('o')), { action: ACTION, watch: saying(GONE) })];
    const end = await run.end(steps, undefined, release());
    expect(end).toMatchObject({ kind: 'stopped', message: 'One: lost again; it is free again', advice: 'the way out' });
    expect(run.all.requests).toEqual(['POST management/do', 'POST management/free']);
    expect(run.all.clock.now() - began).toBeLessThan(60_000);
    expect(run.journal.progress.givenUp).toBe('lost again');
    expect(await run.end(steps, undefined, release())).toMatchObject({ kind: 'refused', advice: 'begin anew' });
  });

  test('says so where it cannot free what it has held up', async () => {
    const run = new Run({ answers: { ...answers, 'POST management/free': { status: 503, text: 'busy' } } });
    const end = await run.end([held(), step(saying(open('o')), { watch: saying(GONE), timeoutMs: 7_200_000 })], undefined, release());
    expect(end?.message).toBe('One: lost again; it was tried to free it: HTTP 503: busy');
  });

  test('frees nothing that it has not held up', async () => {
    const run = new Run({ answers });
    const end = await run.end([step(saying(open('o')), { action: ACTION, watch: saying(GONE) })], undefined, release());
    expect([end?.message, run.all.requests]).toEqual(['One: lost again', []]);
  });

  test.each([
    ['at once where a person has to do something', blocked('refused', 'log in'), ACTION, 0, 1_000],
    ['after a minute where it is not seen', { ...running('unseen'), advice: 'log in' }, ACTION, 60_000, 70_000],
    ['after ten where people deploy', { ...running('unseen'), advice: 'log in' }, undefined, 600_000, 615_000],
  ])('stops %s, and gives nothing up', async (_, finding, action, least, most) => {
    const run = new Run({ answers });
    const began = run.all.clock.now();
    const watched = step(saying(open('o')), { ...(action ? { action } : {}), watch: saying(finding), timeoutMs: 7_200_000 });
    expect(await run.end([held(), watched], undefined, release())).toMatchObject({ kind: 'stopped', advice: 'log in' });
    const lasted = run.all.clock.now() - began;
    expect(lasted).toBeGreaterThanOrEqual(least);
    expect(lasted).toBeLessThan(most);
    expect(run.all.requests).toEqual(['POST management/do']);
    expect(run.journal.progress.givenUp).toBeUndefined();
  });

  test('has the patience that the finding asks for', async () => {
    const run = new Run({ answers });
    const began = run.all.clock.now();
    const away: Finding = { ...running('away'), patienceMs: 200_000 };
    const watched = step(saying(open('o')), { action: ACTION, watch: saying(away), timeoutMs: 100_000 });
    expect((await run.end([watched]))?.message).toBe('One: away');
    expect(run.all.clock.now() - began).toBeGreaterThanOrEqual(200_000);
    expect(run.all.requests).toEqual([]);
  });

  test('a step has its time without what it has stood still for', async () => {
    const run = new Run({ answers });
    const away: Finding = { ...running('away'), patienceMs: 200_000 };
    const watch = { ...saying(), check: () => Promise.resolve(run.all.clock.now() - run.begun < 150_000 ? away : met('there')) };
    const done = { ...saying(), check: () => Promise.resolve(run.all.clock.now() - run.begun > 220_000 ? met('d') : open('o')) };
    expect(await run.end([step(done, { watch, timeoutMs: 100_000 })])).toBeUndefined();
  });
});
