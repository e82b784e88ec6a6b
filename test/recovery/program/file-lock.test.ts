import fs, { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whileLocked } from '../../../bin/recover/state/file-lock';
import { VirtualClock } from '../stand-in/virtual-clock';

let folder: string;
let lock: string;
let clock: VirtualClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  lock = join(folder, 'state.json.lock');
  clock = new VirtualClock();
  writeFileSync(lock, 'of a dead process');
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const held = (): Promise<string> => whileLocked(lock, clock, () => readFileSync(lock, 'utf8'));

/** Lets somebody else act right before the lock that was watched is taken away. */
function meanwhile(act: () => void): void {
  const rename = fs.renameSync;
  jest.spyOn(fs, 'renameSync').mockImplementationOnce((from, to) => {
    act();
    rename(from, to);
  });
}

describe('a lock that a dead process has left', () => {
  test('is taken away', async () => {
    expect(await held()).not.toBe('of a dead process');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('and that somebody else takes away meanwhile is no failure', async () => {
    meanwhile(() => rmSync(lock));
    expect(await held()).not.toBe('of a dead process');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('and that somebody else has replaced meanwhile with their own stays theirs', async () => {
    meanwhile(() => writeFileSync(lock, 'of another'));
    clock.after(7_000, () => {
      expect(readFileSync(lock, 'utf8')).toBe('of another');
      rmSync(lock);
    });
    const before = clock.now();
    await held();
    expect(clock.now() - before).toBeGreaterThanOrEqual(7_000);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is not put back where a third one has come meanwhile', async () => {
    meanwhile(() => writeFileSync(lock, 'of another'));
    const link = fs.linkSync;
    jest.spyOn(fs, 'linkSync').mockImplementationOnce((from, to) => {
      writeFileSync(lock, 'of a third');
      link(from, to);
    });
    clock.after(7_000, () => {
      expect(readFileSync(lock, 'utf8')).toBe('of a third');
      rmSync(lock);
    });
    await held();
    expect(readdirSync(folder)).toEqual([]);
  });
});

test.each(['renameSync', 'linkSync'] as const)('a folder in which nothing may be done is a failure: %s', async name => {
  meanwhile(() => writeFileSync(lock, 'of another'));
  jest.spyOn(fs, name).mockImplementationOnce(() => {
    throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
  });
  await expect(held()).rejects.toThrow('EACCES');
});

test('whoever has lost the lock leaves that of others alone', async () => {
  rmSync(lock);
  await whileLocked(lock, clock, () => writeFileSync(lock, 'of another'));
  expect(readFileSync(lock, 'utf8')).toBe('of another');
});
