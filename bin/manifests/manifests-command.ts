import { Command, Option } from 'commander';
import { busy } from '../busy';
import { helpOnMisuse, refuseWords, WRONG_USAGE } from '../wrong-usage';
import type { ManifestsOptions } from './write-manifests';

/** `manifests`: what runs in the clusters, as files. What renders them is loaded when it is needed. */
export function manifestsCommand(): Command {
  return helpOnMisuse(new Command('manifests'))
    .description('Writes the Kubernetes manifests of both regions, as the stacks deploy them. Needs no AWS account.')
    .option('--config <file>', 'configuration file', 'config/default.yaml')
    .option('--out <folder>', 'folder for region0/*.yaml and region1/*.yaml, or - for the standard output', 'out/manifests')
    .addOption(new Option('--region <id>', 'only this region').choices(['0', '1']))
    .allowExcessArguments()
    .action(async (options: ManifestsOptions, command: Command) => {
      refuseWords(command, 'name a configuration with --config');
      busy('loading what renders');
      const { writeManifests } = await import('./write-manifests');
      writeManifests(options);
    })
    .addHelpText('after', `\nExit code 0: written. 1: a mistake in the configuration, or no place to write. ${WRONG_USAGE}: wrong usage.`);
}
