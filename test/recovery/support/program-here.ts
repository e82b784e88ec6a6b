import { mkdtempSync, rmSync } from 'node:fs';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../bin/main';
import { SystemClock } from '../../../bin/recover/system-clock';
import type { Clock } from '../../../lib/recovery/ports';

/** How a run of the program has ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What is about a run. */
export interface Surroundings {
  readonly env?: Readonly<NodeJS.ProcessEnv>;
  /** Called whenever something more is written to standard output, with all of it. */
  readonly onOutput?: (text: string, interrupt: () => void) => void;
}

/** A command of the program, run in this process: quicker than to start it, and seen by mutation testing. No terminal is there. */
export class ProgramHere {
  /** A folder that goes with the program. It is the home of the user that runs it. */
  public readonly folder = mkdtempSync(join(tmpdir(), 'recover-'));

  /** @param clock whose time the program takes for that of the machine */
  public constructor(
    private readonly clock?: Clock,
    private readonly command: 'recover' | 'review' = 'recover',
  ) {}

  public async run(args: readonly string[], { env, onOutput }: Surroundings = {}): Promise<Ended> {
    const written = { out: '', err: '' };
    const { stdin, stdout, stderr } = process;
    const before = { env: process.env, exitCode: process.exitCode, terminals: [stdin, stdout, stderr].map(({ isTTY }) => isTTY) };
    const interrupt = (): void => void process.emit('SIGINT');
    const keep = (name: 'out' | 'err') => (text: string | Uint8Array) => {
      written[name] += String(text);
      if (name === 'out') onOutput?.(written.out, interrupt);
      return true;
    };
    const replaced = [
      jest.spyOn(stdout, 'write').mockImplementation(keep('out')),
      jest.spyOn(stderr, 'write').mockImplementation(keep('err')),
      jest.spyOn(os, 'homedir').mockReturnValue(this.folder),
      ...this.timeOfClock(),
    ];
    for (const stream of [stdin, stdout, stderr]) stream.isTTY = false;
    process.env = { ...before.env, HOME: this.folder, ...env };
    process.exitCode = undefined;
    try {
      return { code: await main([this.command, ...args]), ...written };
    } finally {
      replaced.forEach(one => one.mockRestore());
      [stdin, stdout, stderr].forEach((stream, i) => (stream.isTTY = before.terminals[i]));
      process.env = before.env;
      process.exitCode = before.exitCode;
      for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal);
    }
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private timeOfClock(): jest.SpyInstance[] {
    const { clock } = this;
    if (!clock) return [];
    return [
      jest.spyOn(SystemClock.prototype, 'now').mockImplementation(() => clock.now()),
      jest.spyOn(SystemClock.prototype, 'elapsed').mockImplementation(() => clock.elapsed()),
      jest.spyOn(SystemClock.prototype, 'after').mockImplementation((milliseconds, run) => clock.after(milliseconds, run)),
      jest.spyOn(SystemClock.prototype, 'sleep').mockImplementation(milliseconds => clock.sleep(milliseconds)),
    ];
  }
}
