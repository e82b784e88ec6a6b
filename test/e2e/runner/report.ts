import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BED_HOME, BED_SCRIPTS, INSTANCE, type ConfigurationName } from '../support/bed-state';
import type { TestOutcome } from './jest-run';

/** How the proofs of one configuration went. */
export interface ConfigurationResult {
  readonly configuration: ConfigurationName;
  /** One line on what was proven: regions, versions, sizes. */
  readonly summary: string;
  /** Times and sizes of the run itself, by name. */
  readonly figures: readonly (readonly [name: string, value: string])[];
  readonly tests: readonly TestOutcome[];
}

/** Where the report is written. */
export const REPORT_FILE = join(BED_HOME, INSTANCE === 0 ? 'report.md' : `report-${INSTANCE}.md`);

const MARKS = { passed: 'passed', failed: '**FAILED**', skipped: 'skipped' };
const TABLE_HEADING = '## What is real, what stands in';

/** Writes the report, and returns its text. */
export function writeReport(results: readonly ConfigurationResult[]): string {
  const text = [
    '# What was proven',
    ...results.map(section),
    '## What the bed cannot prove',
    'It is not AWS. From the table in test/e2e/bed/README.md:',
    limits(readFileSync(join(BED_SCRIPTS, 'README.md'), 'utf8')).join('\n'),
    '',
  ].join('\n\n');
  writeFileSync(REPORT_FILE, text);
  return text;
}

/** The last line of a run, which programs read. */
export function closingLine(results: readonly ConfigurationResult[]): string {
  const count = (status: TestOutcome['status']): number =>
    results.reduce((sum, { tests }) => sum + tests.filter(test => test.status === status).length, 0);
  const skipped = count('skipped');
  return `${count('passed')} passed, ${count('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** What stands in for the real thing, and what it doesn't do, as a list. */
export function limits(readme: string): string[] {
  const [, after] = readme.split(TABLE_HEADING);
  const rows = (after ?? '')
    .split('\n## ')[0]
    .split('\n')
    .filter(line => line.startsWith('|'));
  const found = rows.slice(2).map(row => {
    const [part, , standIn] = row
      .split('|')
      .slice(1)
      .map(cell => cell.trim());
    return `- **${part}**: ${standIn}`;
  });
  if (found.length === 0) throw new Error(`bed/README.md has no table under '${TABLE_HEADING}'`);
  return found;
}

function section({ configuration, summary, figures, tests }: ConfigurationResult): string {
  return [
    `## Configuration \`${configuration}\``,
    summary,
    figures.map(([name, value]) => `- ${name}: ${value}`).join('\n'),
    ['| proof | result | time | figures |', '|---|---|---:|---|', ...tests.map(row)].join('\n'),
  ].join('\n\n');
}

function row({ name, status, seconds, figures }: TestOutcome): string {
  const values = figures.map(figure => `${figure.name}: ${figure.value}`).join('; ');
  return `| ${cell(name)} | ${MARKS[status]} | ${seconds.toFixed(1)} s | ${cell(values)} |`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
