import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { met, unknown, type Finding } from '../../../lib/recovery/finding';
import { returnPriority } from '../../../lib/recovery/plans/zone-priority';
import type { RecoveryRequest } from '../../../lib/recovery/record/progress';
import type { Interruption } from '../../../lib/recovery/run/engine';
import { RecoveryStop } from '../../../lib/recovery/stop';
import type { ClusterConfiguration } from '../../../lib/recovery/view/cluster-configuration';
import type { ClusterView } from '../../../lib/recovery/view/cluster-view';
import { hasZones } from '../../../lib/recovery/view/zone-layout';
import { readConfiguration } from './read-configuration';

/**
 * The request of a failback, with the priority with which its zone comes back. It is read once, at the beginning, so that all who go on with
 * it send the same.
 *
 * @throws RecoveryStop where that cannot be known
 */
export async function withZonePriority(
  topology: RecoveryTopology,
  request: RecoveryRequest,
  view: ClusterView,
  interruption: Interruption,
): Promise<RecoveryRequest> {
  if (request.direction !== 'failback' || !hasZones(topology)) return request;
  let zonePriority: number | undefined;
  const told = ({ layout }: ClusterConfiguration): Finding => {
    if (layout === undefined) return unknown('the cluster does not tell its layout, in which zones are');
    const priority = returnPriority(topology, request.regionId, layout);
    if (typeof priority !== 'number') return priority;
    zonePriority = priority;
    return met(`priority ${priority}`);
  };
  const finding = await readConfiguration(view, 'its layout, in which zones are', told, interruption);
  if (zonePriority !== undefined) return { ...request, zonePriority };
  throw new RecoveryStop(
    finding.silent ? 'unreachable' : 'refused',
    `the layout of the cluster is needed: ${finding.why}`,
    finding.advice ??
      `nothing was sent: see that a gateway of the surviving region runs and its management API (:9600) answers, and give the same command again`,
  );
}
