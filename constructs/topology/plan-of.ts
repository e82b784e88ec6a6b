import type { DeploymentPlan } from './deployment-plan';
import type { Topology } from './topology';

/**
 * The plan behind a topology. The topology is for users of all languages; the plan is for this library.
 *
 * @internal
 */
export function planOf(topology: Topology): DeploymentPlan {
  return topology._plan;
}
