import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProgram, PROGRAM } from '../../scripts/program-bundles';
import { StandInPlatform } from '../support/stand-in-platform';

const ROOT = join(__dirname, '../..');
export const CONFIG = 'config/orders.yaml';

/** How a script of a job ended. */
export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** A repository with a configuration, a shallow clone of a change of it, the review as it is shipped, and a platform to comment on. */
export class JobBed {
  public readonly platform = new StandInPlatform();
  public platformUrl = '';
  /** How a job starts the review. */
  public readonly command: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'job-'));
  private readonly program = join(this.folder, 'package/bin', `${PROGRAM}.js`);
  private baseCommit = '';

  public constructor() {
    this.command = `${process.execPath} ${this.program} review`;
  }

  /** Where the job runs. */
  public get clone(): string {
    return this.path('clone');
  }

  /** The commit that the change goes into. The clone does not have it. */
  public get base(): string {
    return this.baseCommit;
  }

  public async start(): Promise<void> {
    await bundleProgram(this.program);
    this.platformUrl = await this.platform.start();
  }

  public async stop(): Promise<void> {
    await this.platform.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  public path(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }

  public read(...names: readonly string[]): string {
    return readFileSync(this.path(...names), 'utf8');
  }

  /** Commits the default configuration, then a change of it, and clones that with a depth of one. */
  public change(changed: (text: string) => string): void {
    rmSync(this.path('origin'), { recursive: true, force: true });
    rmSync(this.clone, { recursive: true, force: true });
    mkdirSync(this.path('origin/config'), { recursive: true });
    const before = readFileSync(join(ROOT, 'config/default.yaml'), 'utf8');
    this.git('origin', 'init', '--quiet', '--initial-branch', 'main');
    this.baseCommit = this.commit(before);
    this.commit(changed(before));
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${this.path('origin')}`, this.clone]);
    this.platform.comments.length = 0;
    this.platform.received.length = 0;
  }

  /** Runs a script as the platforms do. */
  public run(script: string, env: Readonly<Record<string, string>>, cwd = this.clone): Promise<Ran> {
    const file = this.path('script.sh');
    writeFileSync(file, script);
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', file], {
      cwd,
      // Where a module of a job's own would be found, the clone's node_modules would be.
      env: { PATH: process.env.PATH, HOME: this.folder, NODE_PATH: join(ROOT, 'node_modules'), NO_COLOR: '1', ...env },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)));
    return new Promise(resolve => child.on('close', code => resolve({ code, output })));
  }

  private commit(text: string): string {
    writeFileSync(this.path('origin', CONFIG), text);
    this.git('origin', 'add', '.');
    this.git('origin', 'commit', '--quiet', '--allow-empty', '--no-gpg-sign', '--message', 'a change');
    return this.git('origin', 'rev-parse', 'HEAD').trim();
  }

  private git(name: string, ...given: readonly string[]): string {
    const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    return execFileSync('git', ['-C', this.path(name), ...author, ...given], { encoding: 'utf8' });
  }
}

/** Changes of a configuration, and what a review says of each. */
export const CHANGES = {
  none: (text: string): string => text,
  dangerous: (text: string): string => text.replace('partitionCount: 8', 'partitionCount: 7'),
  wrong: (text: string): string => text.replace('clusterSize: 8', 'clusterSize: 5'),
} as const;
