import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { busy, turning } from './busy';
import { SUMMARY_FILE } from './summary-file';
import { helpOnMisuse, WRONG_USAGE } from './wrong-usage';

interface Options {
  readonly config?: string;
  readonly output: string;
}

/** `cdk synth` with the arguments that it was given, and a summary as the last thing on the screen. */
async function synth({ config, output }: Options, { args }: Command): Promise<void> {
  const given = ['--output', output, ...(config === undefined ? [] : ['--context', `config=${config}`]), ...args];
  busy('starting the CDK');
  const stop = turning();
  const cdk = spawn(process.execPath, [require.resolve('aws-cdk/bin/cdk'), 'synth', '--quiet', ...given], { stdio: 'inherit' });
  const [status] = (await once(cdk, 'close')) as [number | null];
  stop();
  process.exitCode = status ?? 1;
  if (status === 0) process.stdout.write(`\n${readFileSync(join(output, SUMMARY_FILE), 'utf8')}  templates ${output}\n`);
}

async function main(): Promise<void> {
  try {
    await helpOnMisuse(new Command('npm run synth --'))
      .description('Writes the CloudFormation templates of a configuration, and says what it amounts to. Other arguments go to cdk synth.')
      .option('--config <file>', 'configuration file (default: config/default.yaml)')
      .option('-o, --output <folder>', 'folder for the templates', 'cdk.out')
      .allowUnknownOption()
      .allowExcessArguments()
      .action(synth)
      .parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : WRONG_USAGE;
  }
}

void main();
