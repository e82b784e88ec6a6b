import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_FOLDER } from './bed-state';

/** A figure of a proof, for the report. */
export interface Figure {
  /** Full name of the test. */
  readonly test: string;
  readonly name: string;
  readonly value: string;
}

/** One figure a line. */
export const FIGURES_FILE = join(RUN_FOLDER, 'figures.jsonl');

/** Records a figure of the test that runs: `figure('answer from the peer', '0.3 ms')`. Numbers are written as they are. */
export function figure(name: string, value: string | number): void {
  const test = expect.getState().currentTestName;
  if (test === undefined) throw new Error(`figure '${name}' is recorded outside of a test`);
  const record: Figure = { test, name, value: String(value) };
  appendFileSync(FIGURES_FILE, `${JSON.stringify(record)}\n`);
}

/** A duration the way the report shows it. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
