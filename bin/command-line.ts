import { Command } from 'commander';
import { CAMUNDA_VERSIONS } from '../constructs/topology/versions/camunda-versions';
import { version } from '../package.json';
import { completionCommand } from './completion/completion-command';
import { manifestsCommand } from './manifests/manifests-command';
import { recoverCommand } from './recover/recover-command';
import { reviewCommand } from './review/review-command';
import { helpOnMisuse } from './wrong-usage';

/** The program of the package, with all that it can do. What does it is loaded when it is needed: the CDK takes seconds. */
export function commandLine(): Command {
  const root = helpOnMisuse(new Command('camunda-dual-region'))
    .description('Camunda 8 as one cluster across two AWS regions: reviewed before it is deployed, and recovered when a region is lost.')
    .version(`camunda-dual-region ${version}, for Camunda ${Object.keys(CAMUNDA_VERSIONS).join(', ')}`)
    .addCommand(reviewCommand())
    .addCommand(manifestsCommand())
    .addCommand(recoverCommand());
  return root.addCommand(completionCommand(root));
}
