import type { Topology } from '../../topology';

/**
 * Names that both regions know, so that no value has to cross between their stacks.
 *
 * @internal
 */
export interface TrafficNames {
  /** Alarm that takes the region out of the DNS. It is in the OTHER region, which is the one that is left when this one is lost. */
  readonly offAlarm: string;
  /** Alarm of the region itself, where health checkers cannot reach the load balancer. */
  readonly unhealthyAlarm: string;
  /** Name of the region alone. */
  readonly hostName: string;
  /** Which of the records of the common name is the region's. */
  readonly record: string;
}

/** @internal */
export function trafficNames(topology: Pick<Topology, 'name'>, hostName: string, regionId: number): TrafficNames {
  const prefix = `${topology.name}-region${regionId}`;
  return {
    offAlarm: `${prefix}-traffic-off`,
    unhealthyAlarm: `${prefix}-load-balancer-unhealthy`,
    hostName: `region${regionId}.${hostName}`,
    record: `region${regionId}`,
  };
}

/**
 * The metric that takes a region out of the DNS, or brings it back: 1 or 0, sent to CloudWatch of the other region.
 *
 * @internal
 */
export const OFF_METRIC = {
  namespace: 'CamundaDualRegion',
  name: 'TrafficOff',
  deployment: 'Deployment',
  region: 'Region',
} as const;
