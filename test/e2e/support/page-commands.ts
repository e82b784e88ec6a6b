import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bed } from './bed';
import { PROJECT } from './bed-state';
import { command } from './command';

/**
 * Shell blocks below a heading of a page of `docs/`, as a reader copies them, with the examples of the page replaced.
 *
 * @param replaced examples of the page, and what stands for each of them here. An example that is not on the page is an error
 */
export function pageBlocks(page: string, heading: string, replaced: Readonly<Record<string, string>>): string[] {
  const text = readFileSync(join(PROJECT, 'docs', page), 'utf8');
  const section = text.split(/^(?=## )/m).find(part => part.startsWith(`## ${heading}\n`));
  if (section === undefined) throw new Error(`docs/${page} has no section '${heading}'`);
  const missing = Object.keys(replaced).filter(example => !section.includes(example));
  if (missing.length > 0) throw new Error(`docs/${page}, '${heading}', has no ${missing.join(', ')}`);
  return [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) =>
    Object.entries(replaced).reduce((given, [example, real]) => given.replaceAll(example, real), block),
  );
}

/** Commands of a block, one per line of the page that does not continue another. */
export function commandsOf(block: string): string[] {
  return block
    .replaceAll(/\\\n\s*/g, '')
    .trim()
    .split('\n');
}

/** Runs shell text of a page, and returns what it printed. Fails if it does. */
export async function runFromPage(shell: string): Promise<string> {
  const { code, stdout, stderr } = await command('bash', ['-euc', shell], { env: bed().environment });
  if (code !== 0) throw new Error(`${shell}: exit code ${code}\n${stderr}`);
  return stdout;
}
