#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { planOf } from '../constructs/topology/plan-of';
import { changesBetween } from '../lib/review/changes/changes-between';
import { changesSection, withoutBaseSection } from '../lib/review/changes/changes-section';
import { stateOf } from '../lib/review/changes/deployment-state';
import { verdictOn } from '../lib/review/changes/verdict';
import type { ReviewSection } from '../lib/review/document/review-document';
import { reviewOf } from '../lib/review/document/review-of';
import { version as libraryVersion } from '../package.json';
import { whenReaderLeaves } from './closed-pipe';
import { ConfigurationFileError } from './config/configuration-file-error';
import { printedProblems, showsColour } from './config/printed-problems';
import { readConfiguration } from './config/read-configuration';
import { exitOnMistake } from './exit-on-mistake';
import { readBase } from './review/base';
import { compareTemplates } from './review/base-comparison';
import { BaseError } from './review/base-error';
import { writeState } from './review/base-state-folder';
import { commentCommand } from './review/comment/comment-command';
import { dangerLines } from './review/danger-lines';
import { EXIT, exitCodeOf } from './review/exit-code';
import { renderedDeployment, type RenderedDeployment } from './review/rendered-deployment';
import { writeMistakes, writeReview } from './review/write-review';

interface Options {
  readonly config: string;
  readonly base?: string;
  readonly out: string;
}

function program(): Command {
  return new Command('review')
    .description(
      'Reviews a configuration: what it deploys, what crosses the regions, what a loss stops, what it costs, what changes. Needs no AWS account.',
    )
    .option('--config <file>', 'configuration file', 'config/default.yaml')
    .option('--base <folder or git ref>', 'what to compare with: the --out folder of an earlier review, or a commit of this repository')
    .option('--out <folder>', 'folder for review.md, review.html, review.json, review.sarif and state/', 'out/review')
    .allowExcessArguments(false)
    .exitOverride()
    .action(review)
    .addCommand(commentCommand())
    .addHelpText(
      'after',
      [
        `\nExit code ${EXIT.fine}: written, nothing is dangerous.`,
        `${EXIT.mistake}: a mistake in the configuration.`,
        `${EXIT.dangerous}: written, with dangerous changes or requirements that are not met.`,
        `${EXIT.usage}: wrong usage, a base that cannot be read, or no place to write.`,
      ].join(' '),
    );
}

function review({ config, base, out }: Options): void {
  const today = new Date();
  try {
    const { settings, warnings } = readConfiguration(config, today);
    if (warnings.length > 0) process.stderr.write(`${printedProblems(warnings, { colour: showsColour(process.stderr) })}\n`);
    const deployment = renderedDeployment(settings);
    const state = stateOf({ ...deployment, libraryVersion });
    // Before anything is written: the base may be in the same folder.
    const extra = [changesOf(deployment, state, { config, base, today })];
    const { topology, ...rendered } = deployment;
    const finished = { ...reviewOf({ topology, rendered, source: config, today, extra }), topology, problems: warnings };
    const files = [...writeReview(out, finished), writeState(out, state, readFileSync(config, 'utf8'))];
    process.stderr.write(`${files.join(', ')}, from ${config}\n`);
    dangerLines(finished.document).forEach(line => process.stderr.write(`${line}\n`));
    process.exitCode = exitCodeOf(finished.document);
  } catch (error) {
    if (error instanceof ConfigurationFileError) writeMistakes(out, config, error.problems);
    throw error;
  }
}

function changesOf(
  { topology }: RenderedDeployment,
  head: ReturnType<typeof stateOf>,
  { config, base, today }: Pick<Options, 'config' | 'base'> & { readonly today: Date },
): ReviewSection {
  if (base === undefined) return withoutBaseSection('Nothing was compared: name what is deployed with --base.');
  const before = readBase({ base, config, libraryVersion, render: renderedDeployment, today });
  const changes = before.state === undefined ? [] : changesBetween(before.state, head, compareTemplates);
  return changesSection(verdictOn(changes, planOf(topology).settings.review.acknowledge, today), before);
}

whenReaderLeaves(() => process.exit());
exitOnMistake(() => {
  try {
    program().parse();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    } else if (error instanceof BaseError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = EXIT.usage;
    } else if (error instanceof Error && 'syscall' in error) {
      process.stderr.write(`cannot write the review: ${error.message}\n`);
      process.exitCode = EXIT.usage;
    } else {
      throw error;
    }
  }
});
