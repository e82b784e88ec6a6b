import { execFile } from 'node:child_process';

/** What a program printed, and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a program is given besides its arguments. */
export interface CommandOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Written to its standard input. */
  readonly input?: string;
  /** It is ended after this time, with code 124. */
  readonly timeoutMs?: number;
}

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
const TIMED_OUT = 124;
const NOT_STARTED = 127;

/** Runs a program to its end, whatever that is. */
export function command(program: string, args: readonly string[], options: CommandOptions): Promise<Outcome> {
  const { input, timeoutMs, ...given } = options;
  return new Promise(resolve => {
    const child = execFile(program, args, { ...given, timeout: timeoutMs, maxBuffer: MAX_OUTPUT_BYTES }, (error, stdout, stderr) => {
      if (!error) return resolve({ code: 0, stdout, stderr });
      const code = error.killed ? TIMED_OUT : typeof error.code === 'number' ? error.code : NOT_STARTED;
      resolve({ code, stdout, stderr: stderr || error.message });
    });
    // A program that ends without reading its input is judged by its exit code.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}
