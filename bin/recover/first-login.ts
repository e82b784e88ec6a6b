import { DeniedError, type HttpRequest, type HttpResponse, type HttpTransport } from '../../lib/recovery/calls/http';

/** A way to a server as one user. */
export interface Login {
  readonly name: string;
  readonly transport: HttpTransport;
}

/**
 * Asks as the first of several users whom the server lets in, and goes on as that one. A deployment that is older than the
 * user of a recovery does not know that one yet. Only for requests that change nothing.
 */
export class FirstLogin implements HttpTransport {
  private used = 0;

  public constructor(
    private readonly logins: readonly [Login, ...Login[]],
    /** Is told when another than the first one is let in. */
    private readonly onAnother: (text: string) => void,
  ) {}

  public get login(): string {
    return this.logins[this.used].name;
  }

  public async send(request: HttpRequest): Promise<HttpResponse> {
    const first = await answerOf(this.logins[this.used].transport, request);
    if (first.refused === undefined) return first.response;
    for (const [i, { name, transport }] of this.logins.entries()) {
      if (i === this.used) continue;
      const next = await answerOf(transport, request).catch((): undefined => undefined);
      if (next === undefined || next.refused !== undefined) continue;
      this.onAnother(`user '${this.login}' is not let in (${first.refused}); '${name}' is, and asks from now on`);
      this.used = i;
      return next.response;
    }
    if (first.response === undefined) throw first.error;
    return first.response;
  }
}

type Answered =
  | { readonly refused: undefined; readonly response: HttpResponse }
  | { readonly refused: string; readonly response: HttpResponse }
  | { readonly refused: string; readonly response: undefined; readonly error: DeniedError };

async function answerOf(transport: HttpTransport, request: HttpRequest): Promise<Answered> {
  try {
    const response = await transport.send(request);
    return { refused: response.status === 401 ? 'HTTP 401' : undefined, response };
  } catch (error) {
    if (!(error instanceof DeniedError)) throw error;
    return { refused: error.message, response: undefined, error };
  }
}
