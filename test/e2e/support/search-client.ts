import { request } from 'node:https';

const TIMEOUT_MS = 30_000;

/** What an Elasticsearch node says. */
export interface SearchAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Where a node is, how it is known, and who asks. */
export interface SearchAddress {
  readonly port: number;
  /** A name that must be on its certificate. */
  readonly host: string;
  /** The authority that must have signed it. */
  readonly authority: string;
  readonly user?: { readonly name: string; readonly password: string };
}

/** Asks a node of the bed directly, without a tunnel. */
export function askSearch(address: SearchAddress, method: string, path: string, body?: object | string): Promise<SearchAnswer> {
  const { port, host, authority, user } = address;
  const text = typeof body === 'object' ? JSON.stringify(body) : (body ?? '');
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        ...{ host: '127.0.0.1', port, servername: host, ca: authority, agent: false, method, path, timeout: TIMEOUT_MS },
        headers: {
          'content-type': typeof body === 'string' ? 'application/x-ndjson' : 'application/json',
          // Without it a DELETE has no body.
          'content-length': Buffer.byteLength(text),
        },
        auth: user && `${user.name}:${user.password}`,
      },
      answer => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const said = Buffer.concat(parts).toString();
          resolve({ status: answer.statusCode ?? 0, body: said === '' ? undefined : (JSON.parse(said) as unknown) });
        });
      },
    );
    asked.on('timeout', () => asked.destroy(new Error(`${method} ${path}: no answer within ${TIMEOUT_MS / 1000} s`)));
    asked.on('error', reject);
    asked.end(text);
  });
}
