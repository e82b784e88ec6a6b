import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { loopbackCorefile } from '../../support/network/loopback-corefile';
import { bed, DNS_PORT } from './bed';
import { BED_HOME } from './bed-state';
import { command, type Outcome } from './command';
import { DnsClient } from './dns-client';

/** CoreDNS of the bed. */
const COREDNS = join(BED_HOME, 'bin/coredns');
/** The bed's own CoreDNS, which runs another Corefile, is on 10. */
const FIRST_HOST = 20;
/** From the addresses of one pair of servers to those of the next. */
const HOSTS_OF_A_PAIR = 10;
const START_MS = 30_000;

/** What CoreDNS counts, since its start. */
export interface DnsCounts {
  /** Queries that it was asked. */
  readonly asked: number;
  /** Queries that it passed on to whatever other server. */
  readonly passedOn: number;
}

/** Where a region's servers listen: one address for each of its forwarder's, as the load balancer would. */
export function forwarderPlaces(regionId: number, pair: number): string[] {
  const { dnsAddress, topology } = bed().regions[regionId];
  const network = dnsAddress.slice(0, dnsAddress.lastIndexOf('.'));
  return topology.forwarderAddresses.map((_, index) => `${network}.${FIRST_HOST + HOSTS_OF_A_PAIR * pair + index}`);
}

/** CoreDNS of one region, with the Corefile that was deployed there. */
export class RegionDns {
  /** What listens in place of the region's forwarder. */
  public readonly addresses: readonly string[];
  /** The Corefile that it runs. */
  public readonly corefile: string;
  private readonly log: string;
  private child?: ChildProcess;

  public constructor(regionId: number, deployed: string, pair: number) {
    const { topology, folder: bedFolder, regions, environment } = bed();
    const peers = forwarderPlaces(1 - regionId, pair);
    const text = loopbackCorefile(deployed, {
      bind: forwarderPlaces(regionId, pair),
      port: DNS_PORT,
      kubeconfig: join(regions[regionId].folder, 'coredns.kubeconfig'),
      resolver: `${environment.BED_LOOPBACK}.0.53:${DNS_PORT}`,
      peers: Object.fromEntries(topology.peerOf(regionId).forwarderAddresses.map((address, index) => [address, peers[index]])),
    });
    const folder = join(bedFolder, `dns/pair-${pair}`);
    mkdirSync(folder, { recursive: true });
    this.addresses = forwarderPlaces(regionId, pair);
    this.corefile = join(folder, `region-${regionId}.Corefile`);
    this.log = join(folder, `region-${regionId}.log`);
    writeFileSync(this.corefile, text);
  }

  /** Starts it and waits until it serves, with all that its cluster has. */
  public async start(): Promise<void> {
    // CoreDNS shares its ports, so that it wouldn't notice another one.
    if (await accepts(this.addresses[0], DNS_PORT)) throw new Error(`something listens on ${this.addresses[0]}:${DNS_PORT} already`);
    const log = openSync(this.log, 'w');
    this.child = spawn(COREDNS, ['-conf', this.corefile], { env: bed().environment, stdio: ['ignore', log, log] });
    closeSync(log);
    const end = Date.now() + START_MS;
    while (!(await this.ready())) {
      if (!this.alive || Date.now() > end) throw new Error(`CoreDNS doesn't start:\n${readFileSync(this.log, 'utf8')}`);
      await pause(50);
    }
    // It says that it is ready a moment before it listens.
    await Promise.all(this.addresses.map(address => answered(address, end)));
  }

  /** Ends it at once, without the goodbye of an orderly end: a region that is lost says none either. */
  public async kill(): Promise<void> {
    const { child } = this;
    if (!child || !this.alive) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** Whether the process that was started still runs. */
  public get alive(): boolean {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  public async counts(): Promise<DnsCounts> {
    const text = await (await fetch(`http://${this.addresses[0]}:9153/metrics`)).text();
    return { asked: sum(text, 'coredns_dns_requests_total'), passedOn: sum(text, 'coredns_proxy_request_duration_seconds_count') };
  }

  private async ready(): Promise<boolean> {
    return fetch(`http://${this.addresses[0]}:8181/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

/** Has CoreDNS read a Corefile, without serving it. It prints a line for each server block: zones, then plugins. */
export function checkCorefile(file: string): Promise<Outcome> {
  return command(COREDNS, ['check', file], { env: bed().environment });
}

/** Accepts every connection, and never says a word. */
export class BlackHole {
  private readonly sockets = new Set<Socket>();
  private readonly servers: Server[] = [];

  public async open(addresses: readonly string[], port: number): Promise<void> {
    for (const address of addresses) {
      const server = createServer(socket => {
        this.sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => this.sockets.delete(socket));
        socket.resume();
      });
      this.servers.push(server.listen(port, address));
      await once(server, 'listening');
    }
  }

  public async close(): Promise<void> {
    const closed = this.servers.splice(0).map(server => once(server.close(), 'close'));
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(closed);
  }
}

/** Waits until a server answers a question that it passes on to nobody. */
async function answered(address: string, end: number): Promise<void> {
  const client = new DnsClient(address, DNS_PORT, 250);
  while ((await client.ask('kubernetes.default.svc.cluster.local')).code === 'TIMEOUT') {
    if (Date.now() > end) throw new Error(`nobody answers on ${address}:${DNS_PORT}`);
  }
  client.close();
}

function accepts(address: string, port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, address, () => resolve(socket.destroy() !== undefined));
    socket.on('error', () => resolve(false));
  });
}

/** Sum of all samples of a metric. */
function sum(text: string, metric: string): number {
  return text
    .split('\n')
    .filter(line => line.startsWith(`${metric}{`))
    .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
