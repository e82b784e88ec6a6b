import { join } from 'node:path';
import { bed } from './bed';
import { PROJECT, writeDeployment } from './bed-state';
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

/** Runs the project's CDK CLI against the emulator, with the configuration of the bed. */
export function cdk(...args: readonly string[]): Promise<CdkOutcome> {
  return cdkWith({}, ...args);
}

/** As `cdk`, with something changed. `destroy` makes the next run deploy anew. */
export async function cdkWith(options: CdkOptions, ...args: readonly string[]): Promise<CdkOutcome> {
  const { environment, configurationFile, folder } = bed();
  if (args[0] === 'destroy' && options.app === undefined) writeDeployment(undefined);
  const outputFolder = options.outputFolder ?? join(folder, options.configurationFile ? 'cdk.out-changed' : 'cdk.out');
  const given =
    options.app === undefined
      ? cdkArguments(args[0], options.configurationFile ?? configurationFile, outputFolder)
      : ['--app', options.app, ...(options.outputFolder === undefined ? [] : ['--output', options.outputFolder])];
  const outcome = await command(process.execPath, [CDK_CLI, ...args, ...given], {
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
