import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '../bin/config/read-configuration';
import { topologyPicture } from '../bin/review/picture';
import { Topology } from '../constructs/topology/topology';

const ROOT = join(__dirname, '..');
const FILE = join(ROOT, 'docs', 'images', 'topology.svg');

// A day on which every version was maintained: the picture does not change with the calendar.
const { settings } = readConfiguration(join(ROOT, 'config', 'default.yaml'));
const text = `${topologyPicture(Topology.of(settings, new Date('2026-08-01')))}\n`;
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text);
} else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== text) {
  process.stderr.write('docs/images/topology.svg is stale; run: npm run picture\n');
  process.exitCode = 1;
}
