import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecoveryStop } from '../../../lib/recovery/stop';
import type { Killed } from './scenario';

/** Whether data moves while a scenario runs. */
export type Mode = 'static' | 'living';

/** How many scenarios of a kind have ended in which way. */
export interface Count {
  runs: number;
  rightEnd: number;
  clearStop: number;
  wrong: number;
}

/** Folder that is given where somebody wants to see the sums of all files of tests. */
export const TALLY_FOLDER = 'RECOVERY_TALLY_FOLDER';

/** Counts the scenarios of one file of tests. */
export class Tally {
  private readonly counts = new Map<string, Count>();

  /** @param file name of the file of tests */
  public constructor(private readonly file: string) {}

  /**
   * Returns what is wrong, as it is.
   *
   * @param end how it ended at last, undefined if it came to its end
   * @param found what is wrong
   */
  public add<T>(kind: string, mode: Mode, end: RecoveryStop | Killed | undefined, found: readonly T[]): readonly T[] {
    const key = `${mode} ${kind}`;
    const count = this.counts.get(key) ?? { runs: 0, rightEnd: 0, clearStop: 0, wrong: 0 };
    this.counts.set(key, count);
    count.runs += 1;
    if (found.length > 0) count.wrong += 1;
    else if (end === undefined) count.rightEnd += 1;
    else count.clearStop += 1;
    return found;
  }

  public write(): void {
    const folder = process.env[TALLY_FOLDER];
    if (folder !== undefined) writeFileSync(join(folder, `${this.file}.json`), JSON.stringify(Object.fromEntries(this.counts)));
  }
}
