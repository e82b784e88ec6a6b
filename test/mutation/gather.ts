import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Loads tests into one file, so that each mutant loads the modules once instead of once a file, which is most of what it costs.
 *
 * @param wanted folders below `test/`, or single files
 * @param left rooms and files of the folders that see nothing of a mutant, or cost too much
 */
export function gather(wanted: readonly string[], left: readonly string[] = []): void {
  const root = join(__dirname, '..');
  const files = wanted.flatMap(path => (path.endsWith('.test.ts') ? [path] : testsIn(root, path)));
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the names are known at run time only
  for (const file of files.filter(one => !one.split('/').some(part => left.includes(part)))) require(join(root, file));
}

/** Tests of a folder and of its rooms. */
function testsIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.test.ts'))
    .map(name => `${folder}/${name}`);
}
