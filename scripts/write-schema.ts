import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationJsonSchemaText } from './json-schema';

const FILE = join(__dirname, '..', 'config', 'schema.json');

const text = configurationJsonSchemaText();
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text);
} else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== text) {
  process.stderr.write('config/schema.json is stale; run: npx tsx scripts/write-schema.ts\n');
  process.exitCode = 1;
}
