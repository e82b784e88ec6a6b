import { readFileSync } from 'node:fs';
import { planOf } from '../../constructs/topology/plan-of';
import { changesBetween } from '../../lib/review/changes/changes-between';
import { changesSection, withoutBaseSection } from '../../lib/review/changes/changes-section';
import { stateOf } from '../../lib/review/changes/deployment-state';
import { verdictOn } from '../../lib/review/changes/verdict';
import type { ReviewSection } from '../../lib/review/document/review-document';
import { reviewOf } from '../../lib/review/document/review-of';
import { version as libraryVersion } from '../../package.json';
import { busy } from '../busy';
import { ConfigurationFileError } from '../config/configuration-file-error';
import { printWarnings } from '../config/print-warnings';
import { readConfiguration } from '../config/read-configuration';
import { exitOnMistake, notWritten, type Ending } from '../exit-on-mistake';
import { readBase } from './base';
import { compareTemplates } from './base-comparison';
import { BaseError } from './base-error';
import { writeState } from './base-state-folder';
import { dangerLines } from './danger-lines';
import { EXIT, exitCodeOf } from './exit-code';
import { renderedDeployment, type RenderedDeployment } from './rendered-deployment';
import { writeMistakes, writeReview } from './write-review';

/** Options of `review`. */
export interface ReviewOptions {
  readonly config: string;
  readonly base?: string;
  readonly out: string;
}

/** Reviews a configuration, and writes what was found, also where that is a mistake. */
export function runReview(options: ReviewOptions): void {
  exitOnMistake(() => {
    try {
      review(options);
    } catch (error) {
      if (error instanceof ConfigurationFileError) writeMistakes(options.out, options.config, error.problems);
      throw error;
    }
  }, unusable);
}

function unusable(error: unknown): Ending | undefined {
  if (error instanceof BaseError) return { message: error.message, code: EXIT.unusable };
  return notWritten(error, 'the review', EXIT.unusable);
}

function review({ config, base, out }: ReviewOptions): void {
  const today = new Date();
  busy(`rendering ${config}`);
  const { warnings, rendered: renderedFrom } = readConfiguration(config, today);
  const deployment = renderedFrom(renderedDeployment);
  const state = stateOf({ ...deployment, libraryVersion });
  // Before anything is written: the base may be in the same folder.
  const extra = [changesOf(deployment, state, { config, base, today })];
  busy('judging what was rendered');
  const { topology, ...rendered } = deployment;
  const finished = { ...reviewOf({ topology, rendered, source: config, today, extra }), topology, problems: warnings };
  const files = [...writeReview(out, finished), writeState(out, state, readFileSync(config, 'utf8'))];
  busy();
  printWarnings(warnings);
  process.stderr.write(`${files.join(', ')}, from ${config}\n`);
  dangerLines(finished.document).forEach(line => process.stderr.write(`${line}\n`));
  process.exitCode = exitCodeOf(finished.document);
}

function changesOf(
  { topology }: RenderedDeployment,
  head: ReturnType<typeof stateOf>,
  { config, base, today }: Pick<ReviewOptions, 'config' | 'base'> & { readonly today: Date },
): ReviewSection {
  if (base === undefined) return withoutBaseSection('Nothing was compared: name what is deployed with --base.');
  busy(`reading what to compare with: ${base}`);
  const before = readBase({ base, config, libraryVersion, render: renderedDeployment, today });
  const changes = before.state === undefined ? [] : changesBetween(before.state, head, compareTemplates);
  return changesSection(verdictOn(changes, planOf(topology).settings.review.acknowledge, today), before);
}
