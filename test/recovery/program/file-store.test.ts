import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileLease, FileStore } from '../../../bin/recover/state/file-store';
import { freshProgress } from '../../../lib/recovery/plans/recovery-request';
import type { Progress } from '../../../lib/recovery/record/progress';
import { VirtualClock } from '../stand-in/virtual-clock';
import { TOPOLOGY } from '../support/answering-view';

let folder: string;
let path: string;
let clock: VirtualClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recover-'));
  path = join(folder, 'state.json');
  clock = new VirtualClock();
});
afterEach(() => rmSync(folder, { recursive: true }));

const PROGRESS = freshProgress({ direction: 'failover', regionId: 1 }, TOPOLOGY, 'ada', 7);
const store = (): FileStore => new FileStore(path, clock);
/** What is left beside the record. */
const leftOver = (): string[] => readdirSync(folder).filter(name => name !== 'state.json' && !name.endsWith('.lease'));

function without(name: keyof Progress): object {
  return Object.fromEntries(Object.entries(PROGRESS).filter(([key]) => key !== name));
}

describe('the record', () => {
  test('is not there before the first write, and then is what was written', async () => {
    expect(await store().read()).toEqual({});
    const version = await store().write(PROGRESS, undefined);
    expect(await store().read()).toEqual({ progress: PROGRESS, version });
    const next = await store().write({ ...PROGRESS, finishedAt: 9 }, version);
    expect(next).not.toBe(version);
    expect(await store().read()).toEqual({ progress: { ...PROGRESS, finishedAt: 9 }, version: next });
    expect(leftOver()).toEqual([]);
  });

  test('is never written over by somebody who has not seen it', async () => {
    const version = await store().write(PROGRESS, undefined);
    await store().write({ ...PROGRESS, finishedAt: 9 }, version);
    for (const stale of [version, undefined, 'unreadable']) {
      await expect(store().write(PROGRESS, stale)).rejects.toMatchObject({ name: 'ProgressConflictError' });
    }
    expect((await store().read()).progress?.finishedAt).toBe(9);
  });

  test('of many writers at once, one gets through', async () => {
    const ends = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => store().write({ ...PROGRESS, startedAt: i }, undefined)));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(leftOver()).toEqual([]);
  });

  test.each([
    ['nothing', '', 'it is not a JSON object'],
    ['half of a record', '{"revision":"1","progress":{"schemaVersion":1,"or', 'it is not a JSON object'],
    ['something else', 'recovery: none', 'it is not a JSON object'],
    ['a list', '[]', 'it is not a JSON object'],
    ['an object without progress', '{"revision":"1"}', 'it holds no progress'],
    ['empty progress', '{"progress":{}}', "it has no 'schemaVersion'"],
    [
      'the record of a newer program',
      JSON.stringify({ progress: { ...PROGRESS, schemaVersion: 3 } }),
      "'schemaVersion' 3, and this program knows 2",
    ],
    ...(['request', 'fingerprint', 'startedBy', 'startedAt', 'steps', 'warnings'] as const).map((name): [string, string, string] => [
      `a record without ${name}`,
      JSON.stringify({ progress: without(name) }),
      `its '${name}' is missing`,
    ]),
    [
      'a direction that is none',
      JSON.stringify({ progress: { ...PROGRESS, request: { direction: 'up', regionId: 1 } } }),
      "its 'request' is not what it must be",
    ],
    ...[
      { direction: 'failover', regionId: 7 },
      { direction: 'failover', regionId: -1 },
      { direction: 'failback', regionId: 1, repository: { type: 's3', settings: {} } },
      { direction: 'failback', regionId: 1, snapshotName: 's' },
    ].map((request): [string, string, string] => [
      `an order that nobody can carry out: ${JSON.stringify(request)}`,
      JSON.stringify({ progress: { ...PROGRESS, request } }),
      "its 'request' is not what it must be",
    ]),
    ['a step that is none', JSON.stringify({ progress: { ...PROGRESS, steps: { verify: null } } }), "its 'steps' is not what it must be"],
    [
      'an attempt that is none',
      JSON.stringify({ progress: { ...PROGRESS, steps: { verify: { startedAt: 1, calls: 1, attempts: [{ outcome: 'sent' }] } } } }),
      "its 'steps' is not what it must be",
    ],
  ])('that is %s is told as unreadable, and not written over unawares', async (_, text, why) => {
    writeFileSync(path, text);
    await expect(store().read()).rejects.toMatchObject({
      name: 'UnreadableRecordError',
      message: expect.stringMatching(/state\.json is not the record of a recovery: /),
      advice: expect.stringContaining('--abandon'),
    });
    await expect(store().read()).rejects.toThrow(why);
    await expect(store().write(PROGRESS, undefined)).rejects.toMatchObject({ name: 'ProgressConflictError' });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test('that cannot be read is kept beside the one that takes its place', async () => {
    for (const text of ['first', 'second']) {
      writeFileSync(path, text);
      await store().write(PROGRESS, 'unreadable');
    }
    expect((await store().read()).progress).toEqual(PROGRESS);
    expect(leftOver().map(name => readFileSync(join(folder, name), 'utf8'))).toEqual(['first', 'second']);
  });

  test('that is a folder is a wrong option', async () => {
    await expect(new FileStore(folder, clock).read()).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/^--state: cannot read .*EISDIR/),
    });
  });
});

