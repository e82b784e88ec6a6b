import type { IncomingMessage, Server } from 'node:http';
import { Duplex } from 'node:stream';
import { acceptedWebSocket } from './web-socket';

const PROTOCOL = 'v4.channel.k8s.io';
/** Channels of the one port that is forwarded: its data, and what goes wrong. */
const CHANNELS = [0, 1];

/**
 * The API server's end of a port forward: what comes through is a new connection to a server.
 *
 * @see Kubernetes sources, `kubelet/pkg/cri/streaming/portforward/websocket.go`
 */
export function forwardTo(server: Server, port: number, request: IncomingMessage, socket: Duplex): void {
  const messages = acceptedWebSocket(request, socket, PROTOCOL);
  for (const channel of CHANNELS) messages.write(Buffer.of(channel, port & 0xff, port >> 8));
  const connection = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => void messages.write(Buffer.concat([Buffer.of(CHANNELS[0]), chunk]), () => done()),
    final: done => void messages.end(() => done()),
    destroy: (error, done) => {
      messages.end();
      done(error);
    },
  });
  messages.on('data', (message: Buffer) => connection.push(message.subarray(1)));
  messages.on('end', () => connection.push(null));
  messages.on('close', () => connection.destroy());
  server.emit('connection', connection);
}
