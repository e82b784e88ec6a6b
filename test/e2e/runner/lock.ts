import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BED_HOME, INSTANCE } from '../support/bed-state';
import { startTime } from './processes';

const LOCK_FILE = join(BED_HOME, `lock-${INSTANCE}`);

/**
 * Makes this process the only one that boots, deploys or takes down a bed. Returns the pid of the one that does so
 * already, if there is one: a lock of a process that has died counts for nothing.
 */
export function takeLock(): number | undefined {
  mkdirSync(BED_HOME, { recursive: true });
  for (;;) {
    try {
      writeFileSync(LOCK_FILE, `${process.pid} ${startTime(process.pid)}`, { flag: 'wx' });
      return undefined;
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error;
    }
    const [pid, started] = readFileSync(LOCK_FILE, 'utf8').split(' ');
    if (started && startTime(Number(pid)) === started) return Number(pid);
    rmSync(LOCK_FILE, { force: true });
  }
}

/** Lets others in. */
export function releaseLock(): void {
  rmSync(LOCK_FILE, { force: true });
}
