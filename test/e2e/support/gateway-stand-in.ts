import { createSecureServer, constants, type Http2SecureServer, type IncomingHttpHeaders } from 'node:http2';
import { createServer, type Server } from 'node:https';
import { PORTS } from '../../../constructs/topology/plan/flows/flows';
import type { KeyPair } from './certificates';

/** What a client asked, and as whom. */
export interface GatewayRequest {
  readonly path: string;
  /** What it said of itself, as the header has it. */
  readonly authorization?: string;
}

/** Both servers of a gateway. */
export interface GatewayStandIn {
  readonly requests: readonly GatewayRequest[];
  readonly close: () => Promise<void>;
}

const TOPOLOGY_PATHS = ['/v2/topology', '/gateway_protocol.Gateway/Topology'];
/** Number of gRPC's statuses. */
const GRPC = { ok: '0', unauthenticated: '16' };
/** Field 2 of the answer, as protocol buffers write it: the size of the cluster. */
const clusterSizeField = (size: number): Buffer => Buffer.from([0x10, size]);

/**
 * Answers to a question for the topology, over REST and over gRPC, on the ports of a gateway at an address, and refuses who does
 * not say what is expected of him.
 */
export async function gatewayStandIn(address: string, pair: KeyPair, clusterSize: number, expected?: string): Promise<GatewayStandIn> {
  const requests: GatewayRequest[] = [];
  const tls = { cert: pair.certificate, key: pair.key };
  const allowed = (path: string, { authorization }: IncomingHttpHeaders): boolean => {
    requests.push({ path, authorization });
    return TOPOLOGY_PATHS.includes(path) && authorization === expected;
  };

  const rest = createServer(tls, (request, response) => {
    response.writeHead(allowed(request.url!, request.headers) ? 200 : 401, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ brokers: [], clusterSize, partitionsCount: clusterSize, replicationFactor: 4, gatewayVersion: 'stand-in' }),
    );
  });
  const grpc = createSecureServer(tls);
  grpc.on('stream', (stream, headers) => {
    const ok = allowed(headers[':path']!, headers);
    stream.respond({ ':status': constants.HTTP_STATUS_OK, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': ok ? GRPC.ok : GRPC.unauthenticated }));
    if (!ok) return void stream.end();
    const message = clusterSizeField(clusterSize);
    const head = Buffer.alloc(5);
    head.writeUInt32BE(message.length, 1);
    stream.end(Buffer.concat([head, message]));
  });

  await Promise.all([listen(rest, PORTS.rest, address), listen(grpc, PORTS.gatewayGrpc, address)]);
  return {
    requests,
    close: async () => {
      rest.closeAllConnections();
      await Promise.all([rest, grpc].map(server => new Promise(resolve => server.close(resolve))));
    },
  };
}

function listen(server: Server | Http2SecureServer, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // A client that does not trust the certificate breaks off.
    server.on('tlsClientError', () => undefined);
    server.listen(port, address, resolve);
  });
}
