import { rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { FIXED_NAMES } from '../../../../constructs/topology/names';
import type { RecoveryUser } from '../../../../constructs/topology/recovery-topology';
import { bed } from '../bed';
import { issued, type KeyPair } from '../certificates';
import { secretOf, upstreamFile } from '../operators';
import { tunnelEnd } from '../tunnel-ends';
import type { StandInCluster } from './stand-in-cluster';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * What stands at the ends of the tunnels into pods: the stand-in for Camunda behind the ports of brokers and gateways, and, behind
 * the bed's own server for Elasticsearch's pods, real nodes with the password that its jars alone don't ask for.
 */
export class TunnelServers {
  private constructor(private readonly servers: readonly Server[]) {}

  public static async start(cluster: StandInCluster, searchUrls: readonly string[]): Promise<TunnelServers> {
    const { ports, regions, tls, restUser } = cluster.topology;
    const servers: Server[] = [];
    const serve = async (handler: Handler, address: string, port: number, keys?: KeyPair): Promise<Server> => {
      const server = keys ? createSecureServer({ cert: keys.certificate, key: keys.key }, handler) : createServer(handler);
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, address, resolve));
      servers.push(server);
      return server;
    };
    for (const { regionId, brokers, elasticsearch } of regions) {
      const camundaKeys = tls ? await keysOf(regionId) : undefined;
      const rest = (handler: Handler): Handler => (restUser === undefined ? handler : asking(regionId, restUser, handler));
      for (const { nodeId } of brokers) {
        const { ordinal } = bed().topology.brokers.find(broker => broker.nodeId === nodeId)!;
        await serve(cluster.handler('management', nodeId), tunnelEnd(regionId, ordinal), ports.management);
        await serve(rest(cluster.handler('rest', nodeId)), tunnelEnd(regionId, ordinal), ports.rest, camundaKeys);
      }
      await serve(cluster.handler('management'), tunnelEnd(regionId), ports.management);
      await serve(rest(cluster.handler('rest')), tunnelEnd(regionId), ports.rest, camundaKeys);
      const search = await serve(asking(regionId, elasticsearch.user, passingOn(searchUrls[regionId])), '127.0.0.1', 0);
      writeFileSync(upstreamFile(regionId), `http://127.0.0.1:${(search.address() as AddressInfo).port}`);
    }
    return new TunnelServers(servers);
  }

  public async stop(): Promise<void> {
    bed().regions.forEach(({ regionId }) => rmSync(upstreamFile(regionId), { force: true }));
    await Promise.all(
      this.servers.map(server => {
        if ('closeAllConnections' in server) (server as ReturnType<typeof createServer>).closeAllConnections();
        return new Promise(resolve => server.close(resolve));
      }),
    );
  }
}

/** What cert-manager has issued to the brokers of a region. */
function keysOf(regionId: number): Promise<KeyPair> {
  return issued(join(bed().folder, 'recovery', `keys-${regionId}`), regionId, FIXED_NAMES.camundaCertificate);
}

/** Asks for a user's password as the region's Secret has it now: a region that is recreated has others. */
function asking(regionId: number, user: RecoveryUser, handler: Handler): Handler {
  return (request, response) => {
    secretOf(regionId, user.secretName).then(
      ({ [user.key]: password }) => {
        const expected = `Basic ${Buffer.from(`${user.name}:${password}`).toString('base64')}`;
        if (request.headers.authorization === expected) handler(request, response);
        else response.writeHead(401).end();
      },
      () => response.writeHead(503).end(),
    );
  };
}

function passingOn(url: string): Handler {
  const { hostname, port } = new URL(url);
  return (incoming, response) => {
    const { method, url: path, headers } = incoming;
    const outgoing = httpRequest({ hostname, port, method, path, headers: withoutPassword(headers) }, answer => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    // A node that is gone resets connections.
    outgoing.on('error', () => incoming.socket.destroy());
    incoming.pipe(outgoing);
  };
}

function withoutPassword(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization'));
}
