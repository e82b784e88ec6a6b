import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stringify } from 'yaml';
import { FIXED_NAMES } from '../../../../constructs/topology/plan/names';
import { bed, type BedRegion } from '../bed';
import { PROJECT } from '../bed-state';
import { command, type Outcome } from '../command';

const PROGRAM = join(PROJECT, 'dist/bin/camunda-dual-region.js');

/** Builds the program as it is shipped. */
export async function buildRecover(): Promise<void> {
  const { code, stderr } = await command('npm', ['run', 'build:programs'], { cwd: PROJECT, env: process.env });
  if (code !== 0) throw new Error(`recover cannot be built:\n${stderr}`);
}

/**
 * The environment of somebody who may carry out a recovery and nothing else: a member of the group of the deployed Role. The clock of the
 * computer can be a minute ahead.
 */
export async function operatorEnvironment(name: string, { clockAhead = false } = {}): Promise<NodeJS.ProcessEnv> {
  const files: string[] = [];
  for (const region of bed().regions) files.push(await regionKubeconfig(region, name));
  const clock = clockAhead ? { NODE_OPTIONS: `--import ${pathToFileURL(join(__dirname, 'clock-ahead.mjs')).href}` } : {};
  return { PATH: process.env.PATH, HOME: bed().folder, KUBECONFIG: files.join(':'), ...clock };
}

/** The environment of somebody whose kubeconfig is as `aws eks update-kubeconfig` writes it: tokens come from the AWS CLI. */
export async function eksEnvironment(): Promise<NodeJS.ProcessEnv> {
  const file = join(bed().folder, 'recovery', 'eks.kubeconfig');
  const { environment, regions, topology } = bed();
  for (const { regionId, awsRegion } of regions) {
    const cluster = ['--name', `${topology.name}-region${regionId}`, '--region', awsRegion, '--alias', `region${regionId}`];
    const { code, stderr } = await command('aws', ['eks', 'update-kubeconfig', '--kubeconfig', file, ...cluster], { env: environment });
    if (code !== 0) throw new Error(`aws eks update-kubeconfig: exit code ${code}\n${stderr}`);
  }
  return { ...environment, HOME: bed().folder, KUBECONFIG: file };
}

async function regionKubeconfig({ regionId, apiServer, folder, namespace }: BedRegion, name: string): Promise<string> {
  const own = join(bed().folder, 'recovery', name);
  mkdirSync(own, { recursive: true });
  const path = (kind: string): string => join(own, `region${regionId}.${kind}`);
  const authority = (kind: string): string => join(folder, `ca.${kind}`);
  await openssl(
    'req',
    '-new',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    path('key'),
    '-out',
    path('csr'),
    '-subj',
    `/O=${FIXED_NAMES.recoveryGroup}/CN=${name}`,
  );
  await openssl(
    'x509',
    '-req',
    '-in',
    path('csr'),
    '-CA',
    authority('crt'),
    '-CAkey',
    authority('key'),
    '-CAcreateserial',
    '-days',
    '1',
    '-out',
    path('crt'),
  );
  const context = `region${regionId}`;
  writeFileSync(
    path('kubeconfig'),
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: context, cluster: { server: apiServer, 'certificate-authority': authority('crt') } }],
      users: [{ name: context, user: { 'client-certificate': path('crt'), 'client-key': path('key') } }],
      contexts: [{ name: context, context: { cluster: context, user: context, namespace } }],
      'current-context': context,
    }),
  );
  return path('kubeconfig');
}

async function openssl(...args: string[]): Promise<void> {
  const { code, stderr } = await command('openssl', args, { env: bed().environment });
  if (code !== 0) throw new Error(`openssl ${args[0]}: exit code ${code}\n${stderr}`);
}

/** One run of the program, by somebody with an environment. */
export class RecoverRun {
  private text = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<Outcome>;

  public constructor(env: NodeJS.ProcessEnv, ...args: readonly string[]) {
    const child = spawn(process.execPath, [PROGRAM, 'recover', ...args], { cwd: bed().folder, env });
    this.child = child;
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => {
      stdout += data.toString();
      this.text += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
      this.text += data.toString();
    });
    this.ended = new Promise(resolve =>
      child.on('close', (code, signal) => resolve({ code: code ?? 128 + (signal ? 9 : 0), stdout, stderr })),
    );
  }

  /** All that it has printed so far. */
  public get output(): string {
    return this.text;
  }

  public end(): Promise<Outcome> {
    return this.ended;
  }

  /** Waits until it has printed something. Fails if it ends before. */
  public async description(what: RegExp, timeoutMs = 60_000): Promise<void> {
    const until = Date.now() + timeoutMs;
    while (!what.test(this.text)) {
      if (this.child.exitCode !== null) throw new Error(`it ended (${this.child.exitCode}) before it said ${what}:\n${this.text}`);
      if (Date.now() > until) throw new Error(`it did not say ${what} within ${timeoutMs / 1000} s:\n${this.text}`);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  public signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

/** Runs the program to its end. */
export function recover(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Outcome> {
  return new RecoverRun(env, ...args).end();
}
