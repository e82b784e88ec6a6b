import { freshProgress } from '../../../lib/recovery/plans/recovery-request';
import { Journal } from '../../../lib/recovery/run/journal';
import type { RecoveryStop } from '../../../lib/recovery/stop';
import { MemoryLease, MemoryStore } from '../stand-in/memory-store';
import { VirtualClock } from '../stand-in/virtual-clock';
import { TOPOLOGY } from '../support/answering-view';
import { endOf } from '../support/scenario';

const clock = new VirtualClock(1_000_000);
const store = new MemoryStore();
const ORDER = { direction: 'failover', regionId: 1 } as const;

let lease: MemoryLease;
let met: number[];
beforeEach(() => {
  store.text = undefined;
  lease = new MemoryLease(clock);
  met = [];
});

function journal(operator = 'ada', changes: { readonly slowness?: number; readonly error?: Error; readonly ahead?: number } = {}): Journal {
  return new Journal(
    {
      clock: {
        now: () => clock.now() + (changes.ahead ?? 0),
        elapsed: () => clock.elapsed(),
        sleep: ms => clock.sleep(ms),
        after: (ms, run) => clock.after(ms, run),
      },
      store: {
        read: () => store.read(),
        write: async (progress, version) => {
          if (changes.error) throw changes.error;
          const next = await store.write(progress, version);
          clock.pass(changes.slowness ?? 0);
          return next;
        },
      },
      lease: {
        hold: (name, seconds) => {
          met.push(seconds);
          return lease.hold(name, seconds);
        },
        release: name => lease.release(name),
      },
    },
    operator,
    freshProgress(ORDER, TOPOLOGY, operator, 7),
    undefined,
  );
}

describe('the lease', () => {
  test('is taken for half a minute, and renewed after ten seconds and no earlier', async () => {
    const mine = journal();
    await mine.hold();
    await mine.hold();
    expect(met).toEqual([30]);
    clock.pass(9_999);
    await mine.hold();
    expect(met).toEqual([30]);
    clock.pass(1);
    await mine.hold();
    expect(met).toEqual([30, 30]);
    clock.pass(9_999);
    await mine.hold();
    expect(met).toEqual([30, 30]);
  });

  test('of somebody else is taken over once it was not renewed for as long as it lasts, as this machine has seen it', async () => {
    await journal('bob').hold();
    const watched: [string, boolean][] = [];
    const before = clock.now();
    const mine = journal();
    await mine.hold((other, isFirst) => watched.push([other, isFirst]));
    expect(clock.now() - before).toBe(30_000);
    expect(watched[0]).toEqual(['bob', true]);
    expect(watched.slice(1).every(([other, isFirst]) => other === 'bob' && !isFirst)).toBe(true);
    expect(watched).toHaveLength(15);
  });

  test('of somebody else who renews it stops it, and says what to do', async () => {
    const theirs = journal('bob');
    await theirs.hold();
    clock.after(7_000, () => void lease.hold('bob', 30));
    const before = clock.now();
    const end = (await endOf(journal().hold())) as RecoveryStop;
    expect([end.kind, end.message]).toEqual(['taken', 'bob runs this recovery']);
    expect(end.advice).toContain("'recover resume' takes it over once 30 s have passed without a sign of bob");
    expect(clock.now() - before).toBeLessThanOrEqual(8_000);
  });

  test.each([-3_600_000, 60_000, 86_400_000])('is watched by a clock that is %i ms ahead just as long', async ahead => {
    await journal('bob').hold();
    const before = clock.now();
    await journal('ada', { ahead }).hold();
    expect(clock.now() - before).toBe(30_000);
  });

  test('that somebody has taken over is not waited for', async () => {
    const mine = journal();
    await mine.hold();
    clock.pass(31_000);
    await lease.release('ada');
    await lease.hold('bob', 30);
    const before = clock.now();
    expect(await endOf(mine.hold())).toMatchObject({ kind: 'taken' });
    expect(clock.now()).toBe(before);
  });

  describe('during something that lasts', () => {
    /** Two minutes, in which others have their turn too. */
    const lasting = async (meanwhile: () => Promise<unknown> = () => Promise.resolve()): Promise<string> => {
      for (let i = 0; i < 24; i += 1) {
        clock.pass(5_000);
        await new Promise(resolve => setImmediate(resolve));
        if (i === 8) await meanwhile();
      }
      return 'found';
    };

    test('is renewed all the time, so that nobody takes it over, and no longer than that', async () => {
      const mine = journal();
      await mine.hold();
      const ends: unknown[] = [];
      expect(await mine.holdDuring(() => lasting(async () => ends.push(await endOf(journal('bob').hold()))))).toBe('found');
      expect(ends).toMatchObject([{ kind: 'taken', message: 'ada runs this recovery' }]);
      const renewed = met.length;
      await lasting();
      expect(met).toHaveLength(renewed);
    });

    test('and was taken by somebody else ends it', async () => {
      const mine = journal();
      await mine.hold();
      const taken = async (): Promise<void> => {
        await lease.release('ada');
        await lease.hold('bob', 30);
      };
      expect(await endOf(mine.holdDuring(() => lasting(taken)).then(() => undefined))).toMatchObject({ kind: 'taken' });
    });

    test('is not what is told where that itself ends with an error', async () => {
      const mine = journal();
      await mine.hold();
      await expect(mine.holdDuring(() => lasting().then(() => Promise.reject(new Error('bug'))))).rejects.toThrow('bug');
    });
  });

  test('can be given up while it is watched', async () => {
    await journal('bob').hold();
    const end = journal().hold(() => {
      throw new Error('enough');
    });
    await expect(end).rejects.toThrow('enough');
  });

  test('is renewed right before something is sent', async () => {
    const mine = journal();
    await mine.hold();
    clock.pass(1_000);
    await mine.intend('one', 'POST /a', {});
    expect(met).toEqual([30, 30]);
  });

  test('that somebody has taken meanwhile lets nothing be sent', async () => {
    const mine = journal();
    await mine.hold();
    await lease.release('ada');
    await lease.hold('bob', 30);
    expect(await endOf(mine.intend('one', 'POST /a', {}))).toMatchObject({ kind: 'taken' });
    expect(mine.step('one')).toBeUndefined();
  });

  test('is given back', async () => {
    const mine = journal();
    await mine.hold();
    await mine.release();
    expect(await endOf(journal('bob').hold())).toBeUndefined();
  });
});

