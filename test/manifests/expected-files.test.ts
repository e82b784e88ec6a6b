import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { manifestFiles } from '../../bin/manifest-files';
import { Topology } from '../../constructs/topology/topology';
import { DEFAULT_SETTINGS } from '../support/settings';
import { ofVersion, VERSIONS } from '../support/versions';

/** Rendered from the default settings, for review. Written by `UPDATE_MANIFESTS=1 npx jest test/manifests/expected-files`. */
const FOLDER = join(__dirname, '__snapshots__');
const TOPOLOGY = Topology.of(DEFAULT_SETTINGS);
const DEFAULT_FILES = TOPOLOGY.regions.flatMap(({ regionId }) => manifestFiles(TOPOLOGY, regionId));
/** Of the other versions, what differs from the default one. One region will do: other tests compare the regions. */
const OTHER_FILES = VERSIONS.filter(version => version !== TOPOLOGY._settings.camunda.version).flatMap(version =>
  manifestFiles(Topology.of({ ...DEFAULT_SETTINGS, ...ofVersion(version) }), 0)
    .filter(file => !DEFAULT_FILES.some(({ path, text }) => path === file.path && text === file.text))
    .map(({ path, text }) => ({ path: `${version}/${path}`, text })),
);
const FILES = [...DEFAULT_FILES, ...OTHER_FILES];

if (process.env.UPDATE_MANIFESTS && !process.env.CI) {
  rmSync(FOLDER, { recursive: true, force: true });
  for (const { path, text } of FILES) {
    mkdirSync(dirname(join(FOLDER, path)), { recursive: true });
    writeFileSync(join(FOLDER, path), text);
  }
}

test.each(FILES)('renders $path as it was reviewed', ({ path, text }) => {
  const file = join(FOLDER, path);
  expect(existsSync(file)).toBe(true);
  expect(text).toBe(readFileSync(file, 'utf8'));
});

test('has no reviewed file that is not rendered any more', () => {
  const reviewed = (readdirSync(FOLDER, { recursive: true }) as string[]).filter(path => path.endsWith('.yaml'));
  expect(reviewed.sort()).toEqual(FILES.map(({ path }) => path).sort());
});
