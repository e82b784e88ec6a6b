import { Command, CommanderError } from 'commander';
import { reviewOf } from '../lib/review/document/review-of';
import { ConfigurationFileError } from './config/configuration-file-error';
import { printedProblems, showsColour } from './config/printed-problems';
import { readConfiguration } from './config/read-configuration';
import { exitOnMistake } from './exit-on-mistake';
import { EXIT, exitCodeOf } from './review/exit-code';
import { renderedDeployment } from './review/rendered-deployment';
import { writeMistakes, writeReview } from './review/write-review';

interface Options {
  readonly config: string;
  readonly out: string;
}

function program(): Command {
  return new Command('review')
    .description(
      'Reviews a configuration: what it deploys, what crosses the regions, what a loss stops, what it costs. Needs no AWS account.',
    )
    .option('--config <file>', 'configuration file', 'config/default.yaml')
    .option('--out <folder>', 'folder for review.md, review.html, review.json and review.sarif', 'out/review')
    .allowExcessArguments(false)
    .exitOverride()
    .addHelpText(
      'after',
      [
        `\nExit code ${EXIT.fine}: written, nothing is dangerous.`,
        `${EXIT.mistake}: a mistake in the configuration.`,
        `${EXIT.dangerous}: written, with dangerous changes or requirements that are not met.`,
        `${EXIT.usage}: wrong usage, or no place to write.`,
      ].join(' '),
    );
}

function review({ config, out }: Options): void {
  const today = new Date();
  try {
    const { settings, warnings } = readConfiguration(config, today);
    if (warnings.length > 0) process.stderr.write(`${printedProblems(warnings, { colour: showsColour(process.stderr) })}\n`);
    const { topology, ...rendered } = renderedDeployment(settings);
    const finished = { ...reviewOf({ topology, rendered, source: config, today }), topology, problems: warnings };
    const files = writeReview(out, finished);
    process.stderr.write(`${files.join(', ')}, from ${config}\n`);
    process.exitCode = exitCodeOf(finished.document);
  } catch (error) {
    if (error instanceof ConfigurationFileError) writeMistakes(out, config, error.problems);
    throw error;
  }
}

exitOnMistake(() => {
  try {
    review(program().parse().opts<Options>());
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    } else if (error instanceof Error && 'syscall' in error) {
      process.stderr.write(`cannot write the review: ${error.message}\n`);
      process.exitCode = EXIT.usage;
    } else {
      throw error;
    }
  }
});
