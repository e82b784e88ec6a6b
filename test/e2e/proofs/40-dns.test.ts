import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Party, PORTS } from '../../../constructs/topology/plan/flows/flows';
import { podLabels } from '../../../constructs/topology/plan/names';
import { planOf } from '../../../constructs/topology/plan-of';
import { awsState } from '../support/aws-state';
import { bed, DNS_PORT } from '../support/bed';
import { DnsClient, type DnsAnswer } from '../support/dns-client';
import {
  brokerService,
  DnsPair,
  inParallel,
  percentile,
  repeat,
  sequence,
  slowest,
  unknownName,
  until,
  type Silence,
} from '../support/dns-pair';
import { checkCorefile, type RegionDns } from '../support/dns-server';
import { addStandIn, moveStandIn, podAddresses, removeStandIn, standInName } from '../support/dns-stand-ins';
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
/** As long as resolvers wait before they ask again. */
const FLOOD_TIMEOUT_MS = 5000;
const BACK_MS = 10_000;
const MOVED_MS = 10_000;
const FLOOD = 5000;
/** More at once than the Corefile lets wait. */
const FLOOD_AT_ONCE = 1200;

const SILENCES: readonly Silence[] = ['refused', 'swallowed'];
const BOTH_WAYS = SILENCES.flatMap(silence => REGIONS.map(asker => [silence, asker] as const));

interface ServiceObject {
  readonly spec: { readonly ports: readonly { readonly name: string; readonly port: number; readonly protocol: string }[] };
}

const deployed: string[] = [];
let pair: DnsPair;

beforeAll(async () => {
  const aws = await awsState();
  REGIONS.forEach(regionId => deployed.push(corefileOf(aws[regionId].clusters[0].addons)));
  pair = new DnsPair(0, deployed);
  await Promise.all([...REGIONS.map(addStandIn), pair.start()]);
});

afterAll(async () => {
  await Promise.all(REGIONS.map(removeStandIn));
  await pair.stop();
});

describe.each(REGIONS)('DNS of region %i', regionId => {
  const other = 1 - regionId;

  test("CoreDNS itself accepts the add-on's Corefile, whose zones are the root and the peer's namespace", async () => {
    const { topology, regions, folder } = bed();
    const unmapped = `${folder}/dns/deployed-${regionId}.Corefile`;
    writeFileSync(unmapped, deployed[regionId]);
    const peer = `${regions[other].namespace}.svc.cluster.local`;
    expect(await zonesOf(unmapped)).toEqual(['.:53', `${peer}:53`]);
    expect(await zonesOf(pair.servers[regionId].corefile)).toEqual([`.:${DNS_PORT}`, `${peer}:${DNS_PORT}`]);
    expect(deployed[regionId]).toContain(`forward . ${topology.peerOf(regionId).forwarderAddresses.join(' ')} {`);
  });

  test("every broker's name resolves from the other region to its pod", async () => {
    const pods = await podAddresses(regionId);
    const { brokers } = bed().topology.regions[regionId];
    const times: number[] = [];
    for (const { hostName, podName } of brokers) {
      for (const name of [hostName, `${hostName}.`]) {
        const answer = await pair.clients[other].ask(name);
        times.push(answer.milliseconds);
        expect({ name, code: answer.code, records: answer.records }).toEqual({ name, code: 'NOERROR', records: [pods[podName]] });
      }
    }
    expect(new Set(brokers.map(({ podName }) => pods[podName])).size).toBe(brokers.length);
    figure('names', brokers.length);
    figure('slowest answer', milliseconds(Math.max(...times)));
  });

  test('the contact points resolve from both regions to all brokers', async () => {
    const pods = await podAddresses(regionId);
    const addresses = bed().topology.regions[regionId].brokers.map(({ podName }) => String(pods[podName]));
    for (const client of pair.clients) {
      const answers = await sequence(contactPoints(regionId), host => client.ask(host));
      expect(answers.map(({ code }) => code)).toEqual(answers.map(() => 'NOERROR'));
      expect(answers.flatMap(({ records }) => records).sort()).toEqual([...addresses].sort());
    }
  });

  test("SRV records of every port of the brokers' Service resolve from the other region", async () => {
    const { topology, regions } = bed();
    const [service] = brokerService(regionId).split('.');
    const { spec } = await kubectlJson<ServiceObject>(regionId, '-n', regions[regionId].namespace, 'get', 'service', service);
    expect(spec.ports.map(entry => entry.port)).toContain(PORTS.brokerInternal);
    for (const entry of spec.ports) {
      const records = topology.regions[regionId].brokers.map(({ hostName }) => `${entry.port} ${hostName}`);
      const name = `_${entry.name}._${entry.protocol.toLowerCase()}.${brokerService(regionId)}`;
      expect(await pair.clients[other].ask(name, 'SRV')).toMatchObject(found(records));
    }
  });

  test("Elasticsearch's name resolves from both regions to all its pods", async () => {
    const { exporters, name: release } = bed().topology;
    const { settings } = planOf(bed().topology);
    const { hostname } = new URL(exporters[regionId].url);
    const labels = Object.entries(podLabels(release, Party.ELASTICSEARCH)).map(pair => pair.join('='));
    const addresses = Object.values(await podAddresses(regionId, '--selector', labels.join())).map(String);
    expect(addresses).toHaveLength(settings.elasticsearch.nodesPerRegion);
    for (const name of [hostname, `${hostname}.`]) {
      for (const client of pair.clients) expect(await client.ask(name)).toMatchObject(found(addresses));
    }
  });

  test('an unknown name of its own is passed on to nobody', async () => {
    const [before, peerBefore] = await countsOf(regionId);
    for (let i = 0; i < 20; i++) expect(await pair.clients[regionId].ask(unknownName(regionId))).toMatchObject({ code: 'NXDOMAIN' });
    await counted(pair.servers[regionId], before.asked + 20);
    const [after, peerAfter] = await countsOf(regionId);
    expect(after.asked - before.asked).toBe(20);
    expect(after.passedOn).toBe(before.passedOn);
    expect(peerAfter.asked).toBe(peerBefore.asked);
  });

  test('an unknown name of the peer is asked once, and then answered from the cache', async () => {
    const [, before] = await countsOf(regionId);
    const name = unknownName(other);
    const answers = await repeat(20, () => pair.clients[regionId].ask(name));
    await counted(pair.servers[other], before.asked + 1);
    const [, after] = await countsOf(regionId);
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['NXDOMAIN']));
    expect(after.asked - before.asked).toBe(1);
  });
});

