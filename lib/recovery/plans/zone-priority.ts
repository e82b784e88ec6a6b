import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { zoneOf } from '../calls/zone-calls';
import { blocked, type Finding } from '../finding';
import { sidesOf } from '../view/members';
import { laidOut, layoutText, type ZoneLayout } from '../view/zone-layout';

/**
 * The priority with which the zone of a region comes back: the one that it began with, unless the other zone has got that meanwhile, by a
 * planned switch. Then it is the one that the other zone began with, so that both stay different. A finding where neither is free.
 *
 * @internal
 */
export function returnPriority(topology: RecoveryTopology, regionId: number, layout: ZoneLayout): number | Finding {
  const { affected, others } = sidesOf(topology, regionId);
  const [own, other] = [affected, others[0]].map(zoneOf);
  const there = laidOut(layout, own.name);
  // A part of it may have come back already.
  if (there) return there.priority;
  if (own.priority === other.priority) return own.priority;
  const found = laidOut(layout, other.name)?.priority;
  if (found === other.priority) return own.priority;
  if (found === own.priority) return other.priority;
  const config = {
    scheme: layout.scheme,
    zones: [{ name: other.name, numberOfReplicas: other.numberOfReplicas, priority: other.priority }],
  };
  return blocked(
    `with which priority zone ${own.name} has to come back is not known: the layout is ${layoutText(layout)}, and the priorities that the cluster began with are ` +
      `${own.priority} for ${own.name} and ${other.priority} for ${other.name}`,
    `nothing was sent. Give zone ${other.name} one of these two first: ` +
      `curl -X PUT $MANAGEMENT/actuator/cluster/partitioning -H 'Content-Type: application/json' -d '${JSON.stringify({ config })}'`,
  );
}
