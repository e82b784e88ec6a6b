import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AUTHORITY_BUNDLE, authorityBundle } from './authority-bundle';

const FILE = join(__dirname, '..', AUTHORITY_BUNDLE);

async function main(): Promise<void> {
  const text = await authorityBundle();
  if (!process.argv.includes('--check')) {
    mkdirSync(dirname(FILE), { recursive: true });
    writeFileSync(FILE, text);
  } else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== text) {
    process.stderr.write(`${AUTHORITY_BUNDLE} is stale; run: npm run authority-bundle\n`);
    process.exitCode = 1;
  }
}

void main();
