/**
 * What a look at the system has shown about a condition.
 *
 * - `met`: it is met
 * - `open`: it is certainly not met, and nothing is on its way to it
 * - `running`: something is on its way
 * - `unknown`: cannot be told now
 * - `blocked`: it will not be met without a person
 *
 * @internal
 */
export type FindingState = 'met' | 'open' | 'running' | 'unknown' | 'blocked';

/**
 * Numbers by name.
 *
 * @internal
 */
export type Noted = Readonly<Record<string, number>>;

/** @internal */
export interface Finding {
  readonly state: FindingState;
  /** A sentence for the operator. */
  readonly why: string;
  /** What to do, where it is blocked. */
  readonly advice?: string;
  /** Id of the last change that the cluster has had, or 0 if there was none, where the look has shown it. */
  readonly lastChange?: number;
  /** What later steps compare with, where the step ends with it. */
  readonly noted?: Noted;
  /** What should be known although it stops nothing. */
  readonly warnings?: readonly string[];
  /** How long what is watched may be so, in milliseconds, where that is not as for a region that is not seen. */
  readonly patienceMs?: number;
  /** Where this lasts, the recovery is given up: nobody can go on with it. */
  readonly givesUp?: boolean;
  /** Nobody has answered at all. */
  readonly silent?: boolean;
}

/** @internal */
export const met = (why: string, warnings: readonly string[] = []): Finding => ({ state: 'met', why, warnings });
/** @internal */
export const open = (why: string): Finding => ({ state: 'open', why });
/** @internal */
export const running = (why: string): Finding => ({ state: 'running', why });
/** @internal */
export const unknown = (why: string): Finding => ({ state: 'unknown', why });
/**
 * What a reading that has failed says about a condition.
 *
 * @internal
 */
export const unread = ({ why, silent }: { readonly why: string; readonly silent?: boolean }): Finding => ({
  state: 'unknown',
  why,
  ...(silent ? { silent } : {}),
});
/** @internal */
export const blocked = (why: string, advice: string): Finding => ({ state: 'blocked', why, advice });

/**
 * The first of several findings that does not hold, or that all do.
 *
 * @internal
 */
export function allOf(findings: readonly Finding[]): Finding {
  const order: readonly FindingState[] = ['blocked', 'open', 'unknown', 'running'];
  for (const state of order) {
    const found = findings.find(finding => finding.state === state);
    if (found) return found;
  }
  return met(
    findings.map(finding => finding.why).join('; '),
    findings.flatMap(finding => finding.warnings ?? []),
  );
}
