import type { Topology } from '../../../constructs/topology/topology';
import type { FlowVerdict } from '../flow-verdicts';
import type { Reachability } from '../reachability';
import type { Rendered } from '../rendered';

/**
 * A page of documentation.
 *
 * @internal
 */
export interface DocumentationPage {
  readonly title: string;
  readonly uri: string;
}

const MANUAL = 'https://docs.camunda.io/docs';

/**
 * Pages of the Camunda 8 docs.
 *
 * @internal
 */
export const PAGES = {
  concept: { title: 'Camunda 8 docs, dual-region', uri: `${MANUAL}/self-managed/concepts/multi-region/dual-region/` },
  operations: {
    title: 'Camunda 8 docs, dual-region operational procedure',
    uri: `${MANUAL}/self-managed/deployment/helm/operational-tasks/dual-region-ops/`,
  },
  eks: {
    title: 'Camunda 8 docs, dual-region on Amazon EKS',
    uri: `${MANUAL}/self-managed/deployment/helm/cloud-providers/amazon/amazon-eks/dual-region/`,
  },
  documents: {
    title: 'Camunda 8 docs, document handling: storage configuration',
    uri: `${MANUAL}/self-managed/concepts/document-handling/document-storage-configuration/`,
  },
  environments: { title: 'Camunda 8 docs, supported environments', uri: `${MANUAL}/reference/supported-environments/` },
  sizing: {
    title: 'Camunda 8 docs, resource planning',
    uri: `${MANUAL}/self-managed/components/orchestration-cluster/zeebe/operations/resource-planning/`,
  },
} as const;

/**
 * What a requirement is judged by.
 *
 * @internal
 */
export interface ReviewFacts {
  readonly topology: Topology;
  readonly rendered: Rendered;
  readonly reachability: Reachability;
  readonly flows: readonly FlowVerdict[];
}

/**
 * Whether a deployment meets a requirement. `plain` is what no rendering can tell, because people have to do it.
 *
 * @internal
 */
export interface RequirementVerdict {
  readonly tone: 'good' | 'warning' | 'danger' | 'plain';
  readonly text: string;
}

/**
 * Something that Camunda demands of a deployment over two regions.
 *
 * @internal
 */
export interface Requirement {
  /** Stable: code scanning keeps its findings by it. */
  readonly id: string;
  readonly demand: string;
  readonly page: DocumentationPage;
  /** Ids of the rules of the topology that hold it at synthesis. */
  readonly rules?: readonly string[];
  /** What else holds it: a construct, a chart, or that there is no setting for anything else. */
  readonly enforcedBy?: string;
  /** Stacks and manifests in which it can be seen. */
  readonly place: (topology: Topology) => string;
  readonly judge: (facts: ReviewFacts) => RequirementVerdict;
}

/** @internal */
export function met(text: string): RequirementVerdict {
  return { tone: 'good', text };
}

/** @internal */
export function notMet(text: string): RequirementVerdict {
  return { tone: 'danger', text };
}

/** @internal */
export function questionable(text: string): RequirementVerdict {
  return { tone: 'warning', text };
}

/** @internal */
export function yours(text: string): RequirementVerdict {
  return { tone: 'plain', text };
}

/**
 * Not met for the regions of which something is not so.
 *
 * @internal
 */
export function inBothRegions(topology: Topology, isSo: (regionId: number) => boolean, good: string, bad: string): RequirementVerdict {
  const failing = topology.regions.map(({ regionId }) => regionId).filter(regionId => !isSo(regionId));
  return failing.length === 0 ? met(good) : notMet(`${bad} in region ${failing.join(' and region ')}`);
}

/**
 * A file of manifests in both regions.
 *
 * @internal
 */
export function manifestPlace(group: string): () => string {
  return () => `region0/${group}.yaml, region1/${group}.yaml`;
}

/**
 * Stacks by the end of their names.
 *
 * @internal
 */
export function stackPlace(...ids: readonly string[]): (topology: Topology) => string {
  return ({ name }) => ids.map(id => `stack ${name}-${id}`).join(', ');
}
