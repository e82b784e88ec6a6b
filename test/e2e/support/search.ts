import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pidOf, runningPids } from '../runner/memory';
import { bed } from './bed';
import { BED_SCRIPTS } from './bed-state';
import { authorityIn } from './certificates';
import { command } from './command';
import { eventually } from './life';
import { askSearch, type SearchAddress, type SearchAnswer } from './search-client';
import { nodeFiles } from './search-configuration';
import { operatorFiles, passwordsOf } from './search-sources';

/** Who asks: Camunda, or the superuser that the operator makes, whom a recovery uses. */
export type SearchUser = 'camunda' | 'elastic';

/** A node of the bed, which stands for the Elasticsearch of a region: a cluster of its own, with the files of the first pod. */
export class SearchNode {
  public readonly home: string;
  public readonly port: number;
  private address?: Omit<SearchAddress, 'user'>;
  private passwords?: Readonly<Record<SearchUser, string>>;

  public constructor(public readonly regionId: number) {
    this.port = Number(bed().environment.BED_SEARCH_PORTS!.split(' ')[regionId]);
    this.home = join(bed().folder, 'search', `node-${this.port}`);
  }

  /** Gives the node what the operator has made for the pods of the region. A node that runs takes up users, roles and certificates. */
  public async configure(): Promise<void> {
    const { topology } = bed();
    writeFiles(this.home, await this.files());
    this.passwords = await passwordsOf(this.regionId);
    const { url } = topology.exporters.find(({ regionId }) => regionId === this.regionId)!;
    const { certificate } = await authorityIn(this.regionId);
    this.address = { port: this.port, host: new URL(url).hostname, authority: certificate };
  }

  /** Its files, by their path below its home. */
  public async files(): Promise<Readonly<Record<string, string>>> {
    return nodeFiles(await operatorFiles(this.regionId), { home: this.home, port: this.port, snapshotFolder: snapshotFolder() });
  }

  /** Where and how it is asked as a user, or as nobody. */
  public addressFor(user?: SearchUser): SearchAddress {
    if (!this.address || !this.passwords) throw new Error(`the search node of region ${this.regionId} was not configured`);
    return { ...this.address, user: user && { name: user, password: this.passwords[user] } };
  }

  /** Asks it as a user. */
  public ask(user: SearchUser, method: string, path: string, body?: object | string): Promise<SearchAnswer> {
    return askSearch(this.addressFor(user), method, path, body);
  }

  /** As `ask`, and fails if it refuses. */
  public async use<T>(user: SearchUser, method: string, path: string, body?: object | string): Promise<T> {
    const { status, body: said } = await this.ask(user, method, path, body);
    if (status >= 300) throw new Error(`${method} ${path} as ${user}: ${status} ${JSON.stringify(said)}`);
    return said as T;
  }

  /** Kills it, as a fire would. */
  public kill(): void {
    process.kill(pidOf('search', `node-${this.port}`), 'SIGKILL');
  }

  /** Boots it anew, with nothing in it. */
  public async startEmpty(): Promise<void> {
    await this.configure();
    await script('up.sh', String(this.port));
    await this.isGreen();
  }

  public async isGreen(): Promise<void> {
    await eventually(`the search node of region ${this.regionId} is green`, async () => {
      const { status, body } = await this.ask('elastic', 'GET', '/_cluster/health');
      return status === 200 && (body as { status: string }).status === 'green';
    });
  }
}

/** Puts files below a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

export type SearchNodes = readonly [SearchNode, SearchNode];

/** Folder for snapshot repositories of type `fs`, which both nodes see. */
export function snapshotFolder(): string {
  return join(bed().folder, 'search/snapshots');
}

/** Boots the Elasticsearch nodes, unless they run. They take 700 MiB, so only proofs that need them have them. */
export async function startSearchNodes(): Promise<SearchNodes> {
  const nodes = [new SearchNode(0), new SearchNode(1)] as const;
  await Promise.all(nodes.map(node => node.configure()));
  if (runningPids('search').length === 0) await script('up.sh');
  await Promise.all(nodes.map(node => node.isGreen()));
  return nodes;
}

/** Ends them; what they held is gone. */
export async function stopSearchNodes(): Promise<void> {
  await script('down.sh');
  for (const { home } of [new SearchNode(0), new SearchNode(1)]) rmSync(home, { recursive: true, force: true });
}

async function script(name: string, ...args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await command('bash', [join(BED_SCRIPTS, 'search', name), ...args], { env: bed().environment });
  if (code !== 0) throw new Error(`search/${name} failed:\n${stdout}${stderr}`);
}
