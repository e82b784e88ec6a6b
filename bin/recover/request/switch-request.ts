import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { RecoveryRequest } from '../../../lib/recovery/record/progress';
import { RecoveryStop } from '../../../lib/recovery/stop';
import { hasZones } from '../../../lib/recovery/view/zone-layout';

/**
 * The request that a region gets the leaders.
 *
 * @throws RecoveryStop where brokers are numbered: their places say who leads, and nothing moves them
 */
export function switchTo(topology: RecoveryTopology, regionId: number): RecoveryRequest {
  if (hasZones(topology)) return { direction: 'switch', regionId };
  throw new RecoveryStop(
    'refused',
    'the brokers of this deployment are numbered: each region leads half of the partitions, and no call changes that',
    `nothing was sent. Leaders go to one region in a cluster with zones ('camunda.zones', from Camunda 8.10 on)`,
  );
}
