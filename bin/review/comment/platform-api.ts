import { CommentError } from './comment-error';

const TIMEOUT_MS = 30_000;
/** How often a platform is asked when it fails: reviews run in the middle of its bad days too. */
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** What a platform answered. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

interface Request {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT';
  readonly body?: unknown;
}

/** The REST API of a platform. */
export class PlatformApi {
  public constructor(
    private readonly root: string,
    private readonly headers: Readonly<Record<string, string>>,
    /** What a refused token needs. */
    private readonly rights: string,
    private readonly pause: (ms: number) => Promise<void> = ms => new Promise(resolve => setTimeout(resolve, ms)),
  ) {}

  /** Whatever the platform answers, but for its failures. */
  public async ask(path: string, { method = 'GET', body }: Request = {}): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.send(path, method, body);
      if (typeof outcome !== 'string' && !isFailure(outcome)) return outcome;
      const why = typeof outcome === 'string' ? outcome : `HTTP ${outcome.status}${said(outcome.body)}`;
      // To add a comment again, of which nobody knows whether it is there, would leave two.
      const mayRepeat = method !== 'POST' || (typeof outcome !== 'string' && outcome.status === 429);
      if (attempt === ATTEMPTS || !mayRepeat) {
        throw new CommentError(`${method} ${this.root}${path} failed: ${why}`, 'run the job again; the review itself is in its folder');
      }
      await this.pause(typeof outcome === 'string' ? FIRST_PAUSE_MS * 2 ** (attempt - 1) : pauseOf(outcome, attempt));
    }
  }

  /** An answer that is one; whatever else is an error that says what to do. */
  public async must(path: string, request: Request = {}): Promise<Answer> {
    const answer = await this.ask(path, request);
    const { status, body } = answer;
    if (status >= 200 && status < 300) return answer;
    const problem = `${request.method ?? 'GET'} ${this.root}${path} answered HTTP ${status}${said(body)}`;
    if ([401, 403, 404].includes(status)) throw new CommentError(problem, this.rights);
    throw new CommentError(problem, 'the review itself is in its folder');
  }

  /** @returns what kept it from an answer, or the answer */
  private async send(path: string, method: string, body: unknown): Promise<Answer | string> {
    try {
      const response = await fetch(`${this.root}${path}`, {
        method,
        headers: { 'user-agent': 'camunda-dual-region-review', 'content-type': 'application/json', ...this.headers },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
        redirect: 'error',
      });
      return { status: response.status, headers: response.headers, body: parsed(await response.text()) };
    } catch (error) {
      const { message, cause } = error as Error & { readonly cause?: NodeJS.ErrnoException };
      return cause ? `${message}: ${cause.message || cause.code}` : message;
    }
  }
}

function isFailure({ status }: Answer): boolean {
  return status === 429 || status >= 500;
}

function pauseOf({ headers }: Answer, attempt: number): number {
  const asked = Number(headers.get('retry-after')) * 1000;
  return Math.min(LONGEST_PAUSE_MS, asked > 0 ? asked : FIRST_PAUSE_MS * 2 ** (attempt - 1));
}

function said(body: unknown): string {
  const { message, error } = (typeof body === 'object' && body !== null ? body : {}) as { message?: unknown; error?: unknown };
  const text = message ?? error;
  return text === undefined ? '' : ` (${typeof text === 'string' ? text : JSON.stringify(text)})`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
