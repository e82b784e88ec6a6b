import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '../bin/config/read-configuration';
import { configurationReference } from './configuration-reference';

const ROOT = join(__dirname, '..');
const FILE = join(ROOT, 'docs', 'configuration.md');

const { settings } = readConfiguration(join(ROOT, 'config', 'default.yaml'));
const text = configurationReference(settings);
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text);
} else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== text) {
  process.stderr.write('docs/configuration.md is stale; run: npm run configuration-reference\n');
  process.exitCode = 1;
}
