import { CAMUNDA_VERSIONS } from './camunda-versions';
import { integerProblems } from './integer-rule';
import { partitionTable, unbalancedPartitions } from './partitions';
import { errorOf, warningOf, type Problem } from './problem';
import type { ResolvedSettings } from './resolved-settings';

const REPLICAS_PER_REGION = 2;
const REPLICATION_FACTOR = 4;
const MIN_CLUSTER_SIZE = 4;
/** With the longest suffix that a workload adds, names of pods and their labels stay within 63 characters. */
const NAME = /^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/;
const TAG = /^[\w][\w.-]{0,127}$/;

/** @internal */
export function camundaProblems(settings: ResolvedSettings): Problem[] {
  return [
    ...nameProblems(settings.name),
    ...activeRegionProblems(settings),
    ...versionProblems(settings),
    ...clusterProblems(settings),
    ...tagProblems(settings),
  ];
}

function nameProblems(name: string): Problem[] {
  if (NAME.test(name)) return [];
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

function versionProblems({ camunda }: ResolvedSettings): Problem[] {
  if (Object.hasOwn(CAMUNDA_VERSIONS, camunda.version)) return [];
  const known = Object.keys(CAMUNDA_VERSIONS).map(version => `'${version}'`);
  return [
    errorOf({
      rule: 'camunda-version',
      setting: 'camunda.version',
      value: camunda.version,
      requirement: `must be a version that this library knows: ${known.join(', ')}`,
      fix: `write ${known[known.length - 1]}, in quotes`,
    }),
  ];
}

function clusterProblems({ camunda }: ResolvedSettings): Problem[] {
  const { clusterSize, partitionCount, replicationFactor } = camunda;
  const problems: Problem[] = [];
  if (!Number.isInteger(clusterSize) || clusterSize < MIN_CLUSTER_SIZE || clusterSize % 2 !== 0) {
    problems.push(
      errorOf({
        rule: 'cluster-size',
        setting: 'camunda.clusterSize',
        value: clusterSize,
        requirement: `must be an even number of at least ${MIN_CLUSTER_SIZE}`,
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
  problems.push(...integerProblems('camunda.partitionCount', partitionCount, { min: 1, max: 8192 }));
  if (problems.length > 0) return problems;
  return [...quorumProblems(settingsTable(camunda), clusterSize), ...idleBrokerProblems(clusterSize, partitionCount)];
}

function settingsTable({ clusterSize, partitionCount, replicationFactor }: ResolvedSettings['camunda']): ReturnType<typeof partitionTable> {
  return partitionTable(clusterSize, partitionCount, replicationFactor);
}

function nearestClusterSize(clusterSize: unknown): number {
  if (typeof clusterSize !== 'number' || !Number.isFinite(clusterSize) || clusterSize < MIN_CLUSTER_SIZE) return MIN_CLUSTER_SIZE;
  return 2 * Math.ceil(clusterSize / 2);
}

/** The rules above imply this one. It is checked on the computed table all the same: a lost region must never take a quorum with it. */
function quorumProblems(table: ReturnType<typeof partitionTable>, clusterSize: number): Problem[] {
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
  const busy = Math.min(clusterSize, partitionCount + REPLICATION_FACTOR - 1);
  if (busy === clusterSize) return [];
  return [
    warningOf({
      rule: 'idle-brokers',
      setting: 'camunda.partitionCount',
      value: partitionCount,
      requirement: `should be at least ${clusterSize - REPLICATION_FACTOR + 1}, so that each of the ${clusterSize} brokers holds a replica`,
      fix: `raise it to ${clusterSize}, or lower 'camunda.clusterSize': ${clusterSize - busy} brokers have nothing to do`,
    }),
  ];
}

function tagProblems({ images, camunda }: ResolvedSettings): Problem[] {
  const tags = [
    ['images.camundaTag', images.camundaTag],
    ['images.connectorsTag', images.connectorsTag],
  ] as const;
  return tags.flatMap(([setting, tag]) => {
    if (tag === undefined || (TAG.test(tag) && (tag === camunda.version || tag.startsWith(`${camunda.version}.`)))) return [];
    return [
      errorOf({
        rule: 'image-tag',
        setting,
        value: tag,
        requirement: `must be a tag of Camunda ${camunda.version}`,
        fix: `name an exact patch, for example '${CAMUNDA_VERSIONS[camunda.version]?.images.camunda.tag ?? `${camunda.version}.1`}'`,
      }),
    ];
  });
}
