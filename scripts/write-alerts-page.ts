import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '../bin/config/read-configuration';
import { alertsPage } from './alerts-page';

const ROOT = join(__dirname, '..');
const FILE = join(ROOT, 'docs', 'alerts.md');

const { settings } = readConfiguration(join(ROOT, 'config', 'default.yaml'));
const text = alertsPage(settings);
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text);
} else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== text) {
  process.stderr.write('docs/alerts.md is stale; run: npm run alerts\n');
  process.exitCode = 1;
}
