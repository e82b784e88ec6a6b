import type { Topology } from '../../../constructs/topology/topology';
import { enforcementOf, type JudgedRequirement } from '../requirements/judged-requirements';
import { counted, toned, toneOf } from './cells';
import type { ReviewSection, ReviewTable } from './review-document';

const WORDS = { good: 'met', warning: 'look at it', danger: 'not met', plain: 'yours to do' } as const;

/**
 * What Camunda demands of two regions, what enforces it and where that can be seen.
 *
 * @internal
 */
export function requirementsSection(topology: Topology, judged: readonly JudgedRequirement[]): ReviewSection {
  const tables = [requirementTable(topology, judged)];
  const count = (tone: JudgedRequirement['tone'], one: string, many: string): string =>
    counted(judged.filter(requirement => requirement.tone === tone).length, one, many);
  return {
    id: 'requirements',
    title: "Camunda's requirements",
    summary:
      `Of ${counted(judged.length, 'requirement')}, ${count('good', 'is met', 'are met')}, ${count('warning', 'wants a look', 'want a look')}, ` +
      `${count('danger', 'is not met', 'are not met')}, and ${count('plain', 'is', 'are')} yours to do. Camunda asks for a review of set-ups over several regions: this document is made to be handed over.`,
    tone: toneOf(tables),
    tables,
  };
}

function requirementTable(topology: Topology, judged: readonly JudgedRequirement[]): ReviewTable {
  const pages = new Map(judged.map(({ requirement: { page } }) => [page.title, page.uri]));
  return {
    columns: ['requirement', 'demand', 'enforced by', 'where', 'verdict'],
    explanations: ['demand', 'verdict'],
    rows: judged.map(({ requirement, tone, text }) => [
      requirement.id,
      requirement.demand,
      enforcementOf(requirement),
      requirement.place(topology),
      toned(`${WORDS[tone]}: ${text}`, tone),
    ]),
    notes: [
      ...[...pages].map(([title, uri]) => `${title}: ${uri}`),
      'Where says stacks of npm run synth, and files of npm run manifests. The same verdicts are in review.sarif, by the name of the requirement.',
    ],
  };
}