describe('a lock', () => {
  const lock = (): string => `${path}.lock`;

  test.each([
    ['fresh', 0],
    ['old', -86_400],
    ['dated in the future', 86_400],
  ])('that a dead process has left is taken away after five seconds, however %s its file is', async (_, seconds) => {
    writeFileSync(lock(), '4711');
    const at = Date.now() / 1000 + seconds;
    utimesSync(lock(), at, at);
    const before = clock.now();
    await store().write(PROGRESS, undefined);
    expect(clock.now() - before).toBeGreaterThanOrEqual(5_000);
    expect(clock.now() - before).toBeLessThan(5_500);
    expect(leftOver()).toEqual([]);
  });

  test('that vanishes meanwhile is nothing', async () => {
    writeFileSync(lock(), '4711');
    clock.after(1_000, () => rmSync(lock()));
    const before = clock.now();
    await store().write(PROGRESS, undefined);
    expect(clock.now() - before).toBeLessThan(2_000);
  });

  test('that others take in turn is waited for', async () => {
    const others = Array.from({ length: 20 }, (_, i) => i * 1_000);
    others.forEach(at => clock.after(at, () => writeFileSync(lock(), `other ${at}`)));
    clock.after(20_000, () => rmSync(lock()));
    clock.pass(1);
    const before = clock.now();
    await store().write(PROGRESS, undefined);
    expect(clock.now() - before).toBeGreaterThan(19_000);
  });

  test('that is a broken link is taken away like any other', async () => {
    symlinkSync(join(folder, 'nowhere'), lock());
    await store().write(PROGRESS, undefined);
    expect(leftOver()).toEqual([]);
  });
});

describe('what cannot be written', () => {
  test('as on a full disk, is a reason to stop that says what to do, and leaves the record as it was', async () => {
    const version = await store().write(PROGRESS, undefined);
    const before = readFileSync(path, 'utf8');
    // Every write to this device finds no space.
    symlinkSync('/dev/full', `${path}.new`);
    await expect(store().write({ ...PROGRESS, finishedAt: 9 }, version)).rejects.toMatchObject({
      name: 'RecoveryStop',
      kind: 'stopped',
      message: expect.stringContaining('progress cannot be recorded: ENOSPC'),
      advice: expect.stringContaining('nothing is sent that is not recorded'),
    });
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(leftOver()).toEqual([]);
  });

  test('because its folder has gone, too', async () => {
    const missing = new FileStore(join(folder, 'gone', 'state.json'), clock);
    rmSync(join(folder, 'gone'), { recursive: true });
    await expect(missing.write(PROGRESS, undefined)).rejects.toMatchObject({
      name: 'RecoveryStop',
      message: expect.stringContaining('ENOENT'),
    });
  });
});

describe('the lease', () => {
  const lease = (): FileLease => new FileLease(path, clock);

  test('is held by one at a time', async () => {
    expect(await lease().hold('ada', 30)).toBeUndefined();
    const bob = lease();
    expect(await bob.hold('bob', 30)).toMatchObject({ operator: 'ada', remainingMs: 30_000 });
    clock.pass(29_999);
    expect(await bob.hold('bob', 30)).toMatchObject({ operator: 'ada', remainingMs: 1 });
    clock.pass(1);
    expect(await bob.hold('bob', 30)).toBeUndefined();
  });

  test('that is renewed is watched anew', async () => {
    await lease().hold('ada', 30);
    const bob = lease();
    const first = await bob.hold('bob', 30);
    clock.pass(20_000);
    await lease().hold('ada', 30);
    const second = await bob.hold('bob', 30);
    expect(second).toMatchObject({ operator: 'ada', remainingMs: 30_000 });
    expect(second?.renewal).not.toBe(first?.renewal);
  });

  test('is given back by whoever has it, and by nobody else', async () => {
    await lease().hold('ada', 30);
    await lease().release('bob');
    expect(await lease().hold('bob', 30)).toMatchObject({ operator: 'ada' });
    await lease().release('ada');
    expect(existsSync(`${path}.lease`)).toBe(false);
    expect(await lease().hold('bob', 30)).toBeUndefined();
    await lease().release('ada');
    expect(await lease().hold('ada', 30)).toMatchObject({ operator: 'bob' });
  });

  test('that cannot be read may be that of somebody', async () => {
    writeFileSync(`${path}.lease`, '{"operator":');
    const bob = lease();
    expect(await bob.hold('bob', 30)).toMatchObject({ operator: 'somebody' });
    clock.pass(30_000);
    expect(await bob.hold('bob', 30)).toBeUndefined();
  });

  test('leaves the record alone', async () => {
    const version = await store().write(PROGRESS, undefined);
    await lease().hold('ada', 30);
    expect((await store().read()).version).toBe(version);
  });
});
