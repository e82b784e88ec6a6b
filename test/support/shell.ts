import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with scripts, and a folder of stand-ins for the programs that they call. */
export class ScriptBed {
  private readonly folder = mkdtempSync(join(tmpdir(), 'script-bed-'));

  public constructor(programs: { readonly [name: string]: string }) {
    mkdirSync(join(this.folder, 'bin'));
    for (const [name, text] of Object.entries(programs)) {
      const path = join(this.folder, 'bin', name);
      writeFileSync(path, `#!/usr/bin/env bash\n${text}\n`);
      chmodSync(path, 0o755);
    }
  }

  /** A file's path in the bed. */
  public path(name: string): string {
    return join(this.folder, name);
  }

  /** Runs a script in bash, with nothing in its environment but what is given. */
  public run(script: string, env: { readonly [name: string]: string }, args: readonly string[] = []): ScriptRun {
    const file = this.path('script.sh');
    writeFileSync(file, script);
    const start = Date.now();
    const { status, stdout, stderr } = spawnSync('bash', [file, ...args], {
      env: { PATH: `${join(this.folder, 'bin')}:/usr/bin:/bin`, ...env },
      encoding: 'utf8',
      timeout: 20_000,
    });
    return { status, stdout, stderr, seconds: (Date.now() - start) / 1000 };
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** How a script ended. */
export interface ScriptRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}
