import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { RUN_FOLDER } from '../support/bed-state';
import { startTime } from './processes';

/** Parts of the bed that have processes, in the order in which they boot. */
export const PARTS = ['control-plane', 'aws', 'operators', 'search'] as const;

const SAMPLE_MS = 3000;
const KIB = 1024;
const NAMED_PROGRAMS = 8;
const INTERPRETER = /(?:^|\/)(?:node|npm|npx|sh|bash|env|python3?|java)(?: .*)?$/;

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
  private peak: ReadonlyMap<string, number> = new Map();
  private readonly timer: NodeJS.Timeout;

  public constructor() {
    this.timer = setInterval(() => this.sample(), SAMPLE_MS);
    this.timer.unref();
  }

  /** Ends it, and returns the highest value, with the programs that had most of it. */
  public stop(): string {
    this.sample();
    clearInterval(this.timer);
    const largest = [...this.peak].sort(([, a], [, b]) => b - a).slice(0, NAMED_PROGRAMS);
    return `${mebibytes(sum(this.peak))} MiB: ${largest.map(([name, kibibytes]) => `${name} ${mebibytes(kibibytes)}`).join(', ')}, others the rest`;
  }

  private sample(): void {
    const now = memoryByProgram();
    if (sum(now) > sum(this.peak)) this.peak = now;
  }
}

const mebibytes = (kibibytes: number): number => Math.round(kibibytes / KIB);

function sum(values: ReadonlyMap<string, number>): number {
  return [...values.values()].reduce((total, value) => total + value, 0);
}

/** KiB by program: a part's own name without the number of its region, and the file that others run. */
function memoryByProgram(): Map<string, number> {
  const memory = new Map<string, number>();
  const children = childrenByParent();
  const names = new Map(PARTS.flatMap(running).map(({ pid, name }) => [pid, name.replace(/-\d+$/, '')]));
  const seen = new Set<number>();
  const visit = (pid: number, name: string): void => {
    if (seen.has(pid)) return;
    seen.add(pid);
    memory.set(name, (memory.get(name) ?? 0) + memoryOf(pid));
    children.get(pid)?.forEach(child => visit(child, names.get(child) ?? programOf(child) ?? name));
  };
  names.forEach((name, pid) => visit(pid, name));
  visit(process.pid, 'runner');
  return memory;
}

/** What somebody started from a shell or with node: the first word of its command that is no interpreter and no option. */
function programOf(pid: number): string | undefined {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const file = words.find((word, index) => (index === 0 ? !INTERPRETER.test(word) : /^[^-].*\//.test(word)));
    return file === undefined ? undefined : basename(file);
  } catch {
    return undefined;
  }
}

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    const parent = parentOf(Number(pid));
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(pid)]);
  }
  return children;
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
