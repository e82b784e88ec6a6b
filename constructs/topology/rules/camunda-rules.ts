import { clusterZones, shareLeaders } from '../plan/placement/cluster-zones';
import { MAX_PARTITION_COUNT, replicaCounts, unbalancedPartitions, type Partition } from '../plan/placement/partitions';
import { plannedPartitions } from '../plan/placement/planned-placement';
import { isClusterSize } from '../settings/camunda';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { errorOf, warningOf, type Problem } from './judging/problem';

const REGIONS = 2;
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

function clusterProblems(settings: ResolvedSettings): Problem[] {
  const { camunda, regions } = settings;
  const { clusterSize, partitionCount, replicationFactor } = camunda;
  const isPartitionCount = Number.isInteger(partitionCount) && partitionCount >= 1 && partitionCount <= MAX_PARTITION_COUNT;
  if (!isClusterSize(clusterSize) || !isPartitionCount || replicationFactor !== REPLICATION_FACTOR) return [];
  // How many regions there are has its own problem.
  if (regions.length !== REGIONS) return [];
  const table = plannedPartitions(settings);
  return [...quorumProblems(table, clusterSize), ...idleBrokerProblems(table, settings)];
}

/** The rules above imply this one. It is checked on the computed table all the same: a lost region must never take a quorum with it. */
function quorumProblems(table: readonly Partition[], clusterSize: number): Problem[] {
  return unbalancedPartitions(table, REGIONS, REPLICAS_PER_REGION).map(partition =>
    errorOf({
      rule: 'quorum',
      setting: 'camunda.clusterSize',
      value: clusterSize,
      requirement: `must give partition ${partition.partitionId} exactly ${REPLICAS_PER_REGION} replicas in each region`,
      fix: 'choose an even cluster size of at least 4',
    }),
  );
}

function idleBrokerProblems(table: readonly Partition[], settings: ResolvedSettings): Problem[] {
  const { clusterSize, partitionCount } = settings.camunda;
  const idle = clusterSize - replicaCounts(table).length;
  if (idle === 0) return [];
  // Replicas of p partitions cover p + 3 consecutive brokers, or p + 1 of each zone.
  const needed = shareLeaders(clusterZones(settings))
    ? clusterSize - REPLICATION_FACTOR + 1
    : clusterSize / REGIONS - REPLICAS_PER_REGION + 1;
  return [
    warningOf({
      rule: 'idle-brokers',
      setting: 'camunda.partitionCount',
      value: partitionCount,
      requirement: `should be at least ${needed}, so that each of the ${clusterSize} brokers holds a replica`,
      fix: `raise it to ${clusterSize}, or lower 'camunda.clusterSize': ${idle === 1 ? 'a broker has' : `${idle} brokers have`} nothing to do`,
    }),
  ];
}
