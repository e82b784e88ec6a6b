import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { find, type KubernetesObject } from '../../support/manifests';
import { grants, type Request } from '../../support/rows/role-rules';

const RESOURCES: Readonly<Record<string, string>> = {
  ConfigMap: 'configmaps',
  Deployment: 'deployments',
  NetworkPolicy: 'networkpolicies',
  StatefulSet: 'statefulsets',
};
const VERBS: Readonly<Record<string, string>> = { GET: 'get', DELETE: 'delete', PATCH: 'patch', POST: 'create', PUT: 'update' };

interface Asked extends Request {
  readonly namespace?: string;
}

/**
 * Stand-in for the API server of one region, over HTTP on this machine. It has what is deployed there, and lets through exactly
 * what the deployed Role of a recovery grants.
 */
export class KubernetesApi {
  /** Changes that were granted, as `delete networkpolicies orchestration`. */
  public readonly changes: string[] = [];
  /** Requests that were refused. */
  public readonly refused: string[] = [];
  public readonly objects: KubernetesObject[];
  private readonly server: Server;

  public constructor(deployed: readonly KubernetesObject[]) {
    this.objects = [...deployed];
    const role = find(this.objects, 'Role', 'camunda-recovery');
    this.server = createServer((request, response) => this.handle(request, response, role));
  }

  public async start(): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private handle({ method = '', url = '' }: IncomingMessage, response: ServerResponse, role: KubernetesObject): void {
    const asked = askedFor(method, url);
    const text = `${asked.verb} ${asked.resource}${asked.name === undefined ? '' : ` ${asked.name}`}`;
    const [status, body] = this.answer(asked, text, role);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  }

  private answer(asked: Asked, text: string, role: KubernetesObject): readonly [number, unknown] {
    if (asked.namespace !== role.metadata.namespace || !grants(role, asked)) {
      this.refused.push(text);
      return [403, { kind: 'Status', code: 403, message: `${text} is forbidden` }];
    }
    const [resource] = asked.resource.split('/');
    const i = this.objects.findIndex(({ kind, metadata }) => RESOURCES[kind] === resource && metadata.name === asked.name);
    if (i < 0) return [404, { kind: 'Status', code: 404, message: `${text}: not found` }];
    if (asked.verb === 'get') return [200, this.objects[i]];
    this.changes.push(text);
    if (asked.verb === 'delete') this.objects.splice(i, 1);
    return [200, { kind: 'Status', status: 'Success' }];
  }
}

/** What a path means to an authorizer. */
function askedFor(method: string, url: string): Asked {
  const { pathname } = new URL(url, 'http://stand-in');
  const [, group, namespace, resource = '', name, subresource] =
    /^\/api(?:s\/([^/]+))?\/v\d+(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(pathname) ?? [];
  const verb = method === 'GET' && name === undefined ? 'list' : VERBS[method];
  return { verb, group, namespace, resource: subresource === undefined ? resource : `${resource}/${subresource}`, name };
}
