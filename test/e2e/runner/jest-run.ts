import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bed } from '../support/bed';
import { PROJECT, RUN_FOLDER } from '../support/bed-state';
import { FIGURES_FILE, type Figure } from '../support/figure';
import { run } from './processes';
import type { Proof } from './proofs';

/** One test of a proof. */
export interface TestOutcome {
  /** File that the test is in. */
  readonly file: string;
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
  readonly figures: readonly Figure[];
}

/** The part of jest's JSON that the report needs. */
interface JestOutput {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string; readonly duration?: number | null }[];
  }[];
}

/** Runs proofs against the bed. What fails is on the screen as jest shows it: on standard error, since --json takes the other. */
export async function runProofs(proofs: readonly Proof[]): Promise<TestOutcome[]> {
  const output = join(RUN_FOLDER, `jest-${process.pid}.json`);
  rmSync(FIGURES_FILE, { force: true });
  await run(
    process.execPath,
    [
      join(PROJECT, 'node_modules/jest/bin/jest.js'),
      ...['--selectProjects', 'e2e', '--testTimeout', '120000', '--testSequencer', join(PROJECT, 'test/e2e/runner/by-name.js')],
      ...['--ci', '--runInBand', '--verbose', '--json', '--outputFile', output],
      ...['--runTestsByPath', ...proofs.map(proof => proof.path)],
    ],
    { env: bed().environment, cwd: PROJECT, quiet: true },
  );
  if (!existsSync(output)) return [{ file: 'jest', name: 'jest itself', status: 'failed', seconds: 0, figures: [] }];
  const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as JestOutput;
  rmSync(output);
  return outcomesOf(testResults, recordedFigures());
}

function outcomesOf(results: JestOutput['testResults'], figures: readonly Figure[]): TestOutcome[] {
  return results.flatMap(({ name, status, assertionResults }): TestOutcome[] => {
    const file = basename(name);
    // A file that can't even be loaded has no tests, and must not pass for that.
    if (assertionResults.length === 0 && status !== 'passed') {
      return [{ file, name: `${file} itself`, status: 'failed', seconds: 0, figures: [] }];
    }
    return assertionResults.map(test => ({
      file,
      name: test.fullName,
      status: test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped',
      seconds: (test.duration ?? 0) / 1000,
      figures: figures.filter(recorded => recorded.test === test.fullName),
    }));
  });
}

function recordedFigures(): Figure[] {
  if (!existsSync(FIGURES_FILE)) return [];
  return readFileSync(FIGURES_FILE, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Figure);
}
