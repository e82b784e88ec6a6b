import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestFiles } from '../../bin/manifests/manifest-files';
import { Topology } from '../../constructs/topology/topology';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { ofVersion, VERSIONS } from '../support/settings/versions';
import { gather } from './gather';

// Left out: random settings, which take half of the time; a test that replaces a module; one whose files are not there any more when
// tests of others follow it.
gather(
  ['topology', 'config', 'manifests/phases.test.ts', 'manifests/migration.test.ts'],
  ['fuzz.test.ts', 'rules-robustness.test.ts', 'quorum-rule.test.ts', 'printed-problems.test.ts'],
);

// Names, and what differs between versions, are right where the manifests are. The test of these renders them while it is loaded,
// where a mutant is not switched on yet.
test.each(VERSIONS)('what %s renders is as it was reviewed', version => {
  const reviewed = join(__dirname, '../manifests/__snapshots__');
  const topology = Topology.of({ ...DEFAULT_SETTINGS, ...ofVersion(version) });
  for (const { path, text } of manifestFiles(topology, 0)) {
    const file = [join(reviewed, version, path), join(reviewed, path)].find(existsSync);
    expect(text).toBe(readFileSync(file!, 'utf8'));
  }
});