/** What takes its time is tried in all ways at once: each silent peer belongs to a pair of servers of its own. */
describe('DNS', () => {
  const moved: Promise<Move>[] = [];
  const pairs: DnsPair[] = [];
  const silent: Promise<Observed>[] = [];
  beforeAll(async () => {
    BOTH_WAYS.forEach((_, number) => pairs.push(new DnsPair(1 + number, deployed)));
    await Promise.all(pairs.map(pair => pair.start()));
    REGIONS.forEach(regionId => moved.push(later(movedPod(regionId))));
    BOTH_WAYS.forEach(([silence, asker], number) => silent.push(later(underSilence(pairs[number], silence, asker))));
  });
  afterAll(async () => {
    await Promise.allSettled([...moved, ...silent]);
    await Promise.all(pairs.map(pair => pair.stop()));
  });

  test.each(REGIONS)('a pod of region %i that has moved is visible to the other region within 10 s', async regionId => {
    const { from, to, took } = await moved[regionId];
    expect(to).not.toBe(from);
    figure('new address visible after', seconds(took));
    expect(took).toBeLessThan(MOVED_MS);
  });

  describe.each(BOTH_WAYS)('peer %s, asked by region %i', (silence, asker) => {
    test('old answers stay, unknown names fail fast, local names are not slowed, and it recovers by itself', async () => {
      const { known, first, next, unknown, local, recovered, again } = await silent[wayOf(silence, asker)];
      figure('known name until noticed', first.map(answer => milliseconds(answer.milliseconds)).join(', '));
      figure('known name then, slowest', milliseconds(slowest(next)));
      figure('unknown name then, slowest', milliseconds(slowest(unknown)));
      figure('local names meanwhile', distribution(local));
      expect(known.map(({ code }) => code)).toEqual(known.map(() => 'NOERROR'));
      for (const answer of first) expect(answer).toMatchObject({ code: 'NOERROR', records: known[0].records, ttl: 0 });
      expect(first.length).toBeLessThanOrEqual(4);
      expect(slowest(first)).toBeLessThan(DETECTION_MS[silence]);
      expect(next.map(({ records }) => records)).toEqual(known.map(({ records }) => records));
      expect(slowest(next)).toBeLessThan(FAST_MS);
      expect(new Set(unknown.map(({ code }) => code))).toEqual(new Set(['SERVFAIL']));
      expect(slowest(unknown)).toBeLessThan(FAST_MS);
      expect(percentile(local, 0.95)).toBeLessThan(LOCAL_P95_MS);
      figure('recovered after', seconds(recovered));
      expect(recovered).toBeLessThan(BACK_MS);
      expect(again.records).toEqual(known[0].records);
    });
  });

  // One after the other: the bursts of two would slow each other's local names down, in this process if not in CoreDNS.
  describe.each(BOTH_WAYS)('peer %s, asked by region %i', (silence, asker) => {
    test('a flood of 5,000 names of the peer leaves local names under 50 ms', async () => {
      await Promise.allSettled([...moved, ...silent]);
      const { answers, took, local, alive, recovered } = await flood(pairs[wayOf(silence, asker)], silence, asker);
      figure('flood', `${FLOOD} names, ${FLOOD_AT_ONCE} at once, in ${seconds(took)}: ${codes(answers)}`);
      figure('local names meanwhile', distribution(local));
      expect(answers.filter(({ code }) => code === 'NOERROR' || code === 'NXDOMAIN')).toEqual([]);
      expect(percentile(local, 0.95)).toBeLessThan(LOCAL_P95_MS);
      expect(alive).toBe(true);
      figure('recovered after', seconds(recovered));
      expect(recovered).toBeLessThan(BACK_MS);
    });
  });
});

