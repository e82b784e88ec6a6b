import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_FOLDER } from '../support/bed-state';

/** A program that was ended because the run was. */
export class Interrupted extends Error {
  public constructor(public readonly signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
    this.name = 'Interrupted';
  }
}

/** How a program is run. */
export interface RunOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /**
   * File for all that it prints.
   *
   * @default - the screen
   */
  readonly log?: string;

  /** Shows only what it writes to its standard error. */
  readonly quiet?: boolean;
}

/** After this time a program that was told to end is killed. */
const GRACE_MS = 8000;

let current: ChildProcess | undefined;
let interruption: NodeJS.Signals | undefined;

/**
 * Runs a program and returns its exit code. It gets a process group of its own, so that ending it ends what it started,
 * and so that a Ctrl-C reaches it through us only, before the bed is taken down.
 */
export async function run(program: string, args: readonly string[], options: RunOptions): Promise<number> {
  if (interruption) throw new Interrupted(interruption);
  const code = await start(program, args, options);
  if (interruption) throw new Interrupted(interruption);
  return code;
}

/** Runs a program that must come to its end even when the run is interrupted: it takes the bed down. */
export function runToTheEnd(program: string, args: readonly string[], options: RunOptions): Promise<number> {
  return start(program, args, options, false);
}

/** From now on a signal ends the program that runs, and `run` throws. */
export function heedSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (interruption) return;
      interruption = signal;
      process.stderr.write(`\n${signal}: taking everything down\n`);
      if (current) end(current);
    });
  }
}

/** The signal that ended the run. */
export function interruptedBy(): NodeJS.Signals | undefined {
  return interruption;
}

function start(program: string, args: readonly string[], { env, cwd, log, quiet }: RunOptions, interruptible = true): Promise<number> {
  const output = log === undefined ? 'inherit' : openSync(log, 'a');
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, cwd, detached: true, stdio: ['ignore', quiet ? 'ignore' : output, output] });
    if (interruptible) current = child;
    if (interruptible) record(child);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      current = undefined;
      if (typeof output === 'number') closeSync(output);
      resolve(code ?? (signal ? 128 : 1));
    });
  });
}

function end(child: ChildProcess): void {
  signalGroup(child, 'SIGTERM');
  setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS).unref();
}

/** Programs of this runner, for the next one if this one is killed. */
const CHILDREN_FILE = join(RUN_FOLDER, 'children');

function record({ pid }: ChildProcess): void {
  if (pid !== undefined && existsSync(RUN_FOLDER)) appendFileSync(CHILDREN_FILE, `${pid} ${startTime(pid)}\n`);
}

/** Kills what a runner that was killed itself was doing: a deployment, for example, which would go on in the next bed. */
export function killOrphans(): void {
  if (!existsSync(CHILDREN_FILE)) return;
  for (const line of readFileSync(CHILDREN_FILE, 'utf8').split('\n')) {
    const [pid, started] = line.split(' ');
    if (started && startTime(Number(pid)) === started) process.kill(-Number(pid), 'SIGKILL');
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}

/** When a process started, in ticks since boot: with its pid it names a process for ever. Undefined if there is none. */
export function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
