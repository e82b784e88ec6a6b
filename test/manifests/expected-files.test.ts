import { join } from 'node:path';
import { manifestFiles } from '../../bin/manifests/manifest-files';
import { planOf } from '../../constructs/topology/plan-of';
import { Topology } from '../../constructs/topology/topology';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { ofVersion, VERSIONS } from '../support/settings/versions';

/** Rendered from the default settings, for review. */
const FOLDER = join(__dirname, '__snapshots__');
const TOPOLOGY = Topology.of(DEFAULT_SETTINGS);
const DEFAULT_FILES = TOPOLOGY.regions.flatMap(({ regionId }) => manifestFiles(TOPOLOGY, regionId));
/** Of the other versions, what differs from the default one. */
const OTHER_FILES = VERSIONS.filter(version => version !== planOf(TOPOLOGY).settings.camunda.version).flatMap(version => {
  const topology = Topology.of({ ...DEFAULT_SETTINGS, ...ofVersion(version) });
  return topology.regions
    .flatMap(({ regionId }) => manifestFiles(topology, regionId))
    .filter(file => !DEFAULT_FILES.some(({ path, text }) => path === file.path && text === file.text))
    .map(({ path, text }) => ({ path: `${version}/${path}`, text }));
});
const FILES = [...DEFAULT_FILES, ...OTHER_FILES];

test.each(FILES)('renders $path as it was reviewed', ({ path, text }) => {
  expect(text).toMatchFile(join(FOLDER, path));
});

test('has no reviewed file that is not rendered any more', () => {
  expect(FILES.map(({ path }) => path)).toBeAllFilesIn(FOLDER);
});
