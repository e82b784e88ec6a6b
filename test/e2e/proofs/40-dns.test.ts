import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { awsState } from '../support/aws-state';
import { bed, DNS_PORT } from '../support/bed';
import { DnsClient, type DnsAnswer } from '../support/dns-client';
import { BlackHole, checkCorefile, RegionDns } from '../support/dns-server';
import { addElasticsearch, moveStandIn, podAddresses, removeElasticsearch, standInName } from '../support/dns-stand-ins';
import { figure, seconds } from '../support/figure';
import { kubectlJson } from '../support/kubectl';

const REGIONS = [0, 1];
const ADDON = 'coredns';
/** Time to live of the `kubernetes` plugin, and a little more. */
const EXPIRED_MS = 6000;
/** An answer that nobody waits for. */
const FAST_MS = 500;
/** Most that the first names wait until the silence is noticed: seconds, which brokers get over. */
const DETECTION_MS = { refused: 4000, swallowed: 9000 };
/** Of 95 in 100 local answers. The rest are as much the fault of this process, which sends the flood, on two cores. */
const LOCAL_P95_MS = 50;
const LOCAL_TIMEOUT_MS = 2000;
/** As long as resolvers wait before they ask again. */
const FLOOD_TIMEOUT_MS = 5000;
const BACK_MS = 10_000;
const MOVED_MS = 10_000;
const FLOOD = 5000;
/** More at once than the Corefile lets wait. */
const FLOOD_AT_ONCE = 1200;

type Silence = keyof typeof DETECTION_MS;
const SILENCES: readonly Silence[] = ['refused', 'swallowed'];
const BOTH_WAYS = SILENCES.flatMap(silence => REGIONS.map(asker => [silence, asker] as const));

interface Sampler {
  /** Times of the answers, milliseconds. */
  readonly stop: () => Promise<number[]>;
}

interface ServiceObject {
  readonly spec: { readonly ports: readonly { readonly name: string; readonly port: number; readonly protocol: string }[] };
}

const deployed: string[] = [];
const servers: RegionDns[] = [];
const clients: DnsClient[] = [];
const elasticsearch: string[][] = [];
const blackHole = new BlackHole();
const samplers: Sampler[] = [];
let counter = 0;

beforeAll(async () => {
  const { exporters } = bed().topology;
  const aws = await awsState();
  for (const regionId of REGIONS) {
    const { hostname, port } = new URL(exporters[regionId].url);
    elasticsearch[regionId] = await addElasticsearch(regionId, hostname.split('.')[0], Number(port));
    deployed[regionId] = corefileOf(aws[regionId].clusters[0].addons);
    servers[regionId] = new RegionDns(regionId, deployed[regionId]);
    await servers[regionId].start();
    clients[regionId] = new DnsClient(servers[regionId].addresses[0], DNS_PORT);
  }
});

afterAll(async () => {
  await blackHole.close();
  clients.forEach(client => client.close());
  for (const server of servers) await server.kill();
  for (const regionId of REGIONS) await removeElasticsearch(regionId);
});

