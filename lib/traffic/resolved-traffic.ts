import { planOf } from '../../constructs/topology/plan-of';
import type { ResolvedSettings } from '../../constructs/topology/settings/resolved-settings';
import type { Topology } from '../../constructs/topology/topology';

/** @internal */
export type ResolvedTraffic = NonNullable<ResolvedSettings['traffic']>;

/**
 * How traffic reaches Camunda. Only asked where it does.
 *
 * @internal
 */
export function trafficOf(topology: Topology): ResolvedTraffic {
  const { traffic } = planOf(topology).settings;
  if (!traffic) throw new Error("'traffic' is not given: there is no load balancer");
  return traffic;
}
