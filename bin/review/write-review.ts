import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Topology } from '../../constructs/topology/topology';
import type { Review } from '../../lib/review/document/review-of';
import type { LocatedProblem } from '../config/located-problem';
import { reviewHtml } from './html';
import { reviewMarkdown } from './markdown';
import { mistakesMarkdown } from './mistakes-markdown';
import { reviewSarif } from './sarif';

/** A review that could be made. */
export interface FinishedReview extends Review {
  readonly topology: Topology;
  /** Warnings, with their lines in the configuration. */
  readonly problems: readonly LocatedProblem[];
}

interface ReviewFile {
  readonly name: string;
  readonly textOf: (review: FinishedReview) => string;
}

/** Everything that a review is written as. */
const FILES: readonly ReviewFile[] = [
  { name: 'review.md', textOf: ({ document }) => reviewMarkdown(document) },
  { name: 'review.html', textOf: ({ document, topology }) => reviewHtml(document, topology) },
  { name: 'review.json', textOf: ({ document }) => `${JSON.stringify(document, null, 2)}\n` },
  { name: 'review.sarif', textOf: review => reviewSarif({ source: review.document.source, ...review }) },
];

/** Writes all files of a review, and says which. */
export function writeReview(folder: string, review: FinishedReview): string[] {
  mkdirSync(folder, { recursive: true });
  return FILES.map(({ name, textOf }) => write(folder, name, textOf(review)));
}

/** Where a mistake keeps a review from being made, the mistake is shown in its place. What an earlier run left would mislead. */
export function writeMistakes(folder: string, source: string, problems: readonly LocatedProblem[]): void {
  mkdirSync(folder, { recursive: true });
  FILES.forEach(({ name }) => rmSync(join(folder, name), { force: true }));
  write(folder, 'review.md', mistakesMarkdown(source, problems));
  write(folder, 'review.sarif', reviewSarif({ source, problems }));
}

function write(folder: string, name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}
