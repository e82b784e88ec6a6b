import type { HttpRequest, HttpResponse, HttpTransport } from '../../lib/recovery/calls/http';

/** A password that a cluster keeps. */
export interface KeptPassword {
  /** As it was read last. */
  current(): Promise<string>;
  /** As it is now. */
  reread(): Promise<string>;
}

/** Asks once more where the password has changed since it was read: a region that is recreated has others. What got a 401 was not carried out. */
export class FreshPassword implements HttpTransport {
  public constructor(
    private readonly transport: HttpTransport,
    private readonly password: KeptPassword,
  ) {}

  public get login(): string | undefined {
    return this.transport.login;
  }

  public async send(request: HttpRequest): Promise<HttpResponse> {
    const before = await this.password.current().catch(() => undefined);
    const response = await this.transport.send(request);
    if (response.status !== 401) return response;
    const now = await this.password.reread().catch(() => before);
    return now === before ? response : this.transport.send(request);
  }
}
