import { Journal } from '../../lib/recovery/journal';
import { freshProgress } from '../../lib/recovery/order';
import type { RecoveryStop } from '../../lib/recovery/stop';
import { MemoryLease, MemoryStore } from './stand-in/memory-store';
import { VirtualClock } from './stand-in/virtual-clock';
import { TOPOLOGY } from './support/answering-world';
import { endOf } from './support/scenario';

const clock = new VirtualClock(1_000_000);
const store = new MemoryStore();
const ORDER = { direction: 'failover', regionId: 1 } as const;

let lease: MemoryLease;
let holds: number[];
beforeEach(() => {
  store.text = undefined;
  lease = new MemoryLease(clock);
  holds = [];
});

function journal(operator = 'ada', changes: { readonly slowness?: number; readonly error?: Error } = {}): Journal {
  return new Journal(
    {
      clock,
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
          holds.push(seconds);
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
    expect(holds).toEqual([30]);
    clock.pass(9_999);
    await mine.hold();
    expect(holds).toEqual([30]);
    clock.pass(1);
    await mine.hold();
    expect(holds).toEqual([30, 30]);
    clock.pass(9_999);
    await mine.hold();
    expect(holds).toEqual([30, 30]);
  });

  test('of somebody else stops it, and says until when', async () => {
    await journal('bob').hold();
    const end = (await endOf(journal().hold())) as RecoveryStop;
    expect([end.kind, end.message]).toEqual(['taken', 'bob runs this recovery']);
    expect(end.advice).toContain(new Date(clock.now() + 30_000).toISOString());
  });

  test('is given back', async () => {
    const mine = journal();
    await mine.hold();
    await mine.release();
    expect(await endOf(journal('bob').hold())).toBeUndefined();
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
    expect(progress).toMatchObject({ schemaVersion: 1, order: ORDER, startedBy: 'ada', startedAt: 7, warnings: ['w'] });
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

  test.each([new Error('disk full'), 'a text' as unknown as Error])('that cannot be written fails with the reason: %s', async error => {
    await expect(journal('ada', { error }).save({})).rejects.toBe(error);
  });
});
