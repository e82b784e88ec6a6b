import { Command } from 'commander';
import { printedVersions } from './versions-table/printed-versions';
import { versionProblems } from './versions-table/version-problems';
import { versionRows } from './versions-table/version-rows';

/** Prints everything that has a version, with what is known to be newer. Ends with 1 if it is asked to check and something must be done. */
function print({ check, json }: { readonly check?: boolean; readonly json?: boolean }): void {
  const today = new Date();
  const rows = versionRows();
  const problems = versionProblems(rows, today);
  process.stdout.write(`${json ? JSON.stringify({ rows, problems }, undefined, 2) : printedVersions(rows, today)}\n`);
  problems.forEach(problem => process.stderr.write(`${problem}\n`));
  if (check && problems.length > 0) process.exitCode = 1;
}

new Command('npm run versions --')
  .description('Prints everything that has a version: what is deployed, what is known to be newer, and until when it is maintained.')
  .option('--check', 'end with 1 if a fact is older than 120 days, or a default is past its end')
  .option('--json', 'print it as JSON, with sources and days')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(print)
  .parse();
