import type { Problem } from '../../constructs/topology/rules/judging/problem';

/** A problem and the place in the configuration file where it can be solved. */
export interface LocatedProblem extends Problem {
  /** The file, as the user named it. */
  readonly file: string;

  /** Line, from 1. */
  readonly line: number;

  /** Column, from 1. */
  readonly column: number;
}
