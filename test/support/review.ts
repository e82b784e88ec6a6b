import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { Topology } from '../../constructs/topology/topology';
import { regionManifests } from '../../lib/region-manifests';
import { cellText, cellTone } from '../../lib/review/document/cells';
import type { Cell, ReviewDocument, ReviewSection, ReviewTable, Tone } from '../../lib/review/document/review-document';
import { reviewOf, type Review } from '../../lib/review/document/review-of';
import type { Rendered } from '../../lib/review/rendered';
import { defaultDeployment, templatesOf } from './deployment';
import { DEFAULT_SETTINGS } from './settings/settings';
import { WHEN_ALL_WERE_SUPPORTED } from './settings/versions';

/** A copy of all that the default deployment renders, which tests may change. */
export function defaultRendered(): Rendered {
  const deployment = defaultDeployment();
  const { topology } = deployment.construct;
  return { stacks: templatesOf(deployment), manifests: topology.regions.map(({ regionId }) => regionManifests(topology, regionId)) };
}

/** The review of the default deployment, after a change to what it renders. */
export function defaultReview(change: (rendered: Rendered) => void = () => undefined, today = WHEN_ALL_WERE_SUPPORTED): Review {
  const rendered = defaultRendered();
  change(rendered);
  return reviewOf({ topology: defaultDeployment().construct.topology, rendered, source: 'config/default.yaml', today });
}

/** The review of other settings. Templates are those of the default deployment: for sections that do not read them. */
export function reviewWith(settings: Partial<DualRegionSettings>, today = WHEN_ALL_WERE_SUPPORTED): Review {
  const topology = Topology.of({ ...DEFAULT_SETTINGS, ...settings }, today);
  const manifests = topology.regions.map(({ regionId }) => regionManifests(topology, regionId));
  return reviewOf({ topology, rendered: { stacks: templatesOf(defaultDeployment()), manifests }, source: 'config/other.yaml', today });
}

export function sectionOf({ sections }: ReviewDocument, id: string): ReviewSection {
  const section = sections.find(candidate => candidate.id === id);
  if (!section) throw new Error(`no section ${id}`);
  return section;
}

/** The table of a section whose title begins so. */
export function tableOf(document: ReviewDocument, id: string, title: string): ReviewTable {
  const table = sectionOf(document, id).tables.find(candidate => candidate.title?.startsWith(title));
  if (!table) throw new Error(`section ${id} has no table ${title}`);
  return table;
}

/** The rows of a table as texts, by the names of the columns. */
export function rowsOf({ columns, rows }: ReviewTable): Record<string, string>[] {
  return rows.map(row => Object.fromEntries(columns.map((column, i) => [column, cellText(row[i])])));
}

/** Rows that have a cell of a tone, as texts. */
export function rowsOfTone({ rows }: ReviewTable, tone: Tone): string[][] {
  return rows.filter(row => row.some((cell: Cell) => cellTone(cell) === tone)).map(row => row.map(cellText));
}

/** Ids of the requirements with a verdict. */
export function requirementsOfTone({ requirements }: Review, tone: Tone): string[] {
  return requirements.filter(judged => judged.tone === tone).map(({ requirement }) => requirement.id);
}
