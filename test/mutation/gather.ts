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
    path.endsWith('.test.ts') ? [path] : readdirSync(join(root, path)).flatMap(name => (isWanted(name, left) ? [`${path}/${name}`] : [])),
  );
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the names are known at run time only
  for (const file of files) require(join(root, file));
}

function isWanted(name: string, left: readonly string[]): boolean {
  return name.endsWith('.test.ts') && !left.includes(name);
}
