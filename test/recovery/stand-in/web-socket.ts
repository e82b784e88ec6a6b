import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';

/** By RFC 6455, 1.3. */
const HANDSHAKE_ID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const BINARY = 0x2;
const CLOSE = 0x8;
const FINAL = 0x80;

/**
 * The server's end of a WebSocket, which is accepted with this. What is written are messages of one frame, and what is read is a message at a time.
 *
 * @see RFC 6455, 5.2: Base Framing Protocol
 */
export function acceptedWebSocket({ headers }: IncomingMessage, socket: Duplex, protocol: string): Duplex {
  const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${HANDSHAKE_ID}`).digest('base64');
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept}`];
  socket.write(`${[...lines, `Sec-WebSocket-Protocol: ${protocol}`].join('\r\n')}\r\n\r\n`);
  const messages = new Duplex({
    readableObjectMode: true,
    read: () => undefined,
    write: (message: Buffer, _, done) => void socket.write(Buffer.concat([header(BINARY, message.length), message]), () => done()),
    final: done => void socket.end(header(CLOSE, 0), () => done()),
  });
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let frame = frameIn(rest); frame; frame = frameIn(rest)) {
      messages.push(frame.opcode === CLOSE ? null : frame.payload);
      rest = rest.subarray(frame.size);
    }
  });
  socket.on('error', () => undefined);
  socket.on('close', () => messages.destroy());
  return messages;
}

function header(opcode: number, length: number): Buffer {
  if (length < 126) return Buffer.of(FINAL | opcode, length);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(length));
  return Buffer.concat([Buffer.of(FINAL | opcode, 127), size]);
}

/** The first frame, if all of it is there. A client masks what it sends. */
function frameIn(bytes: Buffer): { readonly opcode: number; readonly payload: Buffer; readonly size: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes[1] & 0x7f;
  const begin = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < begin + 4) return undefined;
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  const mask = bytes.subarray(begin, begin + 4);
  const size = begin + 4 + length;
  if (bytes.length < size) return undefined;
  return { opcode: bytes[0] & 0x0f, payload: Buffer.from(bytes.subarray(begin + 4, size).map((byte, i) => byte ^ mask[i % 4])), size };
}
