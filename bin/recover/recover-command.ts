import { Command, Option } from 'commander';
import { refuseWords } from '../wrong-usage';
import { REGIONS, regionNumber } from './arguments';
import type { CommandOptions } from './commands';
import { EXIT } from './exit-code';
import { givenOnce } from './given-once';
import type { CommandName } from './needed-options';

const HELP = `
Messages name the commands of this program like 'recover status': start them as you have started this one.
Exit codes: ${EXIT.done} done. ${EXIT.stopped} stopped, and says what to do. ${EXIT.usage} wrong usage. ${EXIT.refused} did not begin: a condition is not met.
${EXIT.taken} somebody else runs it. ${EXIT.unreachable} the deployment cannot be reached or described. ${EXIT.interrupted} interrupted: 'recover resume' goes on.`;

const REPOSITORY_SETTING = '--repository-setting';

/** `recover` with its commands. What acts is loaded when it is needed. */
export function recoverCommand(): Command {
  const root = new Command('recover')
    .description('Fails a Camunda cluster over to one region when the other is lost, and back when it is recreated.')
    .exitOverride()
    // Each failure is told once, where the program ends.
    .configureOutput({ outputError: () => undefined })
    .addHelpText('after', HELP);
  const command = (name: CommandName, description: string): Command => connected(root.command(name).description(description), name);
  command('status', 'shows brokers, partitions, exporters, both regions, and a recovery that is under way').addOption(
    region('--surviving', 'the region through which to look'),
  );
  command('plan', 'prints the steps with the calls that they send; touches nothing')
    .addOption(region('--lost', 'plan of a failover'))
    .addOption(region('--recreated', 'plan of a failback'))
    .addOption(region('--to', 'plan of a switch of the leaders'))
    .addOption(repositoryType())
    .addOption(repositorySetting());
  acts(command('failover', 'makes the other region work alone'))
    .addOption(region('--lost', 'the region that is lost'))
    .option('--fenced', 'confirms that the lost region is cut off, where it still answers or nothing can be seen of it')
    .option('--abandon', 'begins anew although an earlier recovery is not finished, or its record cannot be read');
  acts(command('failback', 'brings a recreated region back'))
    .addOption(region('--recreated', 'the region that is recreated'))
    .option('--abandon', 'begins anew although an earlier recovery is not finished, or its record cannot be read')
    .addOption(repositoryType())
    .addOption(repositorySetting());
  acts(command('switch', 'moves the leaders of all partitions into one region, while both live; for clusters with zones')).addOption(
    region('--to', 'the region that gets them'),
  );
  acts(command('scale', 'makes members of new brokers and adds partitions, as many as are described, while both regions live'));
  acts(command('resume', 'goes on with a recovery, also one that somebody else began'))
    .option('--send-again', 'confirms that a request whose outcome is unknown was never accepted')
    .option('--new-snapshot', 'takes another snapshot');
  command('verify', 'checks that both regions are whole, or that one works alone')
    .addOption(region('--lost', 'the region without which it works'))
    .option('--wait [seconds]', 'looks until it is so, and says what is missing (default: half an hour)')
    .addOption(region('--surviving', 'the region through which to look'));
  command('fence', 'cuts off the brokers of a region that is to be given up')
    .addOption(region('--region', 'the region'))
    .addOption(new Option('--how <means>', 'scale: no brokers. isolate: no network').choices(['scale', 'isolate']).default('scale'))
    .option('--other-lives', 'confirms that the other region lives, where it cannot be asked from here')
    .option('--yes', 'does not ask');
  command('cancel-change', 'cancels a pending change through the lowest broker of a lost region, once that is back')
    .addOption(region('--lost', 'the region that is lost, but for that broker'))
    .option('--yes', 'does not ask');
  command(
    'temporary-broker',
    'prints a pod that is the lowest broker of a lost region for as long as it takes to cancel a change; touches nothing',
  ).addOption(region('--lost', 'the region that is lost'));
  command('traffic', 'takes a region out of the DNS, or brings it back; touches neither the region nor the engine')
    .addOption(region('--off', 'the region that gets no users any more'))
    .addOption(region('--on', 'the region that gets users again'))
    .option('--other-lives', 'confirms that the other region lives, where it cannot be asked from here')
    .option('--yes', 'does not ask')
    .option('--dry-run', 'prints what would be sent, and sends nothing; ends with the code that the run would end with');
  root.commands.forEach(one => givenOnce(one, [REPOSITORY_SETTING]));
  return root;
}

/** An option that names a region. One that there is none of is told at once. */
function region(name: string, description: string): Option {
  const regions = Array.from({ length: REGIONS }, (_, regionId) => `region${regionId}`);
  return new Option(`${name} <region>`, description).choices(regions).argParser((value: string) => {
    regionNumber(value, REGIONS);
    return value;
  });
}

function repositoryType(): Option {
  return new Option('--repository-type <type>', 'kind of snapshot repository (default: as the deployment describes it)');
}

function repositorySetting(): Option {
  return new Option(
    `${REPOSITORY_SETTING} <name=value>`,
    'setting of the snapshot repository instead of the one that the deployment describes; may be given several times',
  ).argParser((value: string, earlier: string[] | undefined) => [...(earlier ?? []), value]);
}

function acts(command: Command): Command {
  return command
    .option('--yes', 'does not ask')
    .option('--dry-run', 'prints what would be sent, and why, and sends nothing; ends with the code that the run would end with')
    .option('--report <folder>', 'where to write report.md and report.json');
}

/** A command with the options that lead to the deployment. */
function connected(command: Command, name: CommandName): Command {
  return command
    .option('--context <list>', 'contexts of the kubeconfig: region0=NAME,region1=NAME')
    .option('--namespace <name>', 'namespace in which the deployment describes itself')
    .option('--topology <file>', 'topology document; then everything else is given by options too')
    .option('--management-url <url>', 'management API of a gateway that survives')
    .option('--rest-url <url>', 'REST API of a gateway that survives')
    .option('--rest-user <name:password>', 'user of the REST API, or name:@file (default with kubeconfigs: read from the cluster)')
    .option('--rest-token <token>', 'token of the REST API instead, or @file, where users log in by an identity provider')
    .option('--elasticsearch-url <list>', 'region0=URL,region1=URL')
    .option('--elasticsearch-user <name:password>', 'the same for Elasticsearch: one for both regions, or region0=...,region1=...')
    .option(
      '--ca <file>',
      'authority that signed the certificates of REST API and Elasticsearch (default with kubeconfigs: read from the cluster)',
    )
    .option('--state <file>', 'where progress is kept')
    .option('--operator <name>', 'under which it is recorded who acts')
    .option('--json', 'one JSON object a line')
    .allowExcessArguments()
    .action(async (options: CommandOptions) => {
      refuseWords(command, 'what it needs is given by options');
      const { runCommand } = await import('./run-command');
      process.exitCode = await runCommand(name, options);
    });
}
