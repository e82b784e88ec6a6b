import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '../bin/config/read-configuration';
import { topologyPicture } from '../bin/review/picture';
import { Topology } from '../constructs/topology/topology';
import { partitionPicture } from './partition-picture';

const ROOT = join(__dirname, '..');

// A day on which every version was maintained: the pictures do not change with the calendar.
const { settings } = readConfiguration(join(ROOT, 'config', 'default.yaml'));
const topology = Topology.of(settings, new Date('2026-08-01'));
for (const [name, picture] of Object.entries({ topology: topologyPicture(topology), partitions: partitionPicture(topology) })) {
  const file = join(ROOT, 'docs', 'images', `${name}.svg`);
  const text = `${picture}\n`;
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    process.stderr.write(`docs/images/${name}.svg is stale; run: npm run picture\n`);
    process.exitCode = 1;
  }
}
