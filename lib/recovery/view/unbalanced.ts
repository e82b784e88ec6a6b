import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { Member } from './cluster-configuration';
import { idsOf, listText } from './members';

/**
 * Partitions that do not have their replicas in both regions alike, in words.
 *
 * @internal
 */
export function unbalanced({ regions, partitions, replicationFactor }: RecoveryTopology, members: readonly Member[]): string[] {
  const wanted = replicationFactor / regions.length;
  return partitions.flatMap(({ partitionId }) => {
    const holders = members
      .filter(member => member.partitions.some(partition => partition.partitionId === partitionId && partition.state === 'ACTIVE'))
      .map(({ brokerId }) => brokerId);
    const counts = regions.map(region => holders.filter(id => idsOf(region).includes(id)).length);
    return counts.every(count => count === wanted)
      ? []
      : [`partition ${partitionId} is on ${holders.length === 0 ? 'no broker' : `brokers ${listText(holders)}`}`];
  });
}
