import type { ResolvedSettings } from '../settings/resolved-settings';
import { isMapping } from '../settings/rows/value-kinds';
import { canonicalName } from './owned-names';
import { replicaCounts } from './placement/partitions';
import { plannedPartitions } from './placement/planned-placement';

/**
 * What the memory and the volume of a broker are used for, in mebibytes.
 *
 * @internal
 */
export interface BrokerSizing {
  /** Replicas of partitions on the broker that holds the most. */
  readonly replicas: number;
  /** Largest Java heap. */
  readonly heapMiB: number;
  /** Most memory that the JVM takes beside its heap. */
  readonly nativeMiB: number;
  /** Memory of RocksDB, all replicas together. */
  readonly rocksDbMiB: number;
  /** What is left for the file system's cache. Negative if the rest does not fit. */
  readonly pageCacheMiB: number;
  /** Below this much free space on its volume a broker takes no commands. */
  readonly freeSpaceProcessingMiB: number;
  /** Below this much free space on its volume a broker takes no replicated records. */
  readonly freeSpaceReplicationMiB: number;
  /** Smallest volume on which the broker takes commands at all: free space, and the first log segment of each replica. */
  readonly leastVolumeMiB: number;
}

/** `@see` Camunda 8 docs, resource planning: Java heap and native memory are 25 % each */
const HEAP_SHARE = 0.25;
const NATIVE_SHARE = 0.25;
/** `@see` Camunda 8 docs, resource planning: reserve 20 to 30 % for the page cache */
const PAGE_CACHE_SHARE = 0.2;
/** `@see` Camunda 8 docs, resource planning: 512 MB for each partition of a broker, with the strategy PARTITION */
const ROCKSDB_MIB = 512;
/** `@see` Camunda 8 docs, resource planning: a tenth of the memory, with the strategy FRACTION */
const ROCKSDB_FRACTION = 0.1;
/** `@see` Camunda 8 docs, resource planning: size of a log segment */
const LOG_SEGMENT_MIB = 128;
/** `@see` Camunda 8 docs, disk space: what to add to the log segments */
const FREE_SPACE_BASE_MIB = 1024;
/** `@see` Camunda 8 docs, disk space: the engine's own default, and that of the official chart */
const MIN_PROCESSING_MIB = 2048;

/** Default memory is a multiple of this. */
const MIB_PER_GIB = 1024;
/** Default volumes are a multiple of this, and hold more than the least: records stay there while Elasticsearch cannot be reached. */
const VOLUME_STEP_GIB = 16;
const TIMES_LEAST_VOLUME = 2;

const ROCKSDB_SETTINGS = ['camunda.data.primary-storage.rocks-db.', 'zeebe.broker.experimental.rocksdb.'];
const UNITS: Readonly<Record<string, number>> = { KB: 1 / 1024, MB: 1, GB: 1024 };

/**
 * How a broker's memory and volume are divided, by Camunda's guidance.
 *
 * Replicas are counted on the partition table. They do not move when the other region is lost, so that a broker that can
 * hold its replicas now can hold them then.
 *
 * @see Camunda 8 docs, resource planning and disk space
 *
 * @internal
 */
export function brokerSizing(settings: ResolvedSettings): BrokerSizing {
  const { memoryMiB } = settings.orchestration.resources;
  const replicas = mostReplicas(settings);
  const disk = diskOf(replicas);
  const heapMiB = Math.floor(memoryMiB * HEAP_SHARE);
  const nativeMiB = Math.floor(memoryMiB * NATIVE_SHARE);
  const rocksDbMiB = rocksDbMemory(settings, replicas, memoryMiB);
  return {
    replicas,
    heapMiB,
    nativeMiB,
    rocksDbMiB,
    pageCacheMiB: memoryMiB - heapMiB - nativeMiB - rocksDbMiB,
    ...disk,
  };
}

/**
 * What a broker is given where nobody says.
 *
 * @internal
 */
export interface BrokerDefaults {
  readonly memoryMiB: number;
  readonly volumeGiB: number;
}

/**
 * Memory with a cache for the file system, and a volume, for the replicas that land on a broker.
 *
 * @internal
 */
