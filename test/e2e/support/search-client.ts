const TIMEOUT_MS = 10_000;

/** What an Elasticsearch node says. */
export interface SearchAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Asks a node of the bed directly, without tunnel and password. */
export async function askSearch(url: string, method: string, path: string, body?: object | string): Promise<SearchAnswer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': typeof body === 'string' ? 'application/x-ndjson' : 'application/json' },
    body: typeof body === 'object' ? JSON.stringify(body) : body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

/** As `askSearch`, and fails if the node refuses. */
export async function useSearch<T>(url: string, method: string, path: string, body?: object | string): Promise<T> {
  const answer = await askSearch(url, method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as T;
}
