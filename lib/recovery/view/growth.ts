import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { ClusterConfiguration } from './cluster-configuration';
import { idsOf, sorted } from './members';
import { kindOf, type ChangeKind } from './pending-change';
import { hasZones } from './zone-layout';

/** Kinds of changes of which a scaling consists. */
const GROWING: readonly ChangeKind[] = ['members', 'partitions'];

/**
 * What a description has more than the cluster: a larger one was deployed, and the cluster has not been scaled yet.
 *
 * @internal
 */
export interface Growth {
  /** Brokers of the description that are no members. */
  readonly brokers: readonly string[];
  /** Partitions of the description that no member holds. */
  readonly partitions: readonly number[];
}

/**
 * What of the description is still to come, or nothing where the cluster has all of it or does not look like a smaller one of the same kind: the first
 * brokers and partitions of the description, each of these partitions with all of its replicas. A cluster that works without a region has lost replicas.
 *
 * @param partly whether a scaling may have stopped half way: brokers become members one after the other, and a new partition has one replica at first
 *
 * @internal
 */
export function growthOf(
  topology: RecoveryTopology,
  { members, pendingChange }: ClusterConfiguration,
  partly = pendingChange !== undefined && GROWING.includes(kindOf(pendingChange)),
): Growth | undefined {
  // What is counted where there are zones is not known for certain.
  if (hasZones(topology)) return undefined;
  const memberIds = members.map(({ brokerId }) => brokerId);
  const isMember = (id: string): boolean => memberIds.includes(id);
  const partitionIds = topology.partitions.map(({ partitionId }) => partitionId);
  const replicas = new Map<number, number>();
  for (const { partitionId } of members.flatMap(({ partitions }) => partitions))
    replicas.set(partitionId, (replicas.get(partitionId) ?? 0) + 1);
  const brokers = sorted(topology.regions.flatMap(idsOf)).filter(id => !isMember(id));
  const partitions = partitionIds.filter(id => !replicas.has(id));
  if (brokers.length + partitions.length === 0) return undefined;
  const isComplete = partly || [...replicas.values()].every(count => count === topology.replicationFactor);
  const areFirst = partitions.every(id => id > replicas.size);
  const known = topology.regions.flatMap(idsOf);
  const isOfDescription = memberIds.every(id => known.includes(id)) && [...replicas.keys()].every(id => partitionIds.includes(id));
  const isEven = partly || topology.regions.every(region => firstAre(idsOf(region), isMember, memberIds.length / 2));
  return replicas.size > 0 && isComplete && areFirst && isOfDescription && isEven ? { brokers, partitions } : undefined;
}

function firstAre(ids: readonly string[], isMember: (id: string) => boolean, count: number): boolean {
  return ids.every((id, i) => isMember(id) === i < count);
}
