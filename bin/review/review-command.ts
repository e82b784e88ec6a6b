import { Command } from 'commander';
import { busy } from '../busy';
import { helpOnMisuse, refuseWords } from '../wrong-usage';
import { commentCommand } from './comment/comment-command';
import { EXIT } from './exit-code';
import type { ReviewOptions } from './run-review';

/** `review`, with its subcommand. What synthesises a configuration is loaded when it is needed. */
export function reviewCommand(): Command {
  return helpOnMisuse(new Command('review'))
    .description(
      'Reviews a configuration: what it deploys, what crosses the regions, what a loss stops, what it costs, what changes. Needs no AWS account.',
    )
    .option('--config <file>', 'configuration file', 'config/default.yaml')
    .option('--base <folder or git ref>', 'what to compare with: the --out folder of an earlier review, or a commit of this repository')
    .option('--out <folder>', 'folder for review.md, review.html, review.json, review.sarif and state/', 'out/review')
    .allowExcessArguments()
    .action(async (options: ReviewOptions, command: Command) => {
      refuseWords(command, "name a configuration with --config; the only subcommand is 'comment'");
      busy('loading the CDK');
      const { runReview } = await import('./run-review');
      runReview(options);
    })
    .addCommand(commentCommand())
    .addHelpText(
      'after',
      [
        `\nExit code ${EXIT.fine}: written, nothing is dangerous.`,
        `${EXIT.mistake}: a mistake in the configuration.`,
        `${EXIT.dangerous}: written, with dangerous changes or requirements that are not met; or wrong usage, and then nothing is written.`,
        `${EXIT.unusable}: a base that cannot be read, or no place to write.`,
      ].join(' '),
    );
}
