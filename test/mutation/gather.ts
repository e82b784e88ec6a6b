import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Loads tests into one file, so that each mutant loads the modules once instead of once a file, which is most of what it costs.
 *
 * @param wanted folders below `test/`, or single files
 * @param left files of the folders that see nothing of a mutant, or cost too much
 */
export function gather(wanted: readonly string[], left: readonly string[] = []): void {
  const root = join(__dirname, '..');
  const files = wanted.flatMap(path =>
    path.endsWith('.test.ts') ? [path] : testsIn(join(root, path)).flatMap(name => (left.includes(name) ? [] : [`${path}/${name}`])),
  );
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the names are known at run time only
  for (const file of files) require(join(root, file));
}

/** Tests of a folder, without those of its rooms. */
function testsIn(folder: string): string[] {
  return readdirSync(folder).filter(name => name.endsWith('.test.ts'));
}
