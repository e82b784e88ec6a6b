/** Values are cut after this many characters. */
const LONGEST_VALUE = 100;

/** How serious a problem is. */
export enum ProblemSeverity {
  /** The deployment cannot work: nothing is synthesised. */
  ERROR = 'error',
  /** The deployment can work, but something should be looked at first. */
  WARNING = 'warning',
}

/** One finding of one rule about one setting. */
export interface Problem {
  /** Stable id of the rule, for example `cidr-overlap`. */
  readonly rule: string;

  /** Errors stop the synthesis, warnings do not. */
  readonly severity: ProblemSeverity;

  /** The setting, as a path. For example `regions[0].vpcCidr`. */
  readonly setting: string;

  /** The value that it had, as text. */
  readonly value: string;

  /** What the rule demands, continuing the sentence that starts with the setting. */
  readonly requirement: string;

  /** What to change. */
  readonly fix: string;
}

/** The parts of a problem that a rule supplies. */
type Finding = Pick<Problem, 'rule' | 'setting' | 'requirement' | 'fix'> & { readonly value: unknown };

/** @internal */
export function errorOf(finding: Finding): Problem {
  return { ...finding, value: show(finding.value), severity: ProblemSeverity.ERROR };
}

/** @internal */
export function warningOf(finding: Finding): Problem {
  return { ...finding, value: show(finding.value), severity: ProblemSeverity.WARNING };
}

/**
 * One problem as a sentence: setting, rule, value, fix.
 *
 * @internal
 */
export function describeProblem(problem: Problem): string {
  return `'${onOneLine(problem.setting)}' ${problem.requirement}, got ${problem.value}; ${problem.fix} [${problem.rule}]`;
}

/**
 * A value as it stands in a message. A CDK token is named as such, because its text means nothing to the reader.
 *
 * @internal
 */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (isToken(value)) return 'a value that is known only at deployment';
  if (typeof value === 'string') return `'${onOneLine(value)}'`;
  if (Array.isArray(value)) return onOneLine(`[${value.map(entry => (isContainer(entry) ? '...' : show(entry))).join(', ')}]`);
  if (isContainer(value)) return onOneLine(`{ ${Object.keys(value).join(', ')} }`);
  const single = value as number | bigint | boolean | symbol | null;
  return onOneLine(String(single));
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * Text that cannot break out of its line, nor move the cursor of the terminal that shows it.
 *
 * @internal
 */
export function onOneLine(text: string): string {
  const visible = text.replace(/\p{Cc}/gu, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return visible.length > LONGEST_VALUE ? `${visible.slice(0, LONGEST_VALUE)}...` : visible;
}

/**
 * Whether a value is the placeholder of something that CloudFormation computes. Rules cannot judge those, so they are
 * findings and never a silent pass.
 *
 * @internal
 */
export function isToken(value: unknown): boolean {
  return typeof value === 'string' ? /[$#]\{Token\[/.test(value) : typeof value === 'number' && value <= -1e200;
}
