import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { clientToken } from '../../../bin/recover/client-token';
import { serverCertificate, type ServerCertificate } from '../support/server-certificate';

const SECRET = 'p&ss w=rd';
let certificate: ServerCertificate;
let server: Server;
let tokenUri: string;
let answer: { readonly status: number; readonly text: string };
let received: { readonly type?: string; readonly form: Record<string, string> }[];

beforeAll(async () => {
  certificate = await serverCertificate(['localhost']);
  server = createServer(certificate, (request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ type: request.headers['content-type'], form: Object.fromEntries(new URLSearchParams(body)) });
      response.writeHead(answer.status).end(answer.text);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  tokenUri = `https://localhost:${(server.address() as AddressInfo).port}/token`;
});
afterAll(() => new Promise(resolve => server.close(resolve)));
beforeEach(() => {
  received = [];
  answer = { status: 200, text: '{"access_token":"a.b.c","expires_in":300}' };
});

const CLIENT = { clientId: 'camunda-recovery', audience: 'camunda' };
const asked = (client: object = {}): Promise<string> => clientToken({ ...CLIENT, tokenUri, ...client }, SECRET, certificate.cert);

test('asks with client credentials, as a form, for the audience', async () => {
  expect(await asked()).toBe('a.b.c');
  const form = { grant_type: 'client_credentials', client_id: 'camunda-recovery', client_secret: SECRET, audience: 'camunda' };
  expect(received).toEqual([{ type: 'application/x-www-form-urlencoded', form }]);
  await asked({ scope: 'a/.default' });
  expect(received[1].form).toEqual({ ...form, scope: 'a/.default' });
});

test.each([
  [401, '{"error":"invalid_client","error_description":"p&ss w=rd is wrong"}', /^localhost:\d+ gives none \(HTTP 401, invalid_client\)$/],
  [200, '{"token":"a.b.c"}', /gives none \(HTTP 200\)$/],
  [502, '<html>', /gives none \(HTTP 502\)$/],
  [200, '5', /gives none \(HTTP 200\)$/],
])('tells that there is none, and no secret, of HTTP %i with %s', async (status, text, why) => {
  answer = { status, text };
  await expect(asked()).rejects.toThrow(why);
  await expect(asked()).rejects.not.toThrow(SECRET);
});

test('trusts no certificate of an authority that it does not know', async () => {
  await expect(clientToken({ ...CLIENT, tokenUri }, SECRET)).rejects.toThrow(/^localhost:\d+: self-signed certificate$/);
  expect(received).toEqual([]);
});

test('tells that the provider cannot be reached', async () => {
  const gone = createServer(certificate);
  await new Promise<void>(resolve => gone.listen(0, '127.0.0.1', resolve));
  const { port } = gone.address() as AddressInfo;
  await new Promise(resolve => gone.close(resolve));
  await expect(asked({ tokenUri: `https://localhost:${port}/token` })).rejects.toThrow(`localhost:${port}: `);
});