describe('what others have sent', () => {
  test('counts from the moment on at which their record was read, whatever their clocks said', () => {
    const attempts = [{ at: clock.now() + 3_600_000, by: 'bob', call: 'POST /a', outcome: 'unknown' as const }];
    const progress = { ...freshProgress(ORDER, TOPOLOGY, 'bob', 7), steps: { one: { startedAt: 0, calls: 0, attempts } } };
    const mine = new Journal({ clock, store, lease }, 'ada', progress, undefined);
    const readAt = clock.now();
    clock.pass(5_000);
    expect(mine.attempts('one')).toEqual([{ ...attempts[0], at: readAt }]);
    expect(mine.step('one')?.attempts).toEqual(attempts);
    expect(mine.attempts('two')).toEqual([]);
  });

  test('is told from what this run sends', async () => {
    const attempts = [{ at: 5, by: 'ada', call: 'POST /a', outcome: 'unknown' as const }];
    const progress = { ...freshProgress(ORDER, TOPOLOGY, 'ada', 7), steps: { one: { startedAt: 0, calls: 0, attempts } } };
    const mine = new Journal({ clock, store, lease }, 'ada', progress, undefined);
    const readAt = clock.now();
    clock.pass(5_000);
    await mine.intend('one', 'POST /a', {}, { lastChange: 4 });
    expect(mine.attempts('one').map(({ at, lastChange }) => [at, lastChange])).toEqual([
      [readAt, undefined],
      [readAt + 5_000, 4],
    ]);
  });

  test('is written down anew before anything is done, so that whoever had that record notices', async () => {
    const fresh = journal();
    await fresh.takeOver();
    expect(fresh.isRecorded).toBe(false);
    expect(store.text).toBeUndefined();
    const progress = { ...freshProgress(ORDER, TOPOLOGY, 'ada', 7), steps: { one: { startedAt: 0, calls: 0, attempts: [] } } };
    const mine = new Journal({ clock, store, lease }, 'ada', progress, undefined);
    expect(mine.isRecorded).toBe(false);
    await mine.takeOver();
    expect(mine.isRecorded).toBe(true);
    expect((await store.read()).progress).toEqual(progress);
  });
});

describe('the record', () => {
  test('begins with the order, and keeps every change', async () => {
    const mine = journal();
    await mine.save({ warnings: ['w'] });
    await mine.saveStep('one', { calls: 3 });
    await mine.saveStep('two', {});
    await mine.saveStep('one', { finding: 'f' });
    const { progress } = await store.read();
    expect(progress).toEqual(mine.progress);
    expect(progress).toMatchObject({ schemaVersion: 2, request: ORDER, startedBy: 'ada', startedAt: 7, warnings: ['w'] });
    expect(progress?.steps).toEqual({
      one: { startedAt: clock.now(), calls: 3, attempts: [], finding: 'f' },
      two: { startedAt: clock.now(), calls: 0, attempts: [] },
    });
  });

  test('of an intention is there before anything is sent, and its outcome takes its place', async () => {
    const mine = journal();
    await mine.intend('one', 'POST /a', { startedAt: 3 });
    const intended = { at: clock.now(), by: 'ada', call: 'POST /a', outcome: 'intended' };
    expect((await store.read()).progress?.steps.one).toEqual({ startedAt: 3, calls: 0, attempts: [intended] });
    const accepted = { ...intended, outcome: 'accepted', changeId: 4 };
    expect(await mine.conclude('one', { outcome: 'accepted', changeId: 4 })).toEqual(accepted);
    await mine.intend('one', 'POST /a', {});
    await mine.conclude('one', { outcome: 'unknown' });
    expect(mine.step('one')?.attempts).toEqual([accepted, { ...intended, outcome: 'unknown' }]);
  });

  test('2: that took so long that somebody else may have taken over lets nothing be sent', async () => {
    const end = (await endOf(journal('ada', { slowness: 10_001 }).intend('one', 'POST /a', {}))) as RecoveryStop;
    expect(end).toMatchObject({ kind: 'stopped', stepId: 'one' });
    expect(end.advice).toContain('nothing was sent');
    store.text = undefined;
    expect(await endOf(journal('ada', { slowness: 10_000 }).intend('one', 'POST /a', {}))).toBeUndefined();
  });

  test('2: that somebody else has written meanwhile is not written over', async () => {
    const mine = journal();
    await mine.save({});
    await store.write(mine.progress, (await store.read()).version);
    const end = (await endOf(mine.saveStep('one', {}))) as RecoveryStop;
    expect(end.kind).toBe('taken');
    expect(end.message).toContain('somebody else has gone on with this recovery');
    expect(mine.step('one')).toBeUndefined();
  });

  test.each([new Error('disk full'), 'a string' as unknown as Error])('that cannot be written fails with the reason: %s', async error => {
    await expect(journal('ada', { error }).save({})).rejects.toBe(error);
  });
});
