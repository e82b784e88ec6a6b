import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { find, type KubernetesObject } from '../../support/manifests';
import { grants, type Request } from '../../support/rows/role-rules';
import { forwardTo } from './port-forward';
import { selects } from './selectors';

const RESOURCES: Readonly<Record<string, string>> = {
  ConfigMap: 'configmaps',
  Deployment: 'deployments',
  Lease: 'leases',
  NetworkPolicy: 'networkpolicies',
  Pod: 'pods',
  Secret: 'secrets',
  StatefulSet: 'statefulsets',
};
const VERBS: Readonly<Record<string, string>> = { GET: 'get', DELETE: 'delete', PATCH: 'patch', POST: 'create', PUT: 'update' };

interface Asked extends Request {
  readonly namespace?: string;
  readonly query: URLSearchParams;
}

type Status = readonly [number, unknown];

/**
 * Stand-in for the API server of one region, over HTTP on this machine. It has what is deployed there, and lets through exactly
 * what the deployed Role of a recovery grants.
 */
export class KubernetesApi {
  /** Changes that were granted, as `delete networkpolicies orchestration`. */
  public readonly changes: string[] = [];
  /** Requests that were refused. */
  public readonly refused: string[] = [];
  public objects: KubernetesObject[];
  /** Answers to requests, instead of what else would be answered: a status by the beginning of a text like that of a change. */
  public readonly faults: Record<string, number> = {};
  private readonly role: KubernetesObject;
  private readonly server: Server;
  private readonly tunnels = new Set<Duplex>();
  private version = 1;

  /** @param serverOf what listens on a port of a pod */
  public constructor(
    deployed: readonly KubernetesObject[],
    private readonly serverOf: (pod: string, port: number) => Server | undefined = () => undefined,
  ) {
    this.objects = [...deployed];
    this.role = find(this.objects, 'Role', 'camunda-recovery');
    this.server = createServer((request, response) => void this.handle(request, response));
    this.server.on('upgrade', (request: IncomingMessage, socket: Duplex) => this.upgrade(request, socket));
  }

  public async start(): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.tunnels.forEach(socket => socket.destroy());
    await new Promise(resolve => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked = askedFor(request);
    const [status, body] = this.refusal(asked) ?? this.answer(asked, Buffer.concat(chunks).toString());
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  }

  private upgrade(request: IncomingMessage, socket: Duplex): void {
    const asked = askedFor(request);
    const port = Number(asked.query.get('ports'));
    const server = this.serverOf(asked.name ?? '', port);
    const [status] = this.refusal(asked) ?? [server ? 101 : 500];
    if (!server || status !== 101) return void socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
    this.tunnels.add(socket);
    socket.on('close', () => this.tunnels.delete(socket));
    forwardTo(server, port, request, socket);
  }

  private refusal(asked: Asked): Status | undefined {
    const text = textOf(asked);
    const fault = Object.keys(this.faults).find(begin => text.startsWith(begin));
    if (fault !== undefined) return failure(this.faults[fault], `${text}: it was to fail`);
    if (asked.namespace === this.role.metadata.namespace && grants(this.role, asked)) return undefined;
    this.refused.push(text);
    return failure(403, `${text} is forbidden`);
  }

  private answer(asked: Asked, body: string): Status {
    const text = textOf(asked);
    const [resource] = asked.resource.split('/');
    const ofKind = this.objects.filter(({ kind }) => RESOURCES[kind] === resource);
    if (asked.verb === 'list')
      return [200, { items: ofKind.filter(({ metadata }) => selects(asked.query.get('labelSelector'), metadata)) }];
    if (asked.verb === 'create' || asked.verb === 'update') return this.write(JSON.parse(body) as KubernetesObject, resource);
    const found = ofKind.find(({ metadata }) => metadata.name === asked.name);
    if (!found) return failure(404, `${text}: not found`);
    if (asked.verb === 'get') return [200, found];
    this.changes.push(text);
    if (asked.verb === 'delete') this.objects = this.objects.filter(object => object !== found);
    return [200, { kind: 'Status', status: 'Success' }];
  }

  /** A writer names the version that is there, or none where there is nothing. */
  private write(written: KubernetesObject & { readonly metadata: { readonly resourceVersion?: string } }, resource: string): Status {
    const kind = Object.keys(RESOURCES).find(name => RESOURCES[name] === resource) ?? '';
    const before = this.objects.find(object => object.kind === kind && object.metadata.name === written.metadata.name);
    const version = before && 'resourceVersion' in before.metadata ? before.metadata.resourceVersion : undefined;
    if (version !== written.metadata.resourceVersion) return failure(409, 'the object has been modified');
    const object = { ...written, kind, metadata: { ...written.metadata, resourceVersion: String((this.version += 1)) } };
    this.objects = [...this.objects.filter(one => one !== before), object];
    return [200, object];
  }
}

function failure(code: number, message: string): Status {
  return [code, { kind: 'Status', code, message }];
}

function textOf({ verb, resource, name }: Asked): string {
  return `${verb} ${resource}${name === undefined ? '' : ` ${name}`}`;
}

/** What a path means to an authorizer. */
function askedFor({ method = '', url = '' }: IncomingMessage): Asked {
  const { pathname, searchParams } = new URL(url, 'http://stand-in');
  const [, group, namespace, resource = '', name, subresource] =
    /^\/api(?:s\/([^/]+))?\/v\d+(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(pathname) ?? [];
  const verb = method === 'GET' && name === undefined ? 'list' : VERBS[method];
  return {
    ...{ verb, group, namespace, name, query: searchParams },
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
  };
}
