import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_FOLDER } from '../support/bed-state';
import { startTime } from './processes';

/** Parts of the bed that have processes, in the order in which they boot. */
export const PARTS = ['control-plane', 'aws', 'operators', 'search'] as const;

const SAMPLE_MS = 3000;
const KIB = 1024;

type Part = (typeof PARTS)[number];

/** The processes of a part that still run, as its scripts have written them down. */
export function runningPids(part: Part): number[] {
  return running(part).map(({ pid }) => pid);
}

/** The process that a part has started under a name. Fails if it does not run. */
export function pidOf(part: Part, name: string): number {
  // The one that was started last: a part may start it again.
  const found = running(part)
    .filter(candidate => candidate.name === name)
    .at(-1);
  if (!found) throw new Error(`${name} does not run`);
  return found.pid;
}

function running(part: Part): { readonly pid: number; readonly name: string }[] {
  const file = join(RUN_FOLDER, part, 'pids');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .map(line => line.split(' '))
    .filter(([pid, started]) => started && startTime(Number(pid)) === started)
    .map(([pid, , name]) => ({ pid: Number(pid), name }));
}

/** Watches the memory of the bed, of the runner, and of all that either started. */
export class MemoryWatch {
  private peakKiB = 0;
  private readonly timer: NodeJS.Timeout;

  public constructor() {
    this.timer = setInterval(() => this.sample(), SAMPLE_MS);
    this.timer.unref();
  }

  /** Ends it, and returns the highest value in MiB. */
  public stop(): number {
    this.sample();
    clearInterval(this.timer);
    return Math.round(this.peakKiB / KIB);
  }

  private sample(): void {
    const roots = [process.pid, ...PARTS.flatMap(runningPids)];
    const total = withDescendants(roots).reduce((sum, pid) => sum + memoryOf(pid), 0);
    this.peakKiB = Math.max(this.peakKiB, total);
  }
}

function withDescendants(roots: readonly number[]): number[] {
  const children = new Map<number, number[]>();
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    const parent = parentOf(Number(pid));
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(pid)]);
  }
  const found = new Set<number>();
  const visit = (pid: number): void => {
    if (found.has(pid)) return;
    found.add(pid);
    children.get(pid)?.forEach(visit);
  };
  roots.forEach(visit);
  return [...found];
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** KiB of a process, pages that several share divided among them: five programs of the control plane are one file. */
function memoryOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
