import { partitionsWithoutQuorum } from '../../constructs/topology/plan/placement/partitions';
import { zoneGroups } from '../../constructs/topology/plan/placement/zone-neighbours';
import { ZONE_COUNT } from '../../constructs/topology/plan/subnets';
import type { Topology } from '../../constructs/topology/topology';

/**
 * What a reader has to know about the names of zones.
 *
 * @internal
 */
export const ZONE_NOTES: readonly string[] = [
  'Zones A, B and C are those of a region in the order of their brokers: which of the three availability zones each is, is decided when the brokers start for the first time.',
];

/**
 * The name of a zone by its brokers.
 *
 * @internal
 */
export function zoneName(zone: number): string {
  return `zone ${'ABC'.charAt(zone)}`;
}

/**
 * What the loss of a zone does to the cluster.
 *
 * @internal
 */
export interface ZoneLoss {
  /** `zone A`, or `a zone` where nobody can tell which brokers share one. */
  readonly name: string;
  /** Ids of the brokers in it. Where they are not known: one choice that stops the most partitions. */
  readonly brokerIds: readonly string[];
  readonly stopped: readonly number[];
  /** Whether it is certain which brokers are in it. */
  readonly certain: boolean;
}

/**
 * The zones of a region that can be lost, and the partitions that would stop. Of five or more brokers nobody knows which
 * share a zone; then it is the worst that can be.
 *
 * @internal
 */
export function zoneLosses({ brokers, regions, partitions }: Topology, regionId: number): ZoneLoss[] {
  const own = regions[regionId].brokers;
  const perRegion = brokers.length / regions.length;
  const lossOf = (name: string, ordinals: readonly number[], certain: boolean): ZoneLoss => {
    const brokerIds = own.filter(({ ordinal }) => ordinals.includes(ordinal)).map(({ brokerId }) => brokerId);
    return { name, brokerIds, certain, stopped: partitionsWithoutQuorum(partitions, brokerIds).map(({ partitionId }) => partitionId) };
  };
  const groups = zoneGroups(perRegion);
  if (groups) return groups.map((ordinals, zone) => lossOf(zoneName(zone), ordinals, true));
  // Neighbours in the partition table share partitions, so a row of neighbours is the worst that can share a zone.
  const size = Math.ceil(perRegion / ZONE_COUNT);
  const rows = own.map((_, start) => Array.from({ length: size }, (_unused, i) => (start + i) % perRegion));
  const losses = rows.map(ordinals => lossOf('a zone', ordinals, false));
  return [losses.reduce((worst, loss) => (loss.stopped.length > worst.stopped.length ? loss : worst))];
}
