import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type ClientRequest, type IncomingMessage, type RequestListener, type Server, type ServerResponse, createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { NodeHttpTransport, type HttpEndpoint } from '../../../bin/recover/http-transport';
import type { HttpRequest, HttpResponse } from '../../../lib/recovery/calls/http';

const PATCH: HttpRequest = { method: 'PATCH', path: '/do?force=true', body: { remove: [1] }, timeoutMs: 5_000 };
const GET: HttpRequest = { method: 'GET', path: '/look', timeoutMs: 5_000 };

let server: Server;
let url: string;
let answer: RequestListener;
let received: { readonly request: IncomingMessage; readonly body: string }[];

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  received.push({ request, body });
  answer(request, response);
}

beforeEach(async () => {
  received = [];
  answer = (_, response) => response.writeHead(202, { 'content-type': 'application/json' }).end('{"changeId":7}');
  server = createServer((request, response) => void handle(request, response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

function send(request: HttpRequest = PATCH, endpoint: Partial<HttpEndpoint> = {}): Promise<HttpResponse> {
  return new NodeHttpTransport({ url, ...endpoint }).send(request);
}

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const other = createTcpServer();
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await new Promise(resolve => other.close(resolve));
  return port;
}

/** Breaks the connection with an error of the client's own machine, at a moment of the test's choice. */
async function sendAndBreak(code: string, whenToBreak: (breakNow: () => void) => void, request = PATCH): Promise<HttpResponse> {
  const onStart = (message: unknown): void => {
    const { request: outgoing } = message as { readonly request: ClientRequest };
    whenToBreak(() => outgoing.destroy(Object.assign(new Error(`connect ${code}`), { code })));
  };
  subscribe('http.client.request.start', onStart);
  try {
    return await send(request);
  } finally {
    unsubscribe('http.client.request.start', onStart);
  }
}

const CODES = [
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EADDRNOTAVAIL',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
];

describe('a request that the server has read', () => {
  test.each(CODES)('may have had its effect, also when its connection ends with %s', async code => {
    const breaking = sendAndBreak(code, breakNow => (answer = breakNow));
    await expect(breaking).rejects.toMatchObject({ name: 'NoAnswerError', message: expect.stringContaining(code) });
    expect(received.map(({ body }) => body)).toEqual(['{"remove":[1]}']);
  });

  test('may have had its effect when the server closes the connection', async () => {
    answer = ({ socket }) => socket.destroy();
    await expect(send()).rejects.toMatchObject({ name: 'NoAnswerError' });
  });

  test('may have had its effect when half of an answer arrives', async () => {
    answer = ({ socket }, response) => {
      response.writeHead(202, { 'content-length': '100' });
      response.write('{', () => socket.destroy());
    };
    await expect(send()).rejects.toMatchObject({ name: 'NoAnswerError' });
  });

  test('may have had its effect when there is no answer in time', async () => {
    answer = () => undefined;
    await expect(send({ ...PATCH, timeoutMs: 50 })).rejects.toMatchObject({
      name: 'NoAnswerError',
      message: `${new URL(url).host}: no answer within 50 ms`,
    });
  });

  test('may have had its effect when the answer has no end', async () => {
    const chunk = Buffer.alloc(1024 * 1024);
    answer = (_, response) => {
      const more = (): void => void (response.destroyed || (response.write(chunk), setImmediate(more)));
      more();
    };
    await expect(send({ ...GET, timeoutMs: 30_000 })).rejects.toMatchObject({
      name: 'NoAnswerError',
      message: expect.stringContaining('the answer is larger than'),
    });
  });
});

describe('a request is certainly undelivered', () => {
  test('when nobody listens', async () => {
    const port = await closedPort();
    await expect(send(PATCH, { url: `http://127.0.0.1:${port}` })).rejects.toMatchObject({
      name: 'UndeliveredError',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test.each(CODES)('when there was no connection yet, with %s', async code => {
    const breaking = sendAndBreak(code, breakNow => breakNow());
    await expect(breaking).rejects.toMatchObject({ name: 'UndeliveredError', message: expect.stringContaining(code) });
    expect(received).toEqual([]);
  });

  test('when the server speaks no TLS', async () => {
    await expect(send(PATCH, { url: url.replace('http:', 'https:'), serverName: 'camunda.example.com' })).rejects.toMatchObject({
      name: 'UndeliveredError',
    });
    expect(received).toEqual([]);
  });
});

describe('what is sent', () => {
  test('has method, path below that of the address, and body', async () => {
    expect(await send(PATCH, { url: `${url}/base/` })).toEqual({ status: 202, text: '{"changeId":7}' });
    const [{ request, body }] = received;
    expect([request.method, request.url, body]).toEqual(['PATCH', '/base/do?force=true', '{"remove":[1]}']);
    expect(request.headers).toMatchObject({ accept: 'application/json', 'content-type': 'application/json', 'content-length': '14' });
    expect(request.headers).not.toHaveProperty('authorization');
  });

  test('has no body where there is none', async () => {
    await send(GET);
    const [{ request, body }] = received;
    expect(body).toBe('');
    expect(request.headers).not.toHaveProperty('content-type');
    expect(request.headers).not.toHaveProperty('content-length');
  });

  test('counts bytes, not letters', async () => {
    await send({ ...PATCH, body: { name: 'Zürich' } });
    expect(received[0].body).toBe('{"name":"Zürich"}');
  });

  test('has the user', async () => {
    await send(GET, { user: { name: 'ada', password: 'lovelace' } });
    expect(received[0].request.headers.authorization).toBe(`Basic ${Buffer.from('ada:lovelace').toString('base64')}`);
  });

  test('has the token instead', async () => {
    await send(GET, { bearer: { name: 'ada', token: 'a.b.c' } });
    expect(received[0].request.headers.authorization).toBe('Bearer a.b.c');
  });

  test('goes over a connection of its own', async () => {
    await send(GET);
    await send(GET);
    expect(new Set(received.map(({ request }) => request.socket)).size).toBe(2);
    expect(received[0].request.headers.connection).toBe('close');
  });
});
