import { CLUSTER_REQUIREMENTS } from './cluster-requirements';
import { COMPONENT_REQUIREMENTS, OPERATION_REQUIREMENTS } from './component-requirements';
import { NETWORK_REQUIREMENTS } from './network-requirements';
import type { Requirement, RequirementVerdict, ReviewFacts } from './requirement';

/**
 * All that Camunda demands of two regions.
 *
 * @internal
 */
export const REQUIREMENTS: readonly Requirement[] = [
  ...NETWORK_REQUIREMENTS,
  ...CLUSTER_REQUIREMENTS,
  ...COMPONENT_REQUIREMENTS,
  ...OPERATION_REQUIREMENTS,
];

/**
 * A requirement and whether a deployment meets it.
 *
 * @internal
 */
export interface JudgedRequirement extends RequirementVerdict {
  readonly requirement: Requirement;
}

/**
 * Everything that holds a requirement, in words.
 *
 * @internal
 */
export function enforcementOf({ rules = [], enforcedBy }: Requirement): string {
  const ofRules = rules.length === 0 ? [] : [`${rules.length === 1 ? 'rule' : 'rules'} ${rules.join(', ')}`];
  return [...ofRules, ...(enforcedBy === undefined ? [] : [enforcedBy])].join('; ');
}

/** @internal */
export function judgedRequirements(facts: ReviewFacts): JudgedRequirement[] {
  return REQUIREMENTS.map(requirement => ({ requirement, ...requirement.judge(facts) }));
}
