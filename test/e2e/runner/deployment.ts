import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bed } from '../support/bed';
import { CHANGED_FOLDER, PROJECT, readDeployment, RUN_FOLDER, writeDeployment, type Deployment, type Step } from '../support/bed-state';
import { CDK_CLI, cdkArguments } from '../support/cdk';
import { ACCOUNT } from './configuration';
import { run } from './processes';

/**
 * Deploys both regions as the README says, once, before the proofs. How it went is for the proof of the deployment to
 * judge: a failure is a failed test, with all that the CDK printed.
 */
export async function deploy(): Promise<Deployment> {
  const again = readDeployment() !== undefined;
  writeDeployment(undefined);
  rmSync(CHANGED_FOLDER, { recursive: true, force: true });
  mkdirSync(CHANGED_FOLDER);
  const { regions } = bed();
  // In a folder without an app: regions that are named need none, and in the project the CLI would synthesise it for nothing.
  const bootstrap = await step(RUN_FOLDER, 'bootstrap', ...regions.map(({ awsRegion }) => `aws://${ACCOUNT}/${awsRegion}`));
  const deployment: Deployment = {
    bootstrap,
    // Two more than the README: nobody can be asked here, and two regions at once are what it suggests to the impatient.
    deploy: bootstrap.code === 0 ? await step(PROJECT, 'deploy', '--all', '--require-approval', 'never', '--concurrency', '2') : undefined,
    again,
  };
  writeDeployment(deployment);
  return deployment;
}

async function step(cwd: string, name: string, ...args: readonly string[]): Promise<Step> {
  const { configurationFile, environment } = bed();
  const log = join(RUN_FOLDER, `cdk-${name}.log`);
  rmSync(log, { force: true });
  const given = cwd === PROJECT ? cdkArguments(name, configurationFile, join(RUN_FOLDER, 'cdk.out')) : [];
  const started = Date.now();
  const code = await run(process.execPath, [CDK_CLI, name, ...args, ...given], { env: environment, cwd, log });
  return { code, seconds: (Date.now() - started) / 1000, log: readFileSync(log, 'utf8') };
}
