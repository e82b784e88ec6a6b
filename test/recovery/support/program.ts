import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { bundleProgram, PROGRAM } from '../../../scripts/program-bundles';
import type { Ended } from './program-here';

/** The recovery of the program as it is shipped: one file, in a process of its own. */
export class Program {
  /** A folder that goes with the program. */
  public readonly folder = mkdtempSync(join(tmpdir(), 'recover-'));
  private readonly file = join(this.folder, 'bin', `${PROGRAM}.js`);

  public bundle(): Promise<void> {
    return bundleProgram(this.file);
  }

  public run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return this.start(args, env).ended;
  }

  public start(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): { readonly child: ChildProcessByStdio<null, Readable, Readable>; readonly ended: Promise<Ended> } {
    const child = spawn(process.execPath, [this.file, 'recover', ...args], {
      cwd: this.folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)));
    child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)));
    return { child, ended: new Promise(resolve => child.on('close', code => resolve({ code, out, err }))) };
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