export function recommendedBroker(settings: ResolvedSettings): BrokerDefaults {
  const replicas = mostReplicas(settings);
  const { recommendedMiB } = brokerMemoryFor(rocksDbMemory(settings, replicas, 0));
  const volumeGiB = (TIMES_LEAST_VOLUME * diskOf(replicas).leastVolumeMiB) / MIB_PER_GIB;
  return { memoryMiB: roundUp(recommendedMiB, MIB_PER_GIB), volumeGiB: roundUp(volumeGiB, VOLUME_STEP_GIB) };
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

function diskOf(replicas: number): Pick<BrokerSizing, 'freeSpaceProcessingMiB' | 'freeSpaceReplicationMiB' | 'leastVolumeMiB'> {
  const segmentsMiB = replicas * LOG_SEGMENT_MIB;
  const freeSpaceProcessingMiB = Math.max(MIN_PROCESSING_MIB, 2 * segmentsMiB + FREE_SPACE_BASE_MIB);
  return {
    freeSpaceProcessingMiB,
    freeSpaceReplicationMiB: segmentsMiB + FREE_SPACE_BASE_MIB,
    leastVolumeMiB: freeSpaceProcessingMiB + segmentsMiB,
  };
}

/**
 * Memory of a broker that holds so much RocksDB memory, with a page cache and without.
 *
 * @internal
 */
export function brokerMemoryFor(rocksDbMiB: number): { readonly leastMiB: number; readonly recommendedMiB: number } {
  const rest = 1 - HEAP_SHARE - NATIVE_SHARE;
  return { leastMiB: Math.ceil(rocksDbMiB / rest), recommendedMiB: Math.ceil(rocksDbMiB / (rest - PAGE_CACHE_SHARE)) };
}

/**
 * A size as Spring reads it, in the largest unit that holds it.
 *
 * @internal
 */
export function sizeText(mib: number): string {
  return mib % UNITS.GB === 0 ? `${mib / UNITS.GB}GB` : `${mib}MB`;
}

/**
 * What a broker's JVM is told. Both are what the JVM would choose by itself; stated, they hold whatever it makes of its
 * surroundings.
 *
 * @internal
 */
export function heapOptions(settings: ResolvedSettings): string[] {
  const { heapMiB, nativeMiB } = brokerSizing(settings);
  return [`-Xmx${heapMiB}m`, `-XX:MaxDirectMemorySize=${nativeMiB}m`];
}

/**
 * The heap that Elasticsearch gives itself: half of its memory, and no more than pointers of four bytes can address. It is
 * not set anywhere: Elasticsearch derives it from the limit of its container, as long as `ES_JAVA_OPTS` is absent.
 *
 * @see Elasticsearch guide, heap size settings; Elastic Cloud on Kubernetes, JVM heap size
 *
 * @internal
 */
export function elasticsearchHeapMiB(memoryMiB: number): number {
  return Math.min(Math.floor(memoryMiB / 2), 31 * 1024);
}

function mostReplicas(settings: ResolvedSettings): number {
  return Math.max(...replicaCounts(plannedPartitions(settings)));
}

/**
 * How a user divides the memory of RocksDB. Undefined where nobody says it: then each partition has a limit.
 *
 * @internal
 */
export function rocksDbStrategy(settings: ResolvedSettings): string | undefined {
  return rocksDbSetting(settings, 'memory-allocation-strategy')?.toUpperCase();
}

function rocksDbSetting({ orchestration: { pod } }: ResolvedSettings, name: string): string | undefined {
  const names = ROCKSDB_SETTINGS.map(prefix => canonicalName(`${prefix}${name}`));
  return givenTexts(pod).find(([entry]) => names.includes(canonicalName(entry)))?.[1];
}

/** A user who configures RocksDB otherwise is believed. */
function rocksDbMemory(settings: ResolvedSettings, replicas: number, memoryMiB: number): number {
  const limit = sizeInMiB(rocksDbSetting(settings, 'memory-limit')) ?? ROCKSDB_MIB;
  switch (rocksDbStrategy(settings)) {
    case 'BROKER':
      return limit;
    case 'FRACTION':
      return Math.ceil(memoryMiB * (Number(rocksDbSetting(settings, 'memory-fraction')) || ROCKSDB_FRACTION));
    default:
      return replicas * limit;
  }
}

/** What is written for the pods of brokers. What is of another kind has its own problem. */
function givenTexts({
  configuration,
  environment,
}: {
  readonly configuration: unknown;
  readonly environment: unknown;
}): [string, string][] {
  const variables: unknown[] = Array.isArray(environment) ? environment : [];
  const entries = [
    ...(isMapping(configuration) ? Object.entries(configuration) : []),
    ...variables.filter(isMapping).map(({ name, value }) => [name, value] as const),
  ];
  return entries.flatMap(([name, value]): [string, string][] =>
    typeof name === 'string' && typeof value === 'string' ? [[name, value]] : [],
  );
}

/** A size as Spring writes it: powers of 1024, whatever the unit's name suggests. */
function sizeInMiB(text: string | undefined): number | undefined {
  const [, digits, unit] = /^(\d+)(KB|MB|GB)$/i.exec(text ?? '') ?? [];
  return digits === undefined ? undefined : Math.ceil(Number(digits) * UNITS[unit.toUpperCase()]);
}
