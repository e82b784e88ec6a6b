import { MAX_NODES_PER_ZONE } from '../plan/node-groups';
import { MAX_PARTITION_COUNT, partitionTable, unbalancedPartitions, type Partition } from '../plan/partitions';
import { ZONE_COUNT } from '../plan/subnets';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { isTextOf } from '../settings/value-kinds';
import { integerProblems } from './integer-rule';
import { errorOf, warningOf, type Problem } from './problem';

const REPLICAS_PER_REGION = 2;
const REPLICATION_FACTOR = 4;
const MIN_CLUSTER_SIZE = 4;
/** Brokers of a region never share a node. */
const MAX_CLUSTER_SIZE = 2 * ZONE_COUNT * MAX_NODES_PER_ZONE;
/** With the longest suffix that a workload adds, names of pods and their labels stay within 63 characters. */
const NAME = /^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/;

/** @internal */
export function camundaProblems(settings: ResolvedSettings): Problem[] {
  return [...nameProblems(settings.name), ...activeRegionProblems(settings), ...clusterProblems(settings), ...recoveryProblems(settings)];
}

function nameProblems(name: string): Problem[] {
  if (isTextOf(NAME, name)) return [];
  return [
    errorOf({
      rule: 'name',
      setting: 'name',
      value: name,
      requirement: 'must be 1 to 20 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen',
      fix: "choose a name like 'camunda'",
    }),
  ];
}

function activeRegionProblems({ activeRegion }: ResolvedSettings): Problem[] {
  if (activeRegion === 0 || activeRegion === 1) return [];
  return [
    errorOf({
      rule: 'active-region',
      setting: 'activeRegion',
      value: activeRegion,
      requirement: 'must be 0 or 1',
      fix: 'name the position in the list of regions, not the AWS region',
    }),
  ];
}

function recoveryProblems({ recovery, camunda }: ResolvedSettings): Problem[] {
  const setting = 'recovery.recreatedRegion';
  const { recreatedRegion } = recovery;
  if (recreatedRegion === undefined) return [];
  if (recreatedRegion !== 0 && recreatedRegion !== 1) {
    return [
      errorOf({
        rule: 'recovery-region',
        setting,
        value: recreatedRegion,
        requirement: 'must be 0 or 1',
        fix: 'name the position of the recreated region in the list of regions, or leave it out in normal operation',
      }),
    ];
  }
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

/**
 * Whether two regions can share that many brokers.
 *
 * @internal
 */
export function isClusterSize(value: unknown): value is number {
  return typeof value === 'number' && value % 2 === 0 && value >= MIN_CLUSTER_SIZE && value <= MAX_CLUSTER_SIZE;
}

function clusterProblems({ camunda }: ResolvedSettings): Problem[] {
  const { clusterSize, partitionCount, replicationFactor } = camunda;
  const problems: Problem[] = [];
  if (!isClusterSize(clusterSize)) {
    problems.push(
      errorOf({
        rule: 'cluster-size',
        setting: 'camunda.clusterSize',
        value: clusterSize,
        requirement: `must be an even number of at least ${MIN_CLUSTER_SIZE}, and at most ${MAX_CLUSTER_SIZE}`,
        fix: `choose ${nearestClusterSize(clusterSize)}: both regions run the same number of brokers`,
      }),
    );
  }
  if (replicationFactor !== REPLICATION_FACTOR) {
    problems.push(
      errorOf({
        rule: 'replication-factor',
        setting: 'camunda.replicationFactor',
        value: replicationFactor,
        requirement: `must be exactly ${REPLICATION_FACTOR}`,
        fix: `set it to ${REPLICATION_FACTOR}: two replicas in each region survive the loss of the other one`,
      }),
    );
  }
  problems.push(...integerProblems('camunda.partitionCount', partitionCount, { min: 1, max: MAX_PARTITION_COUNT }));
  if (problems.length > 0) return problems;
  const table = partitionTable(clusterSize, partitionCount, replicationFactor);
  return [...quorumProblems(table, clusterSize), ...idleBrokerProblems(clusterSize, partitionCount)];
}

function nearestClusterSize(clusterSize: unknown): number {
  if (typeof clusterSize !== 'number' || !Number.isFinite(clusterSize) || clusterSize < MIN_CLUSTER_SIZE) return MIN_CLUSTER_SIZE;
  return Math.min(2 * Math.ceil(clusterSize / 2), MAX_CLUSTER_SIZE);
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
