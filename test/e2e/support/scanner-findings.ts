import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './bed-state';

/** What a scanner found: which rule, and where. */
export interface ScannerFinding {
  readonly rule: string;
  readonly place: string;
}

/** Findings of a scanner that docs/scanners.md has a decision about, by rule and by what they are found at. */
export function decidedFindings(scanner: string): ScannerFinding[] {
  return readFileSync(join(PROJECT, 'docs/scanners.md'), 'utf8')
    .split('\n')
    .map(line => line.split('|').map(cell => cell.trim()))
    .filter(cells => cells[1] === scanner && cells[4] !== '')
    .map(cells => ({ rule: cells[2], place: cells[3] }));
}

/** Rules of findings, each once, in the order of the alphabet. */
export function rulesOf(findings: readonly ScannerFinding[]): string[] {
  return [...new Set(findings.map(({ rule }) => rule))].sort();
}
