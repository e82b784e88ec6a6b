import {
  brokerMemoryFor,
  brokerSizing,
  elasticsearchHeapMiB,
  heapOptions,
  type BrokerSizing,
} from '../../../constructs/topology/plan/sizing';
import { resolveSettings } from '../../../constructs/topology/settings/resolve-settings';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { withSettings } from '../../support/settings/changed-settings';

const sizingOf = (changes: Partial<DualRegionSettings>): BrokerSizing => brokerSizing(resolveSettings(withSettings(changes)));

/** A broker of 8 GiB with other settings of RocksDB. */
const withRocksDb = (configuration: Record<string, string>): number =>
  sizingOf({ orchestration: { resources: { memoryMiB: 8192 }, pod: { configuration } } }).rocksDbMiB;
const ROCKSDB = 'camunda.data.primary-storage.rocks-db';

test.each([
  // brokers, partitions, memory -> replicas, heap, beside it, RocksDB, cache; free space for processing and for replication
  [8, 8, 7168, [4, 1792, 1792, 2048, 1536], [2048, 1536]],
  [8, 16, 14336, [8, 3584, 3584, 4096, 3072], [3072, 2048]],
  [4, 8, 14336, [8, 3584, 3584, 4096, 3072], [3072, 2048]],
  [8, 1, 4096, [1, 1024, 1024, 512, 1536], [2048, 1152]],
  // Replicas of 9 partitions cover 36 places: four brokers have five, four have four.
  [8, 9, 8192, [5, 2048, 2048, 2560, 1536], [2304, 1664]],
  [12, 24, 8192, [8, 2048, 2048, 4096, 0], [3072, 2048]],
])(
  '%i brokers, %i partitions and %i MiB: %j MiB of memory, %j MiB of free space',
  (clusterSize, partitionCount, memoryMiB, memory, free) => {
    const sizing = sizingOf({ camunda: { clusterSize, partitionCount }, orchestration: { resources: { memoryMiB } } });
    const { replicas, heapMiB, nativeMiB, rocksDbMiB, pageCacheMiB, freeSpaceProcessingMiB, freeSpaceReplicationMiB } = sizing;
    expect([replicas, heapMiB, nativeMiB, rocksDbMiB, pageCacheMiB]).toEqual(memory);
    expect([freeSpaceProcessingMiB, freeSpaceReplicationMiB]).toEqual(free);
  },
);

test('a broker stops taking commands before it stops taking records, whatever it holds', () => {
  for (let partitionCount = 1; partitionCount <= 400; partitionCount += 7) {
    const { freeSpaceProcessingMiB, freeSpaceReplicationMiB, leastVolumeMiB } = sizingOf({ camunda: { partitionCount } });
    expect(freeSpaceProcessingMiB).toBeGreaterThan(freeSpaceReplicationMiB);
    expect(leastVolumeMiB).toBeGreaterThan(freeSpaceProcessingMiB);
  }
});

test.each([
  ['the default, one limit for each replica', {}, 4 * 512],
  ['another limit', { [`${ROCKSDB}.memory-limit`]: '128MB' }, 4 * 128],
  ['a limit in gigabytes', { [`${ROCKSDB}.memoryLimit`]: '1GB' }, 4 * 1024],
  ['the name of older versions', { 'zeebe.broker.experimental.rocksdb.memoryLimit': '64MB' }, 4 * 64],
  ['one limit for the broker', { [`${ROCKSDB}.memory-limit`]: '1GB', [`${ROCKSDB}.memory-allocation-strategy`]: 'BROKER' }, 1024],
  ['a tenth of the memory', { [`${ROCKSDB}.memory-allocation-strategy`]: 'fraction' }, 820],
  ['another fraction', { [`${ROCKSDB}.memory-allocation-strategy`]: 'FRACTION', [`${ROCKSDB}.memory-fraction`]: '0.25' }, 2048],
])('RocksDB takes what is configured: %s', (_what, configuration, expected) => {
  expect(withRocksDb(configuration)).toBe(expected);
});

test('RocksDB takes what a variable says as well', () => {
  const environment = [{ name: 'CAMUNDA_DATA_PRIMARYSTORAGE_ROCKSDB_MEMORYLIMIT', value: '256MB' }];
  expect(sizingOf({ orchestration: { pod: { environment } } }).rocksDbMiB).toBe(4 * 256);
});

test('memory that is enough leaves a fifth for the cache, and the least leaves none', () => {
  const { leastMiB, recommendedMiB } = brokerMemoryFor(2048);
  expect([leastMiB, recommendedMiB]).toEqual([4096, 6827]);
  expect(sizingOf({ orchestration: { resources: { memoryMiB: recommendedMiB } } }).pageCacheMiB / recommendedMiB).toBeCloseTo(0.2, 2);
  expect(sizingOf({ orchestration: { resources: { memoryMiB: leastMiB } } }).pageCacheMiB).toBe(0);
});

test('the default leaves a fifth for the cache', () => {
  const settings = resolveSettings(withSettings({}));
  expect(settings.orchestration.resources.memoryMiB).toBeGreaterThanOrEqual(
    brokerMemoryFor(brokerSizing(settings).rocksDbMiB).recommendedMiB,
  );
  expect(heapOptions(settings)).toEqual(['-Xmx1792m', '-XX:MaxDirectMemorySize=1792m']);
});

test.each([
  [2048, 1024],
  [4096, 2048],
  [63488, 31744],
  [131072, 31744],
])('Elasticsearch with %i MiB gives itself a heap of %i MiB', (memoryMiB, heapMiB) => {
  expect(elasticsearchHeapMiB(memoryMiB)).toBe(heapMiB);
});
