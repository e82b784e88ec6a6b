import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { NoAnswerError, UndeliveredError, type HttpRequest, type HttpResponse, type HttpTransport } from '../../lib/recovery/calls/http';
import { received } from './received';

/** Who is asked, and how. */
export interface HttpEndpoint {
  /** Base address. A path in it is put before that of each request. */
  readonly url: string;
  readonly user?: { readonly name: string; readonly password: string };
  /** A token instead, and whose it is. */
  readonly bearer?: { readonly name: string; readonly token: string };
  /** Certificates of the authority that signed the server's, as PEM. */
  readonly ca?: string;
  /** Name in the server's certificate, where the address is that of a tunnel. */
  readonly serverName?: string;
}

const MAX_ANSWER = 32 * 1024 * 1024;

/** Sends each request over a connection of its own, and never again. */
export class NodeHttpTransport implements HttpTransport {
  public constructor(private readonly endpoint: HttpEndpoint) {}

  public get login(): string | undefined {
    return this.endpoint.user?.name ?? this.endpoint.bearer?.name;
  }

  public send({ method, path, body, timeoutMs }: HttpRequest): Promise<HttpResponse> {
    const { url, user, bearer, ca, serverName } = this.endpoint;
    const address = new URL(`${url.replace(/\/$/, '')}${path}`);
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const secure = address.protocol === 'https:';
    const options: RequestOptions & { readonly ca?: string; readonly servername?: string } = {
      method,
      agent: false,
      headers: {
        accept: 'application/json',
        ...(payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer.token}` }),
        ...(user === undefined ? {} : { authorization: `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}` }),
      },
      ...(secure ? { ca, servername: serverName ?? address.hostname } : {}),
    };
    return new Promise((resolve, reject) => {
      let connected = false;
      const outgoing = (secure ? httpsRequest : httpRequest)(address, options, incoming => {
        received(outgoing, incoming, MAX_ANSWER).then(response => {
          clearTimeout(timer);
          resolve(response);
        }, fail);
      });
      const timer = setTimeout(() => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
      function fail(error: NodeJS.ErrnoException): void {
        clearTimeout(timer);
        // What the error is called says nothing: a host can become unreachable after it has read the request.
        reject(new (connected ? NoAnswerError : UndeliveredError)(`${address.host}: ${error.message || error.code}`));
      }
      outgoing.on('socket', socket => socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true)));
      outgoing.on('error', fail);
      outgoing.end(payload);
    });
  }
}
