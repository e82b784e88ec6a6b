import { join } from 'node:path';
import { manifestFiles } from '../../bin/manifests/manifest-files';
import { planOf } from '../../constructs/topology/plan-of';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { Topology } from '../../constructs/topology/topology';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { ofVersion, VERSIONS } from '../support/settings/versions';

/** Rendered from the default settings, for review. */
const FOLDER = join(__dirname, '__snapshots__');
const TOPOLOGY = Topology.of(DEFAULT_SETTINGS);
const DEFAULT_FILES = TOPOLOGY.regions.flatMap(({ regionId }) => manifestFiles(TOPOLOGY, regionId));
/** Of the other versions, and of a cluster with zones, what differs from the default one. */
const OTHERS: readonly (readonly [name: string, settings: Partial<DualRegionSettings>])[] = [
  ...VERSIONS.filter(version => version !== planOf(TOPOLOGY).settings.camunda.version).map(
    version => [version, ofVersion(version)] as const,
  ),
  ['zones', { camunda: { version: '8.10', zones: true } }],
];
const OTHER_FILES = OTHERS.flatMap(([name, settings]) => {
  const topology = Topology.of({ ...DEFAULT_SETTINGS, ...settings });
  return topology.regions
    .flatMap(({ regionId }) => manifestFiles(topology, regionId))
    .filter(file => !DEFAULT_FILES.some(({ path, text }) => path === file.path && text === file.text))
    .map(({ path, text }) => ({ path: `${name}/${path}`, text }));
});
const FILES = [...DEFAULT_FILES, ...OTHER_FILES];

test.each(FILES)('renders $path as it was reviewed', ({ path, text }) => {
  expect(text).toMatchFile(join(FOLDER, path));
});

test('has no reviewed file that is not rendered any more', () => {
  expect(FILES.map(({ path }) => path)).toBeAllFilesIn(FOLDER);
});
