#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import type { Clock } from '../lib/recovery/ports';
import { RecoveryStop } from '../lib/recovery/stop';
import { whenReaderLeaves } from './closed-pipe';
import { Commands, type CommandOptions } from './recover/commands';
import type { FoundDeployment } from './recover/deployment';
import { EXIT, exitCodeOf, UnreachableError, UsageError } from './recover/exit-code';
import { tell } from './recover/run-order';
import { SystemClock } from './recover/system-clock';
import { urlDeployment } from './recover/url-deployment';

const CODES = `
Exit codes: ${EXIT.done} done. ${EXIT.stopped} stopped, and says what to do. ${EXIT.usage} wrong usage. ${EXIT.refused} did not begin: a condition is not met.
${EXIT.taken} somebody else runs it. ${EXIT.unreachable} the deployment cannot be reached or described. ${EXIT.interrupted} interrupted: 'recover resume' goes on.`;

type Run = (commands: Commands) => Promise<number> | number;

const interruption = new AbortController();

function program(): Command {
  const root = new Command('recover')
    .description('Fails a Camunda cluster over to one region when the other is lost, and back when it is recreated.')
    .exitOverride()
    .addHelpText('after', CODES);
  runs(root.command('status').description('shows brokers, partitions, exporters, both regions, and a recovery that is under way'), c =>
    c.status(),
  ).option('--surviving <region>', 'the region through which to look');
  runs(root.command('plan').description('prints the steps with the calls that they send; touches nothing'), c => c.plan())
    .option('--lost <region>', 'plan of a failover')
    .option('--recreated <region>', 'plan of a failback')
    .addOption(repositoryType())
    .addOption(repositorySetting());
  acts(runs(root.command('failover').description('makes the other region work alone'), c => c.start('failover')))
    .requiredOption('--lost <region>', 'the region that is lost: region0 or region1')
    .option('--fenced', 'confirms that the lost region is cut off although it still answers')
    .option('--abandon', 'forgets the record of an earlier recovery that is not finished');
  acts(runs(root.command('failback').description('brings a recreated region back'), c => c.start('failback')))
    .requiredOption('--recreated <region>', 'the region that is recreated')
    .option('--abandon', 'forgets the record of an earlier recovery that is not finished')
    .addOption(repositoryType())
    .addOption(repositorySetting());
  acts(runs(root.command('resume').description('goes on with a recovery, whoever began it'), c => c.resume()))
    .option('--send-again', 'confirms that a request whose outcome is unknown was never accepted')
    .option('--new-snapshot', 'takes another snapshot');
  runs(root.command('verify').description('checks that both regions are whole, or that one works alone'), c => c.verify())
    .option('--lost <region>', 'the region without which it works')
    .option('--wait [seconds]', 'looks until it is so, and says what is missing (default: half an hour)')
    .option('--surviving <region>', 'the region through which to look');
  runs(root.command('fence').description('cuts off the brokers of a region that is to be given up'), c => c.fence())
    .requiredOption('--region <region>', 'the region')
    .addOption(new Option('--how <means>', 'scale: no brokers. isolate: no network').choices(['scale', 'isolate']).default('scale'))
    .option('--yes', 'does not ask');
  return root;
}

function repositoryType(): Option {
  return new Option('--repository-type <type>', 'kind of snapshot repository (default: as the deployment describes it)');
}

function repositorySetting(): Option {
  return new Option(
    '--repository-setting <name=value>',
    'setting of the snapshot repository instead of the one that the deployment describes; may be given several times',
  ).argParser((value: string, earlier: string[] | undefined) => [...(earlier ?? []), value]);
}

function acts(command: Command): Command {
  return command
    .option('--yes', 'does not ask')
    .option('--dry-run', 'prints what would be sent, and why, and sends nothing')
    .option('--report <folder>', 'where to write report.md and report.json');
}

/** A command with the options that lead to the deployment. */
function runs(command: Command, run: Run): Command {
  return command
    .option('--context <list>', 'contexts of the kubeconfig: region0=NAME,region1=NAME')
    .option('--namespace <name>', 'namespace in which the deployment describes itself')
    .option('--topology <file>', 'topology document; then everything else is given by options too')
    .option('--management-url <url>', 'management API of a gateway that survives')
    .option('--rest-url <url>', 'REST API of a gateway that survives')
    .option('--rest-user <name:password>', 'user of the REST API, or name:@file (default with kubeconfigs: read from the cluster)')
    .option('--elasticsearch-url <list>', 'region0=URL,region1=URL')
    .option('--elasticsearch-user <name:password>', 'the same for Elasticsearch: one for both regions, or region0=...,region1=...')
    .option(
      '--ca <file>',
      'authority that signed the certificates of REST API and Elasticsearch (default with kubeconfigs: read from the cluster)',
    )
    .option('--state <file>', 'where progress is kept')
    .option('--operator <name>', 'under which it is recorded who acts')
    .option('--json', 'one JSON object a line')
    .allowExcessArguments(false)
    .exitOverride()
    .action(async (options: CommandOptions) => {
      const clock = new SystemClock(interruption.signal);
      const found = await find(options, clock);
      process.exitCode = await run(new Commands(found, options, clock, interruption.signal));
    });
}

/** The Kubernetes client is loaded only where it is used: it takes longer than the rest of the program. */
async function find(options: CommandOptions, clock: Clock): Promise<FoundDeployment> {
  if (options.topology !== undefined) return urlDeployment(options, clock);
  const { kubernetesDeployment } = await import('./recover/kubernetes-deployment');
  return kubernetesDeployment(options, clock);
}

async function main(): Promise<void> {
  // Whoever reads the output may stop reading: that must not end a recovery half way.
  whenReaderLeaves(() => undefined);
  // The first one ends the run at the next safe point; a second one ends the process.
  process.once('SIGINT', () => interruption.abort());
  process.once('SIGTERM', () => interruption.abort());
  try {
    await program().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
    else if (error instanceof RecoveryStop) {
      tell(error, process.argv.includes('--json'));
      process.exitCode = exitCodeOf(error.kind);
    } else if (error instanceof UsageError) fail(error, EXIT.usage);
    else if (error instanceof UnreachableError || (error instanceof Error && error.name === 'RecoveryTopologyError'))
      fail(error, EXIT.unreachable);
    else if (isAnswerOfKubernetes(error)) fail(new Error(`the Kubernetes API refused: ${error.message.split('\n')[0]}`), EXIT.unreachable);
    else failUnexpectedly(error);
  }
}

function isAnswerOfKubernetes(error: unknown): error is Error & { readonly code: number } {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}

/** A mistake of this program. What was sent is recorded all the same. */
function failUnexpectedly(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  fail(new Error(`${text}\n  what to do: look with 'recover status'; 'recover resume' goes on where this has ended`), EXIT.stopped);
}

function fail(error: Error, code: number): void {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = code;
}

// A request to a lost region may still be waiting for its end: nobody waits for the answer.
void main().finally(() => process.stdout.write('', () => process.exit()));