describe.each(REGIONS)('DNS of region %i', regionId => {
  const other = 1 - regionId;

  test("CoreDNS itself accepts the add-on's Corefile, whose zones are the root and the peer's namespace", async () => {
    const { topology, regions, folder } = bed();
    const unmapped = `${folder}/dns/deployed-${regionId}.Corefile`;
    writeFileSync(unmapped, deployed[regionId]);
    const peer = `${regions[other].namespace}.svc.cluster.local`;
    expect(await zonesOf(unmapped)).toEqual(['.:53', `${peer}:53`]);
    expect(await zonesOf(servers[regionId].corefile)).toEqual([`.:${DNS_PORT}`, `${peer}:${DNS_PORT}`]);
    expect(deployed[regionId]).toContain(`forward . ${topology.peerOf(regionId).forwarderAddresses.join(' ')} {`);
  });

  test("every broker's name resolves from the other region to its pod", async () => {
    const pods = await podAddresses(regionId);
    const { brokers } = bed().topology.regions[regionId];
    const times: number[] = [];
    for (const { hostName, podName } of brokers) {
      for (const name of [hostName, `${hostName}.`]) {
        const answer = await clients[other].ask(name);
        times.push(answer.milliseconds);
        expect({ name, code: answer.code, records: answer.records }).toEqual({ name, code: 'NOERROR', records: [pods[podName]] });
      }
    }
    expect(new Set(brokers.map(({ podName }) => pods[podName])).size).toBe(brokers.length);
    figure('names', brokers.length);
    figure('slowest answer', milliseconds(Math.max(...times)));
  });

  test('the contact point resolves from both regions to all brokers', async () => {
    const pods = await podAddresses(regionId);
    const addresses = bed().topology.regions[regionId].brokers.map(({ podName }) => String(pods[podName]));
    for (const client of clients) expect(await client.ask(contactPoint(regionId).host)).toMatchObject(found(addresses));
  });

  test("SRV records of every port of the contact point's Service resolve from the other region", async () => {
    const { host, port } = contactPoint(regionId);
    const { topology, regions } = bed();
    const [service] = host.split('.');
    const { spec } = await kubectlJson<ServiceObject>(regionId, '-n', regions[regionId].namespace, 'get', 'service', service);
    expect(spec.ports.map(entry => entry.port)).toContain(port);
    for (const entry of spec.ports) {
      const records = topology.regions[regionId].brokers.map(({ hostName }) => `${entry.port} ${hostName}`);
      const name = `_${entry.name}._${entry.protocol.toLowerCase()}.${host}`;
      expect(await clients[other].ask(name, 'SRV')).toMatchObject(found(records));
    }
  });

  test("Elasticsearch's name resolves from both regions to all its pods", async () => {
    const { hostname } = new URL(bed().topology.exporters[regionId].url);
    for (const name of [hostname, `${hostname}.`]) {
      for (const client of clients) expect(await client.ask(name)).toMatchObject(found(elasticsearch[regionId]));
    }
  });

  test('an unknown name of its own is passed on to nobody', async () => {
    const [before, peerBefore] = await countsOf(regionId);
    for (let i = 0; i < 20; i++) expect(await clients[regionId].ask(unknownName(regionId))).toMatchObject({ code: 'NXDOMAIN' });
    await counted(servers[regionId], before.asked + 20);
    const [after, peerAfter] = await countsOf(regionId);
    expect(after.asked - before.asked).toBe(20);
    expect(after.passedOn).toBe(before.passedOn);
    expect(peerAfter.asked).toBe(peerBefore.asked);
  });

  test('an unknown name of the peer is asked once, and then answered from the cache', async () => {
    const [, before] = await countsOf(regionId);
    const name = unknownName(other);
    const answers = await repeat(20, () => clients[regionId].ask(name));
    await counted(servers[other], before.asked + 1);
    const [, after] = await countsOf(regionId);
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['NXDOMAIN']));
    expect(after.asked - before.asked).toBe(1);
  });

  test('a pod that has moved is visible to the other region within 10 s', async () => {
    const [service] = new URL(bed().topology.exporters[regionId].url).hostname.split('.');
    const name = standInName(regionId, service);
    let moved = false;
    // The other region keeps asking, so that its cache holds what is wrong by then.
    const asking = (async () => {
      for (; !moved; await pause(100)) await clients[other].ask(name);
    })();
    const { from, to } = await moveStandIn(regionId, service).finally(() => (moved = true));
    await asking;
    expect(to).not.toBe(from);
    const started = performance.now();
    await until(30_000, `${name} as ${to}`, async () => (await clients[other].ask(name)).records.includes(to) || undefined);
    const took = performance.now() - started;
    figure('new address visible after', seconds(took));
    expect(took).toBeLessThan(MOVED_MS);
  });
});

