import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AUTHORITY_BUNDLE, authorityBundle } from './authority-bundle';

const FILE = join(__dirname, '..', AUTHORITY_BUNDLE);

async function main(): Promise<void> {
  const text = await authorityBundle();
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, text);
}

void main();
