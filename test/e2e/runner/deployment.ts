import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bed } from '../support/bed';
import { PROJECT, readDeployment, RUN_FOLDER, writeDeployment, type Deployment, type Step } from '../support/bed-state';
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
  const { regions } = bed();
  const bootstrap = await step('bootstrap', ...regions.map(({ awsRegion }) => `aws://${ACCOUNT}/${awsRegion}`));
  const deployment: Deployment = {
    bootstrap,
    // Two more than the README: nobody can be asked here, and two regions at once are what it suggests to the impatient.
    deploy: bootstrap.code === 0 ? await step('deploy', '--all', '--require-approval', 'never', '--concurrency', '2') : undefined,
    again,
  };
  writeDeployment(deployment);
  return deployment;
}

async function step(name: string, ...args: readonly string[]): Promise<Step> {
  const { configurationFile, environment } = bed();
  const log = join(RUN_FOLDER, `cdk-${name}.log`);
  rmSync(log, { force: true });
  const started = Date.now();
  const code = await run(
    process.execPath,
    [CDK_CLI, name, ...args, ...cdkArguments(name, configurationFile, join(RUN_FOLDER, 'cdk.out'))],
    {
      env: environment,
      cwd: PROJECT,
      log,
    },
  );
  return { code, seconds: (Date.now() - started) / 1000, log: readFileSync(log, 'utf8') };
}
