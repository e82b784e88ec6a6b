import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProgram, PROGRAM } from '../../../scripts/program-bundles';

/** How a process has ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The recovery of the program as it is shipped: one file. Bundling it once is cheaper than compiling it at every start. */
export class Program {
  /** A folder that goes with the program. */
  public readonly folder = mkdtempSync(join(tmpdir(), 'recover-'));
  private readonly file = join(this.folder, 'bin', `${PROGRAM}.js`);

  public bundle(): Promise<void> {
    return bundleProgram(this.file);
  }

  /** @param interruptedAfter interrupts the process once this is over */
  public run(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    onOutput: (text: string, interrupt: () => void) => void = () => undefined,
    interruptedAfter?: Promise<unknown>,
  ): Promise<Ended> {
    const child = spawn(process.execPath, [this.file, 'recover', ...args], {
      cwd: this.folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    void interruptedAfter?.then(() => child.kill('SIGINT'));
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      out += String(chunk);
      onOutput(out, () => child.kill('SIGINT'));
    });
    child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)));
    return new Promise(resolve => child.on('close', code => resolve({ code, out, err })));
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
