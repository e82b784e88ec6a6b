import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CAMUNDA_VERSIONS } from '../constructs/topology/camunda-versions';
import { runbookOf } from '../lib/recovery/runbook-document';

// docs/runbook/<version>.md, from the plans that the program runs.
const FOLDER = join(__dirname, '..', 'docs', 'runbook');

for (const version of Object.keys(CAMUNDA_VERSIONS)) {
  const file = join(FOLDER, `${version}.md`);
  const text = runbookOf(version);
  if (!process.argv.includes('--check')) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    process.stderr.write(`docs/runbook/${version}.md is stale; run: npm run runbook\n`);
    process.exitCode = 1;
  }
}
