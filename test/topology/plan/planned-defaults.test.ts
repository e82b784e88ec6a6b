import fc from 'fast-check';
import { brokerMemoryFor, brokerSizing } from '../../../constructs/topology/plan/sizing';
import { describeProblem, ProblemSeverity } from '../../../constructs/topology/rules/judging/problem';
import { problemsOf } from '../../../constructs/topology/rules/rules';
import { resolveSettings } from '../../../constructs/topology/settings/resolve-settings';
import type { ResolvedSettings } from '../../../constructs/topology/settings/resolved-settings';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { CAMUNDA_VERSIONS } from '../../../constructs/topology/versions/camunda-versions';
import { withSettings } from '../../support/settings/changed-settings';

const VERSIONS = Object.keys(CAMUNDA_VERSIONS);

function errorsOf(settings: DualRegionSettings): string[] {
  const errors = problemsOf(settings).filter(({ severity }) => severity === ProblemSeverity.ERROR);
  return errors.map(describeProblem);
}

function sizesOf(changes: Partial<DualRegionSettings>): readonly unknown[] {
  const { orchestration, nodes } = resolveSettings(withSettings(changes));
  return [orchestration.resources.memoryMiB, orchestration.volumeGiB, nodes.instanceType, nodes.perZone, nodes.maxPerZone];
}

const camunda = (clusterSize: number, partitionCount: number): Partial<DualRegionSettings> => ({
  camunda: { clusterSize, partitionCount },
});

test.each(VERSIONS)('8 brokers of %s with 8 partitions keep the sizes that every deployment has', version => {
  expect(sizesOf({ camunda: { version } })).toEqual([7168, 32, 'm6i.xlarge', 2, 3]);
});

test.each([
  ['more partitions on a broker need memory, and that needs larger nodes', camunda(6, 17), [20480, 32, 'm6i.2xlarge', 2, 3]],
  ['brokers of a region never share a node', camunda(24, 24), [7168, 32, 'm6i.xlarge', 4, 5]],
  ['24 brokers with two partitions each', camunda(24, 48), [14336, 32, 'm6i.2xlarge', 4, 5]],
  ['40 brokers with two partitions each', camunda(40, 80), [14336, 32, 'm6i.2xlarge', 7, 8]],
  ['100 brokers with two partitions each', camunda(100, 200), [14336, 32, 'm6i.2xlarge', 17, 18]],
  ['a volume grows beyond forty replicas', camunda(4, 42), [71680, 48, 'm6i.8xlarge', 2, 3]],
  ['memory that is written needs nodes as well', { orchestration: { resources: { memoryMiB: 40960 } } }, [40960, 32, 'm6i.4xlarge', 2, 3]],
  ['a number of nodes that is written needs their size', { nodes: { perZone: 3 } }, [7168, 32, 'm6i.xlarge', 3, 4]],
  [
    'a type that is written needs their number',
    { connectors: { replicas: 12 }, nodes: { instanceType: 'm6i.xlarge' } },
    [7168, 32, 'm6i.xlarge', 3, 4],
  ],
  [
    'a type of which nothing is known gets one node for each broker',
    { ...camunda(24, 24), nodes: { instanceType: 't3.xlarge' } },
    [7168, 32, 't3.xlarge', 4, 5],
  ],
])('%s', (_why, changes, expected) => {
  expect(sizesOf(changes)).toEqual(expected);
});

test('whatever the brokers and partitions, no default is an error that nobody wrote', () => {
  const cluster = fc.record({
    version: fc.constantFrom(...VERSIONS),
    clusterSize: fc.integer({ min: 2, max: 60 }).map(half => 2 * half),
    perBroker: fc.integer({ min: 1, max: 6 }),
  });
  fc.assert(
    fc.property(cluster, ({ version, clusterSize, perBroker }) => {
      expect(errorsOf(withSettings({ camunda: { version, clusterSize, partitionCount: clusterSize * perBroker } }))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('memory that is chosen leaves room for the cache of the file system', () => {
  const settings: ResolvedSettings = resolveSettings(withSettings(camunda(6, 17)));
  expect(settings.orchestration.resources.memoryMiB).toBeGreaterThanOrEqual(
    brokerMemoryFor(brokerSizing(settings).rocksDbMiB).recommendedMiB,
  );
});

test.each([
  ['memory', { ...camunda(6, 17), orchestration: { resources: { memoryMiB: 7168 } } }, 'orchestration.resources.memoryMiB'],
  ['a volume', { ...camunda(4, 42), orchestration: { volumeGiB: 16 } }, 'orchestration.volumeGiB'],
  ['nodes', { ...camunda(24, 24), nodes: { perZone: 2 } }, 'nodes.perZone'],
])('%s that somebody wrote too small stays an error', (_what, changes, setting) => {
  expect(errorsOf(withSettings(changes))).toEqual([expect.stringContaining(`'${setting}' must `)]);
});

test('what no node can hold names the setting that made it so', () => {
  const [error, ...others] = errorsOf(withSettings(camunda(4, 2000)));
  expect(others).toEqual([]);
  expect(error).toContain("its value follows 'camunda.partitionCount' [capacity]");
});

test('a mistake in a leader leaves the usual sizes, so that it is told alone', () => {
  expect(sizesOf({ camunda: { clusterSize: 7, partitionCount: 100 } })).toEqual([7168, 32, 'm6i.xlarge', 2, 3]);
  expect(errorsOf(withSettings({ camunda: { clusterSize: 7, partitionCount: 100 } }))).toEqual([expect.stringContaining('[cluster-size]')]);
});
