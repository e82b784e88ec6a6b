import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { command } from '../e2e/support/command';
import { differences, type Comparison } from './templates';

/** Folder of the project. */
export const ROOT = join(__dirname, '..', '..');

/** What every consumer gets. */
export interface Setting {
  /** A folder outside of the project, which goes away afterwards. */
  readonly work: string;
  /** Cloud assembly of the project itself. */
  readonly ours: string;
  /** Cloud assembly of the example that adds something to the regions. */
  readonly beside: string;
  /** Whether the packages that are there already are to be proven, and none built. */
  readonly built: boolean;
  /** Every mistake of the wrong app, a line each. */
  readonly mistakes: readonly string[];
  /** Feature flags of the CDK, as its command line hands them to an app. */
  readonly env: NodeJS.ProcessEnv;
}

/** A language, and how long its app takes to synthesise. */
export interface Consumer {
  readonly name: string;
  readonly seconds: number;
  /** Against what its dependencies were proven, where that is not what a user gets. */
  readonly notes: readonly string[];
}

let passed = 0;
let failed = 0;

/** Counts a check, and says how it went. */
export function check(name: string, problems: readonly string[]): void {
  if (problems.length === 0) passed++;
  else failed++;
  say(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  problems.slice(0, 20).forEach(problem => say(`         ${problem}`));
}

/** The last line of the run, which programs read. */
export function closingLine(): string {
  return `${passed} passed, ${failed} failed`;
}

/** Whether something did not hold. */
export function hasFailed(): boolean {
  return failed > 0;
}

/** Prints a line. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Runs a program that must succeed, and returns what it printed. */
export async function must(program: string, args: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): Promise<string> {
  const { code, stdout, stderr } = await command(program, args, { cwd: options.cwd, env: options.env ?? process.env });
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: exit code ${code}\n${`${stdout}\n${stderr}`.trim().slice(-3000)}`);
  return stdout;
}

/** Copies an app of a language to where nothing of the project is in reach. */
export function appFolder({ work }: Setting, language: string): string {
  const folder = join(work, language);
  cpSync(join(__dirname, 'apps', language), folder, { recursive: true });
  return folder;
}

/** Synthesises, compares the templates with ours, and returns the seconds it took. */
export async function synthesises(
  name: string,
  setting: Setting,
  run: { program: string; args: readonly string[]; cwd: string; comparison: Comparison; env?: NodeJS.ProcessEnv; expected?: string },
): Promise<number> {
  const { expected = setting.ours } = run;
  const outdir = join(run.cwd, `cdk.out-${basename(expected)}`);
  const start = performance.now();
  await must(run.program, run.args, { cwd: run.cwd, env: { ...setting.env, ...run.env, CDK_OUTDIR: outdir } });
  const seconds = (performance.now() - start) / 1000;
  check(`${name}: the templates are ours`, differences(expected, outdir, run.comparison));
  return seconds;
}

/** Runs the wrong app; the message that its user reads must hold every mistake and nothing of JavaScript. */
export async function showsMistakes(
  name: string,
  { mistakes, env }: Setting,
  run: { program: string; args: readonly string[]; cwd: string; message: RegExp; env?: NodeJS.ProcessEnv },
): Promise<void> {
  const { code, stdout, stderr } = await command(run.program, run.args, { cwd: run.cwd, env: { ...env, ...run.env } });
  const message = run.message.exec(`${stdout}\n${stderr}`)?.[1];
  check(`${name}: a user sees every mistake`, [
    ...(code === 0 ? ['the wrong app succeeded'] : []),
    ...(message === undefined ? [`no such message in: ${stderr.slice(-2000)}\n${stdout.slice(-4000)}`] : []),
    ...mistakes.filter(mistake => message !== undefined && !message.includes(mistake)).map(mistake => `missing in the message: ${mistake}`),
    ...(/\n\s+at .*\.js:\d+/.test(message ?? '') ? [`the message holds a stack of JavaScript: ${message}`] : []),
  ]);
}
