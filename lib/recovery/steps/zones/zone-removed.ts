import { blocked, met, unknown, type Finding } from '../../finding';
import type { ClusterConfiguration } from '../../view/cluster-configuration';
import { listText, type Sides } from '../../view/members';
import { laidOut, layoutText } from '../../view/zone-layout';

/**
 * What the layout says of a removal, where there are zones: it is over only when the zone is out of the layout. Nothing where members alone
 * tell it.
 *
 * @internal
 */
export function zoneRemoved({ layout, members }: ClusterConfiguration, { affected, affectedIds }: Sides): Finding | undefined {
  const { zone, regionId } = affected;
  if (zone === undefined) return undefined;
  if (layout === undefined) return unknown('the cluster does not tell its layout, in which zones are');
  const left = members.filter(({ brokerId }) => affectedIds.includes(brokerId));
  if (laidOut(layout, zone.name)) return left.length > 0 ? undefined : withoutMembers(zone.name);
  if (left.length === 0) return met(`zone ${zone.name} is not in the layout: ${layoutText(layout)}`);
  const ids = listText(left.map(({ brokerId }) => brokerId));
  if (left.some(({ partitions }) => partitions.length > 0)) {
    return blocked(
      `brokers ${ids} hold partitions, and their zone ${zone.name} is not in the layout: ${layoutText(layout)}`,
      `nothing here can take them out: no call takes a zone that the layout does not have. Ask Camunda's support, with what GET :9600/actuator/cluster says`,
    );
  }
  // An addition that was cancelled before it came to the layout. No call takes them out, and none has to.
  return met(`zone ${zone.name} is not in the layout: ${layoutText(layout)}`, [
    `brokers ${ids} of region ${regionId} are members that hold no partition, left by an addition that was cancelled: nothing waits for them, and a failback makes use of them`,
  ]);
}

/**
 * A zone that brokers were taken out of by their ids. Neither a removal nor an addition accepts it then.
 *
 * @internal
 */
export function withoutMembers(zone: string): Finding {
  return blocked(
    `zone ${zone} is in the layout and has no members: its brokers were removed by their ids`,
    `the cluster neither removes nor adds such a zone. Nothing was sent; ask Camunda's support, with what GET :9600/actuator/cluster says. Zones are removed by ` +
      `'DELETE :9600/actuator/cluster/zones/${zone}?force=true' alone, as 'recover failover' does`,
  );
}
