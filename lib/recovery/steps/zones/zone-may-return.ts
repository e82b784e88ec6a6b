import type { RecoveryTopology } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import { READ_CONFIGURATION } from '../../calls/management-calls';
import { zoneOf } from '../../calls/zone-calls';
import { blocked, met, running, unknown, type Finding } from '../../finding';
import { returnPriority } from '../../plans/zone-priority';
import type { Condition } from '../../run/step';
import type { ClusterConfiguration } from '../../view/cluster-configuration';
import type { Sides } from '../../view/members';
import { describePending } from '../../view/pending-change';
import { laidOut, layoutText } from '../../view/zone-layout';

/**
 * Whether a zone can be added. One that is in the layout already is refused by the cluster, and one with the priority of the other would make
 * replicas move.
 *
 * @param priority with which it is to come back
 *
 * @internal
 */
export function zoneMayReturn(topology: RecoveryTopology, sides: Sides, priority: number): Condition {
  const { name } = zoneOf(sides.affected);
  return {
    description: `zone ${name} is not in the layout, and priority ${priority} is the one that is free`,
    calls: [READ_CONFIGURATION],
    check: async view => {
      const reading = await view.configuration();
      return reading.ok ? mayReturn(topology, sides, priority, reading.value) : unknown(reading.why);
    },
  };
}

function mayReturn(
  topology: RecoveryTopology,
  { affected }: Sides,
  priority: number,
  { layout, pendingChange }: ClusterConfiguration,
): Finding {
  const { name } = zoneOf(affected);
  const region = `region${affected.regionId}`;
  if (pendingChange) return running(describePending(pendingChange));
  if (layout === undefined) return unknown('the cluster does not tell its layout, in which zones are');
  if (laidOut(layout, name)) {
    return blocked(
      `zone ${name} is in the layout, and not all of it is there: an addition was cancelled half way`,
      `the cluster adds no zone that it has. Begin anew: 'recover fence --region ${region}', 'recover failover --lost ${region} --fenced --abandon', recreate it, ` +
        `'recover failback --recreated ${region}'`,
    );
  }
  const free = returnPriority(topology, affected.regionId, layout);
  if (typeof free !== 'number') return free;
  if (free === priority) return met(`zone ${name} is not in the layout: ${layoutText(layout)}`);
  return blocked(
    `zone ${name} was to come back with priority ${priority}, and the priorities have changed since: ${layoutText(layout)}`,
    `'recover failback --recreated ${region} --abandon' begins anew with priority ${free}`,
  );
}
