import type { ClientRequest, IncomingMessage } from 'node:http';
import type { HttpResponse } from '../../lib/recovery/calls/http';

/** The whole answer to a request, which ends where it is larger than anybody needs. */
export function received(outgoing: ClientRequest, incoming: IncomingMessage, maxBytes: number): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) outgoing.destroy(new Error(`the answer is larger than ${maxBytes} bytes`));
      else chunks.push(chunk);
    });
    incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }));
    incoming.on('error', reject);
  });
}
