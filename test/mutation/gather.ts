import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Loads tests into one file, so that each mutant loads the modules once instead of once a file, which is most of what it costs.
 *
 * @param wanted folders below `test/`, or single files
 * @param left rooms and files of the folders that see nothing of a mutant, or cost too much
 */
// eslint-disable-next-line jest/no-export -- it is no test, but gathers them
export function gather(wanted: readonly string[], left: readonly string[] = []): void {
  const root = join(__dirname, '..');
  const files = wanted.flatMap(path => (path.endsWith('.test.ts') ? [path] : testsIn(root, path)));
  for (const file of files.filter(one => !one.split('/').some(part => left.includes(part)))) {
    // What a file does before each of its tests is not done before those of others.
    // eslint-disable-next-line @typescript-eslint/no-require-imports, jest/valid-title -- the names are known at run time only
    describe(file, () => void require(join(root, file)));
  }
}

/** Tests of a folder and of its rooms. */
function testsIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.test.ts'))
    .map(name => `${folder}/${name}`);
}
