import { createServer, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { FIXED_NAMES } from '../../../../constructs/topology/names';
import { bed } from '../bed';
import { authorityIn, issue, type KeyPair } from '../certificates';
import { tunnelEnd } from '../tunnel-ends';
import { PASSWORDS } from './operators';
import type { StandInCluster } from './stand-in-cluster';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * What stands at the ends of the tunnels into pods: the stand-in for Camunda behind the ports of brokers and gateways, and real
 * Elasticsearch behind certificate and password, which its jars alone don't have.
 */
export class TunnelServers {
  private constructor(private readonly servers: readonly Server[]) {}

  public static async start(cluster: StandInCluster, searchUrls: readonly string[]): Promise<TunnelServers> {
    const { ports, regions, tls, restUser } = cluster.topology;
    const servers: Server[] = [];
    const serve = async (handler: Handler, address: string, port: number, keys?: KeyPair): Promise<void> => {
      const server = keys ? createSecureServer({ cert: keys.certificate, key: keys.key }, handler) : createServer(handler);
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, address, resolve));
      servers.push(server);
    };
    const protectedRest = (handler: Handler): Handler =>
      restUser === undefined ? handler : asking(restUser.name, PASSWORDS.camunda, handler);
    for (const { regionId, brokers, elasticsearch } of regions) {
      const [camundaKeys, searchKeys] = tls ? await keysOf(regionId) : [];
      for (const { nodeId } of brokers) {
        const { ordinal } = bed().topology.brokers.find(broker => broker.nodeId === nodeId)!;
        await serve(cluster.handler('management', nodeId), tunnelEnd(regionId, ordinal), ports.management);
        await serve(protectedRest(cluster.handler('rest', nodeId)), tunnelEnd(regionId, ordinal), ports.rest, camundaKeys);
      }
      await serve(cluster.handler('management'), tunnelEnd(regionId), ports.management);
      await serve(protectedRest(cluster.handler('rest')), tunnelEnd(regionId), ports.rest, camundaKeys);
      const search = asking(elasticsearch.user.name, PASSWORDS.elasticsearch, passingOn(searchUrls[regionId]));
      await serve(search, tunnelEnd(regionId), ports.elasticsearch, searchKeys);
    }
    return new TunnelServers(servers);
  }

  public async stop(): Promise<void> {
    await Promise.all(
      this.servers.map(server => {
        if ('closeAllConnections' in server) (server as ReturnType<typeof createServer>).closeAllConnections();
        return new Promise(resolve => server.close(resolve));
      }),
    );
  }
}

/** Keys of brokers and of Elasticsearch, for the names that the deployed Certificates ask for. */
async function keysOf(regionId: number): Promise<KeyPair[]> {
  const folder = join(bed().folder, 'recovery', `keys-${regionId}`);
  const authority = await authorityIn(regionId);
  const keys: KeyPair[] = [];
  for (const name of [FIXED_NAMES.camundaCertificate, FIXED_NAMES.elasticsearchCertificate]) {
    keys.push(await issue(join(folder, name), authority, regionId, name));
  }
  return keys;
}

function asking(user: string, password: string, handler: Handler): Handler {
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return (request, response) => {
    if (request.headers.authorization === expected) return handler(request, response);
    response.writeHead(401).end();
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
