import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { Topology } from '../../constructs/topology/topology';
import { summaryOf } from '../../lib/summary';
import { withRegions } from '../support/settings/changed-settings';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { MIGRATION, ofVersion } from '../support/settings/versions';

const linesOf = (settings: Partial<DualRegionSettings>) =>
  summaryOf(Topology.of({ ...DEFAULT_SETTINGS, ...settings }), 'a file').split('\n');

test.each([
  ['8.8', '  traffic   to region 0 only'],
  ['8.9', '  traffic   to region 0, and may go to both'],
])('says where users of %s may go', (version, line) => {
  expect(linesOf(ofVersion(version))).toContain(line);
});

test('says what is out of the ordinary, and nothing of it in normal operation', () => {
  const recovery = '  recovery  region 1 is being recreated: Operate and Tasklist run in neither region';
  const migration = '  migration data of 8.7 is being taken over: exporters of both versions, importer and Job';
  expect(linesOf({ recovery: { recreatedRegion: 1 } })).toContain(recovery);
  expect(linesOf(MIGRATION)).toContain(migration);
  expect(linesOf({}).filter(line => /^ {2}(recovery|migration)/.test(line))).toEqual([]);
});

test('says which sizes were chosen, and why, but for those that somebody wrote', () => {
  const chosen = (settings: Partial<DualRegionSettings>): string[] => linesOf(settings).filter(line => line.startsWith('  chosen'));
  const camunda = { clusterSize: 6, partitionCount: 17 };
  expect(chosen({ camunda })).toEqual([
    '  chosen    orchestration.resources.memoryMiB: 20480, for the replicas of partitions that land on a broker',
    '  chosen    orchestration.volumeGiB: 32, for the replicas of partitions that land on a broker',
    '  chosen    nodes.instanceType: m6i.2xlarge, as the smallest of which some nodes hold the pods of a region',
    '  chosen    nodes.perZone: 2, as the fewest of these nodes that hold them, with one zone gone too',
  ]);
  const written = { orchestration: { resources: { memoryMiB: 24576 }, volumeGiB: 64 }, nodes: { instanceType: 'm6i.4xlarge', perZone: 2 } };
  expect(chosen({ camunda, ...written })).toEqual([]);
});

test.each<[string, DualRegionSettings['history'], string]>([
  ['how long it is kept', {}, 'kept for 30 days, 89 of 163 GiB in each region, with 20000 process instances a day'],
  [
    'that it does not fit',
    { instancesPerDay: 40000 },
    'kept for 30 days, 179 of 163 GiB in each region, with 40000 process instances a day: full on day 28',
  ],
  [
    'that nothing is deleted',
    { retention: { enabled: false } },
    'kept for ever in each region, with 20000 process instances a day: full on day 55',
  ],
])('says of history %s', (_what, history, line) => {
  expect(linesOf({ history })).toContain(`  history   ${line}`);
});

test('says which regions must be enabled in the account', () => {
  const enabling = (settings: Partial<DualRegionSettings>): string[] => linesOf(settings).filter(line => line.startsWith('  enable'));
  expect(enabling(withRegions({ awsRegion: 'eu-central-1' }, { awsRegion: 'eu-south-1' }))).toEqual([
    '  enable    eu-south-1: an account cannot use this region until somebody enables it',
  ]);
  expect(enabling({})).toEqual([]);
});
