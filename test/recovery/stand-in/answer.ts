/** What a stand-in answers. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface Question {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export function message(status: number, text: string): Answer {
  return { status, body: { message: text } };
}
