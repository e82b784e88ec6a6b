import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { busy } from '../bin/busy';
import { AUTHORITY_BUNDLE } from './authority-bundle';
import { bundleProgram, PROGRAM, writeAliases } from './program-bundles';

const ROOT = join(__dirname, '..');

async function main(): Promise<void> {
  const program = join(ROOT, 'dist/bin', `${PROGRAM}.js`);
  busy(`bundling ${PROGRAM}`);
  await bundleProgram(program);
  busy();
  writeAliases(program);
  // To the byte what the project synthesises with: jsii copies no JavaScript.
  cpSync(join(ROOT, AUTHORITY_BUNDLE), join(ROOT, 'dist', AUTHORITY_BUNDLE));
}

void main();
