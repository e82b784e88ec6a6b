import { join } from 'node:path';
import { pidOf, runningPids } from '../runner/memory';
import { bed } from './bed';
import { BED_SCRIPTS } from './bed-state';
import { command } from './command';

/** The two Elasticsearch nodes of the bed: each a cluster of its own, with a snapshot folder that both see. */
export interface SearchNodes {
  /** Addresses of region 0's and region 1's. */
  readonly urls: readonly [string, string];
  /** Folder for snapshot repositories of type `fs`. */
  readonly snapshotFolder: string;
}

/** Boots the Elasticsearch nodes, unless they run. They take half a gibibyte, so only proofs that need them have them. */
export async function startSearchNodes(): Promise<SearchNodes> {
  const { environment, folder } = bed();
  if (runningPids('search').length === 0) await script('up.sh');
  const [first, second] = environment.BED_SEARCH_PORTS!.split(' ').map(port => `http://127.0.0.1:${port}`);
  return { urls: [first, second], snapshotFolder: join(folder, 'search/snapshots') };
}

/** Kills a region's node, as a fire would. */
export function killSearchNode(regionId: number): void {
  process.kill(pidOf('search', `node-${portOf(regionId)}`), 'SIGKILL');
}

/** Boots a region's node anew, with nothing in it. */
export async function startEmptySearchNode(regionId: number): Promise<void> {
  await script('up.sh', portOf(regionId));
}

/** Ends them; what they held is gone. */
export async function stopSearchNodes(): Promise<void> {
  await script('down.sh');
}

function portOf(regionId: number): string {
  return bed().environment.BED_SEARCH_PORTS!.split(' ')[regionId];
}

async function script(name: string, ...args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await command('bash', [join(BED_SCRIPTS, 'search', name), ...args], { env: bed().environment });
  if (code !== 0) throw new Error(`search/${name} failed:\n${stdout}${stderr}`);
}
