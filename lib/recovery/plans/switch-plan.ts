import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { zoneOf } from '../calls/zone-calls';
import type { Plan } from '../run/step';
import { describedCluster } from '../steps/described-cluster';
import { moveLeaders } from '../steps/zones/leaders';
import { judgeSwitch, orderZones } from '../steps/zones/order-zones';

/**
 * What moves the leaders of all partitions into one region, while both work. To do it again changes nothing.
 *
 * @see Camunda 8 docs 8.10, management API: partitioning
 *
 * @internal
 */
export function switchPlan(topology: RecoveryTopology, to: number): Plan {
  const { awsRegion, regionId } = topology.regions[to];
  const { name } = zoneOf(topology.regions[to]);
  return {
    title: `Switch: region ${regionId} (${awsRegion}) gets the leaders`,
    described: describedCluster(topology, 'whole', undefined, false, false),
    steps: [judgeSwitch(topology, to), orderZones(topology, to), moveLeaders(topology, to)],
    afterwards: [
      `route user traffic to region ${regionId} (${awsRegion}) first, where it has gone to the other one: requests are answered sooner there now`,
      `the configuration keeps the priorities that the cluster began with; after a failback, zone ${name} has the priority that is free`,
    ],
  };
}
