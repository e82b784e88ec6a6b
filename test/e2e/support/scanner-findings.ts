import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './bed-state';

/** What a scanner found: which rule, and where. */
export interface ScannerFinding {
  readonly rule: string;
  readonly place: string;
}

/** Ids of the findings of a scanner that docs/scanners.md has a decision about. */
export function decidedFindings(scanner: string): string[] {
  return readFileSync(join(PROJECT, 'docs/scanners.md'), 'utf8')
    .split('\n')
    .map(line => line.split('|').map(cell => cell.trim()))
    .filter(cells => cells[1] === scanner && cells[4] !== '')
    .map(cells => cells[2]);
}

/** Rules of findings, each once, in the order of the alphabet. */
export function rulesOf(findings: readonly ScannerFinding[]): string[] {
  return [...new Set(findings.map(({ rule }) => rule))].sort();
}
