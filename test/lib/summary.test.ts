import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { Topology } from '../../constructs/topology/topology';
import { summaryOf } from '../../lib/summary';
import { DEFAULT_SETTINGS } from '../support/settings';
import { MIGRATION, ofVersion } from '../support/versions';

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
