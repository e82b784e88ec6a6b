import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Loads tests of some folders into one, so that each mutant loads the modules once instead of once a file, which is most of what it
 * costs.
 *
 * @param left tests that see nothing of a mutant, since they start programs of their own or replace modules.
 */
export function gather(folders: readonly string[], left: readonly string[] = []): void {
  for (const folder of folders) {
    const path = join(__dirname, '..', folder);
    const files = readdirSync(path).filter(file => file.endsWith('.test.ts') && !left.includes(file));
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the names are known at run time only
    for (const file of files) require(join(path, file));
  }
}
