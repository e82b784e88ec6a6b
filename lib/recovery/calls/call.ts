/**
 * Who is called.
 *
 * @internal
 */
export type Target =
  | { readonly kind: 'management' }
  | { readonly kind: 'rest' }
  | { readonly kind: 'elasticsearch'; readonly regionId: number }
  | { readonly kind: 'broker'; readonly brokerId: string };

/**
 * One call as data: the program sends it, and the runbook prints it.
 *
 * @internal
 */
export interface HttpCall {
  readonly target: Target;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: { readonly [name: string]: string };
  readonly body?: unknown;
}

/**
 * A look at a Kubernetes cluster, as the arguments of kubectl that come after context and namespace.
 *
 * @internal
 */
export interface KubernetesLook {
  readonly regionId: number;
  readonly kubectl: readonly string[];
}

/** @internal */
export type Call = HttpCall | KubernetesLook;

/** @internal */
export function isHttpCall(call: Call): call is HttpCall {
  return 'method' in call;
}

/** @internal */
export function pathOf({ path, query = {} }: HttpCall): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? path : `${path}?${text}`;
}

/**
 * A call on one line.
 *
 * @internal
 */
export function describeCall(call: HttpCall): string {
  const body = call.body === undefined ? '' : ` ${JSON.stringify(call.body)}`;
  return `${call.method} ${targetText(call.target)}${pathOf(call)}${body}`;
}

/** @internal */
export function targetText(target: Target): string {
  switch (target.kind) {
    case 'management':
      return ':9600';
    case 'rest':
      return ':8080';
    case 'broker':
      return `broker ${target.brokerId} :9600`;
    case 'elasticsearch':
      return `elasticsearch of region ${target.regionId} :9200`;
  }
}
