import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { READ_CONFIGURATION } from '../../../lib/recovery/calls/management-calls';
import { met, unknown, unread } from '../../../lib/recovery/finding';
import { returnPriority } from '../../../lib/recovery/plans/zone-priority';
import type { RecoveryRequest } from '../../../lib/recovery/record/progress';
import type { Interruption } from '../../../lib/recovery/run/engine';
import { checkUntil } from '../../../lib/recovery/run/wait';
import { RecoveryStop } from '../../../lib/recovery/stop';
import type { ClusterView } from '../../../lib/recovery/view/cluster-view';
import { hasZones } from '../../../lib/recovery/view/zone-layout';

/** A gateway that is replaced is back sooner. */
const SILENCE_MS = 30_000;

/**
 * The request of a failback, with the priority with which its zone comes back. It is read once, at the beginning, so that whoever goes on sends
 * the same.
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
  const condition = {
    description: 'the cluster tells its layout, in which zones are',
    calls: [READ_CONFIGURATION],
    check: async () => {
      const reading = await view.configuration();
      if (!reading.ok) return unread(reading);
      const { layout } = reading.value;
      if (layout === undefined) return unknown('the cluster does not tell its layout, in which zones are');
      const priority = returnPriority(topology, request.regionId, layout);
      if (typeof priority !== 'number') return priority;
      zonePriority = priority;
      return met(`priority ${priority}`);
    },
  };
  const finding = await checkUntil(view, condition, SILENCE_MS, () => undefined, interruption);
  if (zonePriority !== undefined) return { ...request, zonePriority };
  throw new RecoveryStop(
    finding.silent ? 'unreachable' : 'refused',
    `the layout of the cluster is needed: ${finding.why}`,
    finding.advice ??
      `nothing was sent: see that a gateway of the surviving region runs and its management API (:9600) answers, and give the same command again`,
  );
}
