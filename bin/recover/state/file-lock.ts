import { randomUUID } from 'node:crypto';
import { linkSync, renameSync, rmSync } from 'node:fs';
import type { Clock } from '../../../lib/recovery/ports';
import { LeaseWatch } from '../../../lib/recovery/record/lease-watch';
import { codeOf, createExclusively, textIfThere } from './durable-file';

/** Nobody holds a lock longer than it takes to write a file: one that stays for so long is left from a process that has died. */
const STALE_SECONDS = 5;
const PAUSE_MS = 50;

/** Runs something while no other program runs anything with the same lock. */
export async function whileLocked<T>(lock: string, clock: Pick<Clock, 'elapsed' | 'sleep'>, run: () => T): Promise<T> {
  const token = randomUUID();
  // What a file says of its age is no evidence: clocks differ, and times of files can be set.
  const watch = new LeaseWatch(() => clock.elapsed());
  while (!createExclusively(lock, token)) {
    const other = textIfThere(lock) ?? '';
    if (watch.remaining(other, STALE_SECONDS) > 0) await pause(clock);
    else takeAway(lock, other);
  }
  try {
    return run();
  } finally {
    if (textIfThere(lock) === token) rmSync(lock, { force: true });
  }
}

/** Real time has to pass also when the program is to end: it would try again all the time. */
async function pause(clock: Pick<Clock, 'sleep'>): Promise<void> {
  await clock.sleep(PAUSE_MS);
  await new Promise(resolve => setTimeout(resolve, 1));
}

/** Removes a lock, but only the one that was watched: somebody else may have done so meanwhile and have a lock of their own. */
function takeAway(lock: string, watched: string): void {
  const aside = `${lock}.${randomUUID()}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((textIfThere(aside) ?? '') !== watched) putBack(aside, lock);
  rmSync(aside, { force: true });
}

function putBack(aside: string, lock: string): void {
  try {
    linkSync(aside, lock);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}
