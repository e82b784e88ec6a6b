import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeholders, releaseProblems } from './release-versions';

// Whether the tag of the first argument can be released.
const read = (file: string): string => readFileSync(join(__dirname, '..', file), 'utf8');
const packageJson = read('package.json');
const { version } = JSON.parse(packageJson) as { readonly version: string };
for (const problem of [...releaseProblems(process.argv[2] ?? '', version, read('CHANGELOG.md')), ...placeholders(packageJson)]) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
