import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { AUTHORITY_BUNDLE } from './authority-bundle';
import { bundleProgram, PROGRAMS } from './program-bundles';

const ROOT = join(__dirname, '..');

async function main(): Promise<void> {
  for (const name of PROGRAMS) await bundleProgram(name, join(ROOT, 'dist/bin', `${name}.js`));
  // To the byte what the project synthesises with: jsii copies no JavaScript.
  cpSync(join(ROOT, AUTHORITY_BUNDLE), join(ROOT, 'dist', AUTHORITY_BUNDLE));
}

void main();
