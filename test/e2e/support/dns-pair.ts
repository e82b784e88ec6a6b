import { setTimeout as pause } from 'node:timers/promises';
import { kubernetesNames } from '../../../constructs/topology/plan/names';
import { bed, DNS_PORT } from './bed';
import { DnsClient, type DnsAnswer } from './dns-client';
import { BlackHole, RegionDns } from './dns-server';
import { seconds } from './figure';

const LOCAL_TIMEOUT_MS = 2000;
const ENOUGH_SAMPLES = 200;

/** How a peer is silent: nothing listens in its place, or what listens says nothing. */
export type Silence = 'refused' | 'swallowed';

/** Asks a region for its own names until it is stopped. */
export interface Sampler {
  /** Returns the times of the answers, milliseconds. */
  readonly stop: () => Promise<number[]>;
}

let counter = 0;

/** CoreDNS of both regions as it was deployed. Each pair has addresses of its own, so that several can be tried at once. */
export class DnsPair {
  public readonly servers: readonly RegionDns[];
  /** Ask the server of region 0 and 1. */
  public readonly clients: readonly DnsClient[];
  private readonly blackHole = new BlackHole();
  private stopped = false;

  /** The number of the pair, and the Corefiles that were deployed in region 0 and 1. */
  public constructor(number: number, deployed: readonly string[]) {
    this.servers = deployed.map((corefile, regionId) => new RegionDns(regionId, corefile, number));
    this.clients = this.servers.map(({ addresses }) => new DnsClient(addresses[0], DNS_PORT));
  }

  public async start(): Promise<void> {
    await Promise.all(this.servers.map(server => server.start()));
  }

  public async stop(): Promise<void> {
    this.stopped = true;
    await this.blackHole.close();
    this.clients.forEach(client => client.close());
    await Promise.all(this.servers.map(server => server.kill()));
  }

  /** Makes a region silent. */
  public async silence(regionId: number, silence: Silence): Promise<void> {
    await this.servers[regionId].kill();
    if (silence === 'swallowed') await this.blackHole.open(this.servers[regionId].addresses, DNS_PORT);
  }

  /** Brings it back. */
  public async speak(regionId: number): Promise<void> {
    await this.blackHole.close();
    if (!this.servers[regionId].alive) await this.servers[regionId].start();
  }

  /** Waits until a name of the peer that nobody has asked for yet is answered by the peer. Returns milliseconds. */
  public async recovery(asker: number): Promise<number> {
    const started = performance.now();
    const answered = async () => (await this.clients[asker].ask(unknownName(1 - asker))).code === 'NXDOMAIN' || undefined;
    await until(60_000, "the peer's answer", answered);
    return performance.now() - started;
  }

  /** Asks for known names and for unknown ones, so that the cache doesn't answer for all. */
  public sampleLocal(regionId: number): Sampler {
    const times: number[] = [];
    const client = new DnsClient(this.servers[regionId].addresses[0], DNS_PORT, LOCAL_TIMEOUT_MS);
    let stopped = false;
    const sampling = (async () => {
      const { brokers } = bed().topology.regions[regionId];
      for (let i = 0; !stopped && !this.stopped; i++) {
        const broker = brokers[i % brokers.length];
        const answer = await client.ask(i % 2 === 0 ? broker.hostName : unknownName(regionId));
        times.push(answer.milliseconds);
        // A lost packet counts as a slow answer.
        const expected = i % 2 === 0 ? 'NOERROR' : 'NXDOMAIN';
        if (answer.code !== 'TIMEOUT' && answer.code !== expected) throw new Error(`a local name got ${answer.code}, not ${expected}`);
        await pause(5);
      }
    })();
    // A failure is for `stop` to report.
    sampling.catch(() => undefined);
    return {
      stop: async () => {
        // Enough for a percentile, also when the rest was quick.
        while (times.length < ENOUGH_SAMPLES) await Promise.race([pause(20), sampling]);
        stopped = true;
        await sampling;
        client.close();
        return times;
      },
    };
  }
}

/** The name of the brokers' Service in a region. */
export function brokerService(regionId: number): string {
  const { topology, regions } = bed();
  return `${kubernetesNames(topology.name).zeebe}.${regions[regionId].namespace}.svc.cluster.local`;
}

/** Never asked for before. */
export function unknownName(regionId: number): string {
  return `unknown-${Date.now()}-${counter++}.${brokerService(regionId)}`;
}

/** Tries until there is a result. */
export async function until<T>(limitMs: number, what: string, attempt: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + limitMs;
  while (performance.now() < end) {
    const result = await attempt();
    if (result !== undefined) return result;
    await pause(50);
  }
  throw new Error(`waited ${seconds(limitMs)} for ${what}`);
}

/** Asks one after the other. */
export async function sequence<T>(names: readonly string[], ask: (name: string) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (const name of names) results.push(await ask(name));
  return results;
}

export const repeat = <T>(times: number, ask: () => Promise<T>): Promise<T[]> => sequence(Array<string>(times).fill(''), ask);

/** Asks so many times, with so many questions open at once. */
export async function inParallel<T>(count: number, atOnce: number, ask: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let left = count;
  const worker = async (): Promise<void> => {
    while (left-- > 0) results.push(await ask());
  };
  const workers: Promise<void>[] = [];
  while (workers.length < atOnce) {
    workers.push(worker());
    // All in one burst would overflow the socket's buffer, which says nothing about the server.
    if (workers.length % 50 === 0) await pause(5);
  }
  await Promise.all(workers);
  return results;
}

export const slowest = (answers: readonly DnsAnswer[]): number => Math.max(...answers.map(answer => answer.milliseconds));

export function percentile(times: readonly number[], part: number): number {
  return [...times].sort((a, b) => a - b)[Math.ceil(times.length * part) - 1];
}
