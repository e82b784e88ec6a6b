import { join } from 'node:path';
import { bundleProgram, PROGRAMS } from './program-bundles';

async function main(): Promise<void> {
  for (const name of PROGRAMS) await bundleProgram(name, join(__dirname, '../dist/bin', `${name}.js`));
}

void main();
