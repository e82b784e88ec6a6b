import { MAX_PARTITION_COUNT, partitionTable, unbalancedPartitions, type Partition } from '../plan/partitions';
import { isClusterSize } from '../settings/camunda';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { errorOf, warningOf, type Problem } from './judging/problem';

const REPLICAS_PER_REGION = 2;
const REPLICATION_FACTOR = 4;

/** @internal */
export function camundaProblems(settings: ResolvedSettings): Problem[] {
  return [...clusterProblems(settings), ...recoveryProblems(settings)];
}

function recoveryProblems({ recovery, camunda }: ResolvedSettings): Problem[] {
  const setting = 'recovery.recreatedRegion';
  const { recreatedRegion } = recovery;
  if (recreatedRegion !== 0 && recreatedRegion !== 1) return [];
  if (camunda.migratingFrom === undefined) return [];
  return [
    errorOf({
      rule: 'recovery-migration',
      setting,
      value: recreatedRegion,
      requirement: "must not be given together with 'camunda.migratingFrom'",
      fix: 'bring the lost region back in the version that it ran, then migrate',
    }),
  ];
}

function clusterProblems({ camunda }: ResolvedSettings): Problem[] {
  const { clusterSize, partitionCount, replicationFactor } = camunda;
  const isPartitionCount = Number.isInteger(partitionCount) && partitionCount >= 1 && partitionCount <= MAX_PARTITION_COUNT;
  if (!isClusterSize(clusterSize) || !isPartitionCount || replicationFactor !== REPLICATION_FACTOR) return [];
  const table = partitionTable(clusterSize, partitionCount, replicationFactor);
  return [...quorumProblems(table, clusterSize), ...idleBrokerProblems(clusterSize, partitionCount)];
}

/** The rules above imply this one. It is checked on the computed table all the same: a lost region must never take a quorum with it. */
function quorumProblems(table: readonly Partition[], clusterSize: number): Problem[] {
  return unbalancedPartitions(table, 2, REPLICAS_PER_REGION).map(partition =>
    errorOf({
      rule: 'quorum',
      setting: 'camunda.clusterSize',
      value: clusterSize,
      requirement: `must give partition ${partition.partitionId} exactly ${REPLICAS_PER_REGION} replicas in each region`,
      fix: 'choose an even cluster size of at least 4',
    }),
  );
}

function idleBrokerProblems(clusterSize: number, partitionCount: number): Problem[] {
  // Replicas of p partitions cover p + 3 consecutive brokers.
  const idle = Math.max(0, clusterSize - (partitionCount + REPLICATION_FACTOR - 1));
  if (idle === 0) return [];
  return [
    warningOf({
      rule: 'idle-brokers',
      setting: 'camunda.partitionCount',
      value: partitionCount,
      requirement: `should be at least ${clusterSize - REPLICATION_FACTOR + 1}, so that each of the ${clusterSize} brokers holds a replica`,
      fix: `raise it to ${clusterSize}, or lower 'camunda.clusterSize': ${idle === 1 ? 'a broker has' : `${idle} brokers have`} nothing to do`,
    }),
  ];
}
