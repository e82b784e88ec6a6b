import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A comment in the stand-in. */
export interface StoredComment {
  readonly id: number;
  body: string;
  readonly by: number;
}

/** A request that the stand-in got. */
export interface Received {
  readonly call: string;
  readonly token?: string;
}

const OWN_ID = 1;

/**
 * A stand-in for the comments of GitHub's and GitLab's REST APIs, as their documentation describes them: pages, authors, tokens.
 *
 * @see https://docs.github.com/en/rest/issues/comments
 * @see https://docs.gitlab.com/api/notes/#merge-requests
 */
export class StandInPlatform {
  public readonly comments: StoredComment[] = [];
  public readonly received: Received[] = [];
  /** Answers that come before the real ones, in this order. */
  public readonly failures: { readonly status: number; readonly body?: unknown; readonly on?: string }[] = [];
  /** Whether GitHub's token is a workflow's, which belongs to no user. */
  public tokenIsNobodys = true;
  private readonly server: Server = createServer((request, response) => {
    void this.answer(request).then(({ status, body, headers = {} }) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    });
  });

  public async start(): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  /** Comments of somebody else. */
  public othersSay(...bodies: readonly string[]): void {
    bodies.forEach(body => this.add(body, OWN_ID + 1));
  }

  public add(body: string, by = OWN_ID): StoredComment {
    const comment = { id: 1000 + this.comments.length, body, by };
    this.comments.push(comment);
    return comment;
  }

  /** What was written, not only read. */
  public writes(): string[] {
    return this.received.map(({ call }) => call).filter(call => !call.startsWith('GET'));
  }

  private async answer(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '', 'http://stand-in.example.com');
    const call = `${request.method} ${url.pathname}`;
    this.received.push({ call, token: request.headers.authorization ?? (request.headers['private-token'] as string | undefined) });
    const text = await textOf(request);
    const failure = this.failures.findIndex(({ on }) => on === undefined || call.startsWith(on));
    if (failure >= 0) {
      const [{ status, body = {} }] = this.failures.splice(failure, 1);
      return { status, body };
    }
    const body = text === '' ? '' : (JSON.parse(text) as { readonly body: string }).body;
    return url.pathname.startsWith('/api/v4') ? this.gitlab(call, url, body) : this.github(call, url, body);
  }

  private github(call: string, url: URL, body: string): Answer {
    const shown = ({ id, body, by }: StoredComment): unknown => ({
      id,
      body,
      html_url: `https://github.example.com/example/orders/pull/7#issuecomment-${id}`,
      user: by === OWN_ID && this.tokenIsNobodys ? { login: 'github-actions[bot]', type: 'Bot' } : { login: `user-${by}`, type: 'User' },
    });
    if (call === 'GET /user') {
      return this.tokenIsNobodys
        ? { status: 403, body: { message: 'Resource not accessible by integration' } }
        : { status: 200, body: { login: `user-${OWN_ID}` } };
    }
    if (call === 'GET /repos/example/orders/issues/7/comments') return { status: 200, body: this.page(url).map(shown) };
    if (call === 'POST /repos/example/orders/issues/7/comments') return { status: 201, body: shown(this.add(body)) };
    const changed = /^PATCH \/repos\/example\/orders\/issues\/comments\/(\d+)$/.exec(call);
    return changed ? this.change(Number(changed[1]), body, shown) : { status: 404, body: { message: 'Not Found' } };
  }

  private gitlab(call: string, url: URL, body: string): Answer {
    const notes = '/api/v4/projects/42/merge_requests/7/notes';
    const shown = ({ id, body, by }: StoredComment): unknown => ({ id, body, author: { id: by, username: `user-${by}` } });
    if (call === 'GET /api/v4/user') return { status: 200, body: { id: OWN_ID } };
    if (call === `GET ${notes}`) {
      const next = this.page(url, 1).length > 0 ? String(Number(url.searchParams.get('page')) + 1) : '';
      return { status: 200, body: this.page(url).map(shown), headers: { 'x-next-page': next } };
    }
    if (call === `POST ${notes}`) return { status: 201, body: shown(this.add(body)) };
    const changed = new RegExp(`^PUT ${notes}/(\\d+)$`).exec(call);
    return changed ? this.change(Number(changed[1]), body, shown) : { status: 404, body: { message: '404 Not found' } };
  }

  private page(url: URL, ahead = 0): StoredComment[] {
    const size = Number(url.searchParams.get('per_page') ?? 20);
    const start = (Number(url.searchParams.get('page') ?? 1) - 1 + ahead) * size;
    return this.comments.slice(start, start + size);
  }

  private change(id: number, body: string, shown: (comment: StoredComment) => unknown): Answer {
    const comment = this.comments.find(found => found.id === id);
    if (!comment) return { status: 404, body: { message: 'Not Found' } };
    comment.body = body;
    return { status: 200, body: shown(comment) };
  }
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
