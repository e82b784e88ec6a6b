/**
 * One request. Each is a short connection of its own, because tunnels break when their pod restarts.
 *
 * @internal
 */
export interface HttpRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly timeoutMs: number;
}

/** @internal */
export interface HttpResponse {
  readonly status: number;
  readonly text: string;
}

/**
 * The way to one server. An implementation does not retry: whether that is safe depends on the call.
 *
 * @internal
 */
export interface HttpTransport {
  /** Name of the user as whom it asks, if any. */
  readonly login?: string;
  /** Throws `UndeliveredError` or `DeniedError` when the server certainly never got the request, and `NoAnswerError` when it may have. */
  send(request: HttpRequest): Promise<HttpResponse>;
}

/** @internal */
export class UndeliveredError extends Error {
  public override readonly name = 'UndeliveredError';
}

/**
 * The way to the server was denied to this user, or the login is missing: nothing was sent, and asking again does not help.
 *
 * @internal
 */
export class DeniedError extends Error {
  public override readonly name = 'DeniedError';

  public constructor(
    message: string,
    /** What to do. */
    public readonly advice: string,
  ) {
    super(message);
  }
}

/** @internal */
export class NoAnswerError extends Error {
  public override readonly name = 'NoAnswerError';
}
