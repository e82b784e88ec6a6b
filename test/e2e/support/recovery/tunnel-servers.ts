import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { FIXED_NAMES } from '../../../../constructs/topology/plan/names';
import type { RecoveryUser } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import { bed } from '../bed';
import { issued, type KeyPair } from '../certificates';
import { secretOf, upstreamFile } from '../operators';
import type { SearchNode } from '../search';
import { tunnelEnd } from '../tunnel-ends';
import type { StandInCluster } from './stand-in-cluster';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * What stands at the ends of the tunnels into pods: the stand-in for Camunda behind the ports of brokers and gateways, and, behind
 * the bed's own server for Elasticsearch's pods, real nodes, which know the users that the operator has made.
 */
export class TunnelServers {
  private constructor(private readonly servers: readonly Server[]) {}

  public static async start(cluster: StandInCluster, searchNodes: readonly SearchNode[]): Promise<TunnelServers> {
    const { ports, regions, tls, restUser } = cluster.topology;
    const servers: Server[] = [];
    const serve = async (handler: Handler, address: string, port: number, keys?: KeyPair): Promise<void> => {
      const server = keys ? createSecureServer({ cert: keys.certificate, key: keys.key }, handler) : createServer(handler);
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, address, resolve));
      servers.push(server);
    };
    for (const { regionId, brokers } of regions) {
      const camundaKeys = tls ? await keysOf(regionId) : undefined;
      const rest = (handler: Handler): Handler => (restUser === undefined ? handler : asking(regionId, restUser, handler));
      for (const { brokerId } of brokers) {
        const { ordinal } = bed().topology.brokers.find(broker => broker.brokerId === brokerId)!;
        await serve(cluster.handler('management', brokerId), tunnelEnd(regionId, ordinal), ports.management);
        await serve(rest(cluster.handler('rest', brokerId)), tunnelEnd(regionId, ordinal), ports.rest, camundaKeys);
      }
      await serve(cluster.handler('management'), tunnelEnd(regionId), ports.management);
      await serve(rest(cluster.handler('rest')), tunnelEnd(regionId), ports.rest, camundaKeys);
      writeFileSync(upstreamFile(regionId), `https://127.0.0.1:${searchNodes[regionId].port}`);
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
