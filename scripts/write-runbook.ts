import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CAMUNDA_VERSIONS } from '../constructs/topology/versions/camunda-versions';
import { runbooks } from '../lib/recovery/documents/runbook-document';

// docs/runbook/<versions>.md, from the plans that the program runs.
const FOLDER = join(__dirname, '..', 'docs', 'runbook');

mkdirSync(FOLDER, { recursive: true });
const pages = runbooks(Object.keys(CAMUNDA_VERSIONS));
// Versions that share a page today may have had their own.
const left = readdirSync(FOLDER).filter(name => pages.every(({ fileName }) => fileName !== name));
if (process.argv.includes('--check')) {
  const stale = pages.filter(({ fileName, text }) => textOf(fileName) !== text).map(({ fileName }) => fileName);
  for (const name of [...stale, ...left]) process.stderr.write(`docs/runbook/${name} is stale; run: npm run runbook\n`);
  if (stale.length + left.length > 0) process.exitCode = 1;
} else {
  left.forEach(name => rmSync(join(FOLDER, name)));
  pages.forEach(({ fileName, text }) => writeFileSync(join(FOLDER, fileName), text));
}

function textOf(fileName: string): string | undefined {
  const file = join(FOLDER, fileName);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
