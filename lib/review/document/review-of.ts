import type { Topology } from '../../../constructs/topology/topology';
import { flowVerdicts } from '../flow-verdicts';
import { reachabilityOf } from '../reachability';
import type { Rendered } from '../rendered';
import { judgedRequirements, type JudgedRequirement } from '../requirements/judged-requirements';
import { cidrSection } from './cidr-section';
import { costSection } from './cost-section';
import { flowsSection } from './flows-section';
import { overviewSection } from './overview-section';
import { partitionsSection } from './partitions-section';
import { requirementsSection } from './requirements-section';
import { resourcesSection } from './resources-section';
import type { ReviewDocument, ReviewSection } from './review-document';
import { timeSection } from './time-section';
import { versionsSection } from './versions-section';
import { whatIfSection } from './what-if-section';

/**
 * What a review is made of.
 *
 * @internal
 */
export interface ReviewInput {
  readonly topology: Topology;
  readonly rendered: Rendered;
  /** What was reviewed, as the user named it. */
  readonly source: string;
  /** The day for which dates are judged. */
  readonly today: Date;
  /** Sections that follow the overview, such as what changed. */
  readonly extra?: readonly ReviewSection[];
}

/**
 * A review, and what its readers other than people need.
 *
 * @internal
 */
export interface Review {
  readonly document: ReviewDocument;
  readonly requirements: readonly JudgedRequirement[];
}

/**
 * Reviews a deployment.
 *
 * @internal
 */
export function reviewOf({ topology, rendered, source, today, extra = [] }: ReviewInput): Review {
  const flows = flowVerdicts(topology, rendered.stacks);
  const reachability = reachabilityOf(topology, rendered.stacks);
  const requirements = judgedRequirements({ topology, rendered, reachability, flows });
  return {
    requirements,
    document: {
      schemaVersion: 1,
      title: `Review of Camunda '${topology.name}' in ${topology.regions.map(({ awsRegion }) => awsRegion).join(' and ')}`,
      source,
      sections: [
        overviewSection(topology, today),
        ...extra,
        cidrSection(topology),
        flowsSection(topology, rendered, flows, reachability),
        partitionsSection(topology),
        versionsSection(topology, rendered, today),
        resourcesSection(topology),
        whatIfSection(topology),
        costSection(topology, rendered, today),
        timeSection(rendered),
        requirementsSection(topology, requirements),
      ],
    },
  };
}