describe.each(BOTH_WAYS)('peer %s, asked by region %i', (silence, asker) => {
  const peer = 1 - asker;
  const peerNames = (): string[] => bed().topology.regions[peer].brokers.map(({ hostName }) => hostName);
  afterEach(async () => {
    for (const sampler of samplers.splice(0)) await sampler.stop().catch(() => undefined);
    await speak(peer);
    await recovery(asker);
  });

  test('old answers stay, unknown names fail fast, local names are not slowed, and it recovers by itself', async () => {
    const known = await Promise.all(peerNames().map(name => clients[asker].ask(name)));
    expect(known.map(({ code }) => code)).toEqual(known.map(() => 'NOERROR'));
    await pause(EXPIRED_MS);
    await silenceOf(peer, silence);
    const locals = sampleLocal(asker);

    const first: DnsAnswer[] = [];
    await until(60_000, 'an old answer at once', async () => {
      first.push(await clients[asker].ask(peerNames()[0]));
      return first.at(-1)!.milliseconds < FAST_MS || undefined;
    });
    const next = await sequence(peerNames(), name => clients[asker].ask(name));
    const unknown = await repeat(10, () => clients[asker].ask(unknownName(peer)));
    const local = await locals.stop();

    figure('known name until noticed', first.map(answer => milliseconds(answer.milliseconds)).join(', '));
    figure('known name then, slowest', milliseconds(slowest(next)));
    figure('unknown name then, slowest', milliseconds(slowest(unknown)));
    figure('local names meanwhile', distribution(local));
    for (const answer of first) expect(answer).toMatchObject({ code: 'NOERROR', records: known[0].records, ttl: 0 });
    expect(first.length).toBeLessThanOrEqual(4);
    expect(slowest(first)).toBeLessThan(DETECTION_MS[silence]);
    expect(next.map(({ records }) => records)).toEqual(known.map(({ records }) => records));
    expect(slowest(next)).toBeLessThan(FAST_MS);
    expect(new Set(unknown.map(({ code }) => code))).toEqual(new Set(['SERVFAIL']));
    expect(slowest(unknown)).toBeLessThan(FAST_MS);
    expect(percentile(local, 0.95)).toBeLessThan(LOCAL_P95_MS);

    await speak(peer);
    const took = await recovery(asker);
    figure('recovered after', seconds(took));
    expect(took).toBeLessThan(BACK_MS);
    expect((await clients[asker].ask(peerNames()[0])).records).toEqual(known[0].records);
  });

  test('a flood of 5,000 names of the peer leaves local names under 50 ms', async () => {
    await silenceOf(peer, silence);
    const locals = sampleLocal(asker);
    const flood = new DnsClient(servers[asker].addresses[0], DNS_PORT, FLOOD_TIMEOUT_MS);
    const started = performance.now();
    const answers = await inParallel(FLOOD, FLOOD_AT_ONCE, () => flood.ask(unknownName(peer)));
    const took = performance.now() - started;
    flood.close();
    const local = await locals.stop();
    figure('flood', `${FLOOD} names, ${FLOOD_AT_ONCE} at once, in ${seconds(took)}: ${codes(answers)}`);
    figure('local names meanwhile', distribution(local));
    expect(answers.filter(({ code }) => code === 'NOERROR' || code === 'NXDOMAIN')).toEqual([]);
    expect(percentile(local, 0.95)).toBeLessThan(LOCAL_P95_MS);
    expect(servers[asker].alive).toBe(true);

    await speak(peer);
    const back = await recovery(asker);
    figure('recovered after', seconds(back));
    expect(back).toBeLessThan(BACK_MS);
  });
});

function corefileOf(addons: readonly { readonly addonName: string; readonly configurationValues?: string }[]): string {
  const values = addons.find(({ addonName }) => addonName === ADDON)?.configurationValues;
  if (values === undefined) throw new Error(`the add-on ${ADDON} has no configuration`);
  return (JSON.parse(values) as { readonly corefile: string }).corefile;
}

async function zonesOf(file: string): Promise<string[]> {
  const { code, stdout, stderr } = await checkCorefile(file);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout
    .trim()
    .split('\n')
    .map(line => line.split(' ')[0]);
}

/** With the dot at its end, as clients send it. */
function contactPoint(regionId: number): { readonly host: string; readonly port: number } {
  const [host, port] = bed().topology.contactPoints[regionId].split(':');
  return { host, port: Number(port) };
}

const found = (records: readonly string[]): Partial<DnsAnswer> => ({ code: 'NOERROR', records: [...records].sort() });