/** How a region got over a flood of names of its silent peer. */
interface Flood {
  readonly answers: readonly DnsAnswer[];
  readonly took: number;
  readonly local: readonly number[];
  readonly alive: boolean;
  readonly recovered: number;
}

async function flood(silentPair: DnsPair, silence: Silence, asker: number): Promise<Flood> {
  const peer = 1 - asker;
  await silentPair.silence(peer, silence);
  const locals = silentPair.sampleLocal(asker);
  const client = new DnsClient(silentPair.servers[asker].addresses[0], DNS_PORT, FLOOD_TIMEOUT_MS);
  const started = performance.now();
  const answers = await inParallel(FLOOD, FLOOD_AT_ONCE, () => client.ask(unknownName(peer)));
  const took = performance.now() - started;
  client.close();
  const local = await locals.stop();
  const { alive } = silentPair.servers[asker];
  await silentPair.speak(peer);
  return { answers, took, local, alive, recovered: await silentPair.recovery(asker) };
}

/** What a region was answered while its peer was silent. */
interface Observed {
  readonly known: readonly DnsAnswer[];
  readonly first: readonly DnsAnswer[];
  readonly next: readonly DnsAnswer[];
  readonly unknown: readonly DnsAnswer[];
  readonly local: readonly number[];
  readonly recovered: number;
  readonly again: DnsAnswer;
}

/** Silences a peer whose names are known and have expired, asks for old and new ones, and lets it speak again. */
async function underSilence(pair: DnsPair, silence: Silence, asker: number): Promise<Observed> {
  const peer = 1 - asker;
  const client = pair.clients[asker];
  const names = bed().topology.regions[peer].brokers.map(({ hostName }) => hostName);
  const known = await Promise.all(names.map(name => client.ask(name)));
  await pause(EXPIRED_MS);
  await pair.silence(peer, silence);
  const locals = pair.sampleLocal(asker);
  const first: DnsAnswer[] = [];
  await until(60_000, 'an old answer at once', async () => {
    first.push(await client.ask(names[0]));
    return first.at(-1)!.milliseconds < FAST_MS || undefined;
  });
  const next = await sequence(names, name => client.ask(name));
  const unknown = await repeat(10, () => client.ask(unknownName(peer)));
  const local = await locals.stop();
  await pair.speak(peer);
  const recovered = await pair.recovery(asker);
  return { known, first, next, unknown, local, recovered, again: await client.ask(names[0]) };
}

interface Move {
  readonly from: string;
  readonly to: string;
  /** Milliseconds until the other region saw it. */
  readonly took: number;
}

/** Moves a pod of a region to another node while the other region keeps asking, so that its cache holds what is wrong by then. */
async function movedPod(regionId: number): Promise<Move> {
  const client = pair.clients[1 - regionId];
  const name = standInName(regionId);
  let there = false;
  const asking = (async () => {
    for (; !there; await pause(100)) await client.ask(name);
  })();
  const { from, to } = await moveStandIn(regionId).finally(() => (there = true));
  await asking;
  const started = performance.now();
  await until(30_000, `${name} as ${to}`, async () => (await client.ask(name)).records.includes(to) || undefined);
  return { from, to, took: performance.now() - started };
}

/** Something that runs by itself until a test asks how it went. */
function later<T>(result: Promise<T>): Promise<T> {
  result.catch(() => undefined);
  return result;
}

function wayOf(silence: Silence, asker: number): number {
  return BOTH_WAYS.findIndex(way => way[0] === silence && way[1] === asker);
}

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

/** Contact points in a region, as brokers are given them: the brokers' Service, or every broker by itself. */
function contactPoints(regionId: number): string[] {
  const hosts = bed().topology.contactPoints.map(point => point.split(':')[0]);
  return hosts.filter(host => host.includes(`.${bed().regions[regionId].namespace}.`));
}

const found = (records: readonly string[]): Partial<DnsAnswer> => ({ code: 'NOERROR', records: [...records].sort() });

/** CoreDNS counts a query after it has answered it. */
async function counted(server: RegionDns, atLeast: number): Promise<void> {
  await until(5000, `query number ${atLeast} to be counted`, async () => (await server.counts()).asked >= atLeast || undefined);
}

const countsOf = (regionId: number) => Promise.all([pair.servers[regionId].counts(), pair.servers[1 - regionId].counts()]);

function distribution(times: readonly number[]): string {
  const values = [0.5, 0.95, 0.99, 1].map(part => milliseconds(percentile(times, part)));
  return `p50 ${values[0]}, p95 ${values[1]}, p99 ${values[2]}, slowest ${values[3]} of ${times.length}`;
}

function codes(answers: readonly DnsAnswer[]): string {
  const names = [...new Set(answers.map(({ code }) => code))].sort();
  return names.map(name => `${answers.filter(({ code }) => code === name).length} ${name}`).join(', ');
}

const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
