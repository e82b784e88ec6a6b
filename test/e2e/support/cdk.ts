import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bed } from './bed';
import { CHANGED_FOLDER, PROJECT, writeDeployment } from './bed-state';
import { command, type Outcome } from './command';

/** What a call of the CDK CLI may differ in. */
export interface CdkOptions {
  /**
   * Another configuration file.
   *
   * @default - the one that the bed was deployed with
   */
  readonly configurationFile?: string;

  /**
   * Folder of the templates. Two calls at the same time need two folders.
   *
   * @default - that of the deployment, or one for changed configurations
   */
  readonly outputFolder?: string;

  /**
   * Another app: a command, or a folder with what was synthesised before.
   *
   * @default - that of the project
   */
  readonly app?: string;

  /** With the app as `QUICK_APP` has it. */
  readonly quickly?: boolean;

  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;

  readonly timeoutMs?: number;
}

/** What the CDK CLI printed, in the order of time as far as one can tell: it writes nearly everything to stderr. */
export interface CdkOutcome extends Outcome {
  readonly output: string;
}

/** Commands that read the configuration. */
const APP_COMMANDS = ['deploy', 'destroy', 'diff', 'synth', 'list', 'ls', 'bootstrap'];

/** The CDK CLI of the project. */
export const CDK_CLI = join(PROJECT, 'node_modules/aws-cdk/bin/cdk');

/** The app of the project without npx around it, and without the rules of CloudFormation: they are proven when the bed is deployed. */
const QUICK_APP = ['--app', `${process.execPath} --import tsx bin/app.ts`, '-c', '@aws-cdk/core:validateAgainstDefaultRules=false'];

/** Runs the project's CDK CLI against the emulator, with the configuration of the bed. */
export function cdk(...args: readonly string[]): Promise<CdkOutcome> {
  return cdkWith({}, ...args);
}

/** As `cdk`, with something changed. `destroy` makes the next run deploy anew. */
export async function cdkWith(options: CdkOptions, ...args: readonly string[]): Promise<CdkOutcome> {
  const { environment, configurationFile, folder } = bed();
  if (args[0] === 'destroy' && (options.app ?? deployedApp()) === deployedApp()) writeDeployment(undefined);
  const outputFolder = options.outputFolder ?? join(folder, options.configurationFile ? 'cdk.out-changed' : 'cdk.out');
  const given =
    options.app === undefined
      ? cdkArguments(args[0], options.configurationFile ?? configurationFile, outputFolder)
      : ['--app', options.app, ...(options.outputFolder === undefined ? [] : ['--output', options.outputFolder])];
  const quickly = options.quickly ? QUICK_APP : [];
  const outcome = await command(process.execPath, [CDK_CLI, ...args, ...given, ...quickly], {
    cwd: PROJECT,
    env: { ...environment, ...options.env },
    timeoutMs: options.timeoutMs,
  });
  return { ...outcome, output: outcome.stdout + outcome.stderr };
}

/** What every call adds to the arguments of the README. */
export function cdkArguments(name: string, configurationFile: string, outputFolder: string): string[] {
  return APP_COMMANDS.includes(name) ? ['-c', `config=${configurationFile}`, '--output', outputFolder] : [];
}

/**
 * Synthesises a changed configuration, and returns a folder to be given as `app`. Once for a deployment of the bed: proofs
 * that want the same change share it. With an environment of its own, it is always done anew.
 */
export async function synthesised(configurationFile: string, env?: Readonly<Record<string, string>>): Promise<string> {
  const { environment } = bed();
  const folder = join(CHANGED_FOLDER, basename(configurationFile, '.yaml'));
  const stamp = `${folder}.stamp`;
  const configuration = readFileSync(configurationFile, 'utf8');
  if (!env && existsSync(stamp) && readFileSync(stamp, 'utf8') === configuration) return folder;
  const given = [...QUICK_APP, ...cdkArguments('synth', configurationFile, folder)];
  const options = { cwd: PROJECT, env: { ...environment, ...env } };
  const { code, stdout, stderr } = await command(process.execPath, [CDK_CLI, 'synth', '--quiet', ...given], options);
  if (code !== 0) throw new Error(`the synthesis of ${configurationFile} failed:\n${stdout}${stderr}`);
  writeFileSync(stamp, configuration);
  return folder;
}

/** What the bed was deployed with, to be given as `app`: it need not be synthesised again. */
export const deployedApp = (): string => join(bed().folder, 'cdk.out');