/** Never asked for before. */
function unknownName(regionId: number): string {
  const [service, ...rest] = contactPoint(regionId).host.split('.');
  return [`unknown-${Date.now()}-${counter++}`, service, ...rest].join('.');
}

/** CoreDNS counts a query after it has answered it. */
async function counted(server: RegionDns, atLeast: number): Promise<void> {
  await until(5000, `query number ${atLeast} to be counted`, async () => (await server.counts()).asked >= atLeast || undefined);
}

const countsOf = (regionId: number) => Promise.all([servers[regionId].counts(), servers[1 - regionId].counts()]);

async function silenceOf(regionId: number, silence: Silence): Promise<void> {
  await servers[regionId].kill();
  if (silence === 'swallowed') await blackHole.open(servers[regionId].addresses, DNS_PORT);
}

async function speak(regionId: number): Promise<void> {
  await blackHole.close();
  if (!servers[regionId].alive) await servers[regionId].start();
}

/** Until a name of the peer that nobody has asked for yet is answered by the peer. */
async function recovery(asker: number): Promise<number> {
  const started = performance.now();
  const answered = async () => (await clients[asker].ask(unknownName(1 - asker))).code === 'NXDOMAIN' || undefined;
  await until(60_000, "the peer's answer", answered);
  return performance.now() - started;
}

async function until<T>(limitMs: number, what: string, attempt: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + limitMs;
  while (performance.now() < end) {
    const result = await attempt();
    if (result !== undefined) return result;
    await pause(50);
  }
  throw new Error(`waited ${seconds(limitMs)} for ${what}`);
}

/** Asks a region for its own names until it is stopped: known ones and unknown ones, so that the cache doesn't answer for all. */
function sampleLocal(regionId: number): Sampler {
  const times: number[] = [];
  const client = new DnsClient(servers[regionId].addresses[0], DNS_PORT, LOCAL_TIMEOUT_MS);
  let stopped = false;
  const sampling = (async () => {
    const { brokers } = bed().topology.regions[regionId];
    for (let i = 0; !stopped; i++) {
      const broker = brokers[i % brokers.length];
      const answer = await client.ask(i % 2 === 0 ? broker.hostName : unknownName(regionId));
      times.push(answer.milliseconds);
      // A lost packet counts as a slow answer.
      if (answer.code !== 'TIMEOUT') expect(answer.code).toBe(i % 2 === 0 ? 'NOERROR' : 'NXDOMAIN');
      await pause(5);
    }
  })();
  // A failure is for `stop` to report.
  sampling.catch(() => undefined);
  let result: Promise<number[]> | undefined;
  const end = async (): Promise<number[]> => {
    // Enough for a percentile, also when the rest was quick.
    while (times.length < 200) await Promise.race([pause(20), sampling]);
    stopped = true;
    await sampling;
    client.close();
    return times;
  };
  const sampler = { stop: () => (result ??= end()) };
  samplers.push(sampler);
  return sampler;
}

async function sequence<T>(names: readonly string[], ask: (name: string) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (const name of names) results.push(await ask(name));
  return results;
}

const repeat = <T>(times: number, ask: () => Promise<T>): Promise<T[]> => sequence(Array<string>(times).fill(''), ask);

async function inParallel<T>(count: number, atOnce: number, ask: () => Promise<T>): Promise<T[]> {
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

const slowest = (answers: readonly DnsAnswer[]): number => Math.max(...answers.map(answer => answer.milliseconds));

function percentile(times: readonly number[], part: number): number {
  return [...times].sort((a, b) => a - b)[Math.ceil(times.length * part) - 1];
}

function distribution(times: readonly number[]): string {
  const values = [0.5, 0.95, 0.99, 1].map(part => milliseconds(percentile(times, part)));
  return `p50 ${values[0]}, p95 ${values[1]}, p99 ${values[2]}, slowest ${values[3]} of ${times.length}`;
}

function codes(answers: readonly DnsAnswer[]): string {
  const names = [...new Set(answers.map(({ code }) => code))].sort();
  return names.map(name => `${answers.filter(({ code }) => code === name).length} ${name}`).join(', ');
}

const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
