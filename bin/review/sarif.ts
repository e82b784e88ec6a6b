import { isAbsolute, relative, sep } from 'node:path';
import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import { ProblemSeverity } from '../../constructs/topology/rules/judging/problem';
import { dangerRows } from '../../lib/review/document/danger-rows';
import type { ReviewDocument } from '../../lib/review/document/review-document';
import { enforcementOf, REQUIREMENTS, type JudgedRequirement } from '../../lib/review/requirements/judged-requirements';
import { PAGES, type Requirement } from '../../lib/review/requirements/requirement';
import type { LocatedProblem } from '../config/located-problem';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const TOOL = 'camunda-dual-region-review';
/** Sections whose findings have results of their own. */
const JUDGED_ELSEWHERE = ['overview', 'requirements'];

/** What a review found, for code scanning. */
export interface SarifFindings {
  /** The configuration file, as the user named it. */
  readonly source: string;
  /** Errors and warnings of the rules, with their lines. */
  readonly problems: readonly LocatedProblem[];
  /** Undefined where a mistake kept the review from being made. */
  readonly document?: ReviewDocument;
  readonly requirements?: readonly JudgedRequirement[];
}

/**
 * The findings in the Static Analysis Results Interchange Format 2.1.0.
 *
 * Every requirement is a rule of the tool, whether or not it is met, so that a reader sees what was looked at.
 */
export function reviewSarif({ source, problems, document, requirements = [] }: SarifFindings): string {
  const results = [
    ...problems.map(problemResult),
    ...requirements.flatMap(judged => requirementResult(judged, problems, source)),
    ...(document ? dangerResults(document, source) : []),
  ];
  const known = REQUIREMENTS.map(requirementRule);
  const ids = new Set(known.map(({ id }) => id));
  const others = [...new Set(results.map(({ ruleId }) => ruleId ?? ''))].filter(id => !ids.has(id)).map(otherRule);
  const rules = [...known, ...others];
  const run: Run = {
    tool: { driver: { name: TOOL, informationUri: PAGES.concept.uri, rules } },
    columnKind: 'utf16CodeUnits',
    results: results.map(result => ({ ...result, ruleIndex: rules.findIndex(({ id }) => id === result.ruleId) })),
  };
  const log: Log = { $schema: SCHEMA, version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function requirementRule(requirement: Requirement): ReportingDescriptor {
  const { id, demand, page } = requirement;
  return {
    id: requirementId(id),
    shortDescription: { text: demand },
    fullDescription: { text: `${demand} Enforced by: ${enforcementOf(requirement)}. Source: ${page.title}.` },
    helpUri: page.uri,
    help: { text: `${page.title}: ${page.uri}` },
  };
}

function requirementId(id: string): string {
  return `camunda/${id}`;
}

function otherRule(id: string): ReportingDescriptor {
  return { id, shortDescription: { text: `Rule ${id} of the configuration or of the review.` }, helpUri: PAGES.concept.uri };
}

function problemResult({ rule, severity, setting, requirement, value, fix, file, line, column }: LocatedProblem): Result {
  return {
    ruleId: rule,
    level: severity === ProblemSeverity.ERROR ? 'error' : 'warning',
    message: { text: `${setting || 'the file'} ${requirement}, got ${value}; ${fix}` },
    locations: [locationIn(file, line, column)],
  };
}

/** At the line of the setting that a rule of the requirement complains of. */
function requirementResult({ requirement, tone, text }: JudgedRequirement, problems: readonly LocatedProblem[], source: string): Result[] {
  if (tone !== 'danger' && tone !== 'warning') return [];
  const place = problems.find(({ rule }) => requirement.rules?.includes(rule));
  return [
    {
      ruleId: requirementId(requirement.id),
      level: tone === 'danger' ? 'error' : 'warning',
      message: { text: `${requirement.demand} ${text}` },
      locations: [place ? locationIn(place.file, place.line, place.column) : locationIn(source, 1)],
    },
  ];
}

function dangerResults(document: ReviewDocument, source: string): Result[] {
  return dangerRows(document)
    .filter(({ section }) => !JUDGED_ELSEWHERE.includes(section.id))
    .map(({ section, subject, texts }) => ({
      ruleId: `review/${section.id}`,
      level: 'error' as const,
      message: { text: `${section.title}: ${[subject, ...texts].join('; ')}` },
      locations: [locationIn(source, 1)],
    }));
}

function locationIn(file: string, startLine: number, startColumn?: number): NonNullable<Result['locations']>[number] {
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine, startColumn } } };
}

/** Relative to the folder that the program runs in, which for code scanning is the repository. */
function uriOf(file: string): string {
  const path = isAbsolute(file) ? relative(process.cwd(), file) : file;
  return path.split(sep).map(encodeURIComponent).join('/');
}
