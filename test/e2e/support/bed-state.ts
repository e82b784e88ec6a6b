import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The root of the project. */
export const PROJECT = resolve(__dirname, '../../..');

/** Everything that is built and run. Not under version control. */
export const BED_HOME = join(PROJECT, '.bed');

/** The scripts of the bed. */
export const BED_SCRIPTS = join(PROJECT, 'test/e2e/bed');

/** Configurations that the proofs run with. */
export type ConfigurationName = 'default' | 'second' | 'oldest';

/** What the runner leaves for the proofs, and for a later run that finds the bed still up. */
export interface BedState {
  readonly configuration: ConfigurationName;
  /** The configuration file that was deployed: the project's own, with account and chart repository of the bed. */
  readonly configurationFile: string;
  /** Whether it stays up when the run that booted it ends. */
  readonly kept: boolean;
  /** Added to the environment of everything that talks to the bed. */
  readonly environment: Readonly<Record<string, string>>;
}

/** How one command of the deployment went. */
export interface Step {
  readonly code: number;
  readonly seconds: number;
  /** All that it printed. */
  readonly log: string;
}

/** The deployment of a bed, which happens once, before the first proof. */
export interface Deployment {
  readonly bootstrap: Step;
  /** Missing if the bootstrap failed. */
  readonly deploy?: Step;
  /** Whether an earlier deployment of this bed was updated. */
  readonly again: boolean;
}

/** Number of the bed, 0 to 9: beds of different numbers run side by side, on addresses and ports of their own. */
export const INSTANCE = instanceNumber(process.env.BED_INSTANCE ?? '0');

/** Logs, keys and data of this bed. */
export const RUN_FOLDER = join(BED_HOME, INSTANCE === 0 ? 'run' : `run-${INSTANCE}`);

/** What proofs synthesise of changed configurations. A new deployment removes it. */
export const CHANGED_FOLDER = join(RUN_FOLDER, 'changed');

const STATE_FILE = join(RUN_FOLDER, 'bed.json');
const DEPLOYMENT_FILE = join(RUN_FOLDER, 'deployment.json');

export const readBedState = (): BedState | undefined => readJson<BedState>(STATE_FILE);
export const writeBedState = (state: BedState): void => writeJson(STATE_FILE, state);

/** The deployment that the bed has now. Undefined before it, and after a proof has destroyed it. */
export const readDeployment = (): Deployment | undefined => readJson<Deployment>(DEPLOYMENT_FILE);
export const writeDeployment = (deployment: Deployment | undefined): void => writeJson(DEPLOYMENT_FILE, deployment ?? null);

/** Whether both commands of the deployment ended well. */
export function isDeployed(deployment: Deployment | undefined): boolean {
  return deployment?.bootstrap.code === 0 && deployment.deploy?.code === 0;
}

function instanceNumber(text: string): number {
  if (!/^\d$/.test(text)) throw new Error(`BED_INSTANCE must be a digit, got '${text}'`);
  return Number(text);
}

function readJson<T>(path: string): T | undefined {
  return existsSync(path) ? ((JSON.parse(readFileSync(path, 'utf8')) as T | null) ?? undefined) : undefined;
}

/** In one step, so that nobody reads half a file. */
function writeJson(path: string, value: unknown): void {
  const half = `${path}.${process.pid}`;
  writeFileSync(half, `${JSON.stringify(value, undefined, 2)}\n`);
  renameSync(half, path);
}
