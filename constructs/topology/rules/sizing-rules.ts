import { MAX_PARTITION_COUNT } from '../plan/placement/partitions';
import { brokerMemoryFor, brokerSizing } from '../plan/sizing';
import { isClusterSize } from '../settings/camunda';
import type { ResolvedSettings } from '../settings/resolved-settings';
import type { Judged } from './judging/judged';
import { errorOf, warningOf, type Problem } from './judging/problem';

const MIN_MEMORY_MIB = 2048;
const MIB_PER_GIB = 1024;

/**
 * Whether memory and volume of a broker are enough for the replicas that land on it.
 *
 * @internal
 */
export function sizingProblems(settings: ResolvedSettings, _today: Date, { pods }: Judged): Problem[] {
  return pods.length === 0 && isUsable(settings) ? [...memoryProblems(settings), ...volumeProblems(settings)] : [];
}

/** While one of these is wrong, nothing can be said about sizes, and it has its own problem. */
function isUsable(settings: ResolvedSettings): boolean {
  const { camunda, orchestration } = settings;
  const isWhole = (value: unknown, min: number, max = Number.MAX_SAFE_INTEGER): boolean =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
  return (
    isClusterSize(camunda.clusterSize) &&
    isWhole(camunda.partitionCount, 1, MAX_PARTITION_COUNT) &&
    isWhole(camunda.replicationFactor, 1, camunda.clusterSize) &&
    isWhole(orchestration.resources.memoryMiB, MIN_MEMORY_MIB) &&
    isWhole(orchestration.volumeGiB, 1)
  );
}

function memoryProblems(settings: ResolvedSettings): Problem[] {
  const { memoryMiB } = settings.orchestration.resources;
  const { replicas, heapMiB, nativeMiB, rocksDbMiB } = brokerSizing(settings);
  const { leastMiB, recommendedMiB } = brokerMemoryFor(rocksDbMiB);
  if (memoryMiB >= recommendedMiB) return [];
  const shares = `${heapMiB} MiB of heap, ${nativeMiB} MiB beside it and ${rocksDbMiB} MiB of RocksDB for ${replicas} replicas of partitions`;
  const finding = { setting: 'orchestration.resources.memoryMiB', value: memoryMiB };
  if (memoryMiB < leastMiB) {
    const requirement = `must be at least ${leastMiB} MiB, for ${shares}`;
    const fix = `raise it to ${recommendedMiB}, choose fewer partitions, or more brokers for them`;
    return [errorOf({ rule: 'broker-memory', ...finding, requirement, fix })];
  }
  const requirement = `should be at least ${recommendedMiB} MiB: beside ${shares} a fifth of it should be left for the file system's cache`;
  return [
    warningOf({ rule: 'broker-page-cache', ...finding, requirement, fix: `raise it to ${recommendedMiB}, or choose fewer partitions` }),
  ];
}

function volumeProblems(settings: ResolvedSettings): Problem[] {
  const { volumeGiB } = settings.orchestration;
  const { replicas, freeSpaceProcessingMiB, leastVolumeMiB } = brokerSizing(settings);
  if (volumeGiB * MIB_PER_GIB > leastVolumeMiB) return [];
  const least = Math.floor(leastVolumeMiB / MIB_PER_GIB) + 1;
  return [
    errorOf({
      rule: 'broker-volume',
      setting: 'orchestration.volumeGiB',
      value: volumeGiB,
      requirement: `must be at least ${least} GiB: a broker with ${replicas} replicas takes no commands with less than ${freeSpaceProcessingMiB} MiB free`,
      fix: `raise it to several times ${least}: records stay on the volume while Elasticsearch cannot be reached`,
    }),
  ];
}
