import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { NoAnswerError, type HttpRequest, type HttpResponse } from '../../../lib/recovery/calls/http';
import type { Answer, Question } from './answer';
import type { Deployment } from './deployment';
import { faultIn, FaultPlan, LATE_MS, type Fault } from './faults';
import { ManagementApi } from './management-api';
import { restAnswer } from './rest-api';

/**
 * Stand-in for all servers of a deployment, over real HTTP on this machine. The first part of a path says which one is meant:
 * `/management`, `/rest`, `/elasticsearch0`, `/broker3`.
 */
export class StandInServer {
  public faults = new FaultPlan();
  /** Every request, as `PATCH /management/actuator/cluster?force=true`. */
  public readonly requests: { readonly line: string; readonly body: unknown }[] = [];
  private deployment?: Deployment;
  private readonly server: Server;

  /** @param way how a scenario asks it where no call goes wrong. A connection for each call takes most of the time of a run. */
  public constructor(public readonly way: 'within the process' | 'over HTTP' = 'within the process') {
    this.server = createServer((request, response) => void this.handle(request, response));
    this.server.keepAliveTimeout = 60_000;
  }

  /** What stands behind it from now on. */
  public serve(deployment: Deployment, faults = new FaultPlan()): void {
    this.deployment = deployment;
    this.faults = faults;
    this.requests.length = 0;
  }

  public async start(): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  /** Answers as over HTTP, without a connection. */
  public async ask(server: string, { method, path, body }: HttpRequest): Promise<HttpResponse> {
    await turn();
    const url = `/${server}${path}`;
    const sent: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
    this.requests.push({ line: `${method} ${url}`, body: sent });
    const answered = this.answer(method, url, sent);
    if (answered === 'reset') throw new NoAnswerError(`${server}: socket hang up`);
    return { status: answered.status, text: textOf(answered) };
  }

  /** One of the servers, for who comes to it without the first part of a path. */
  public as(server: string): RequestListener {
    return (request, response) => {
      request.url = `/${server}${request.url}`;
      void this.handle(request, response);
    };
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { fault, url } = faultIn(request.url ?? '');
    const text = Buffer.concat(chunks).toString('utf8');
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    this.requests.push({ line: `${request.method} ${url}`, body });
    const act = (): Answer | 'reset' => this.answer(request.method ?? '', url, body);
    const answered = withFault(fault, act, later => this.deployment!.clock.after(LATE_MS, later));
    if (answered === 'silence') this.faults.breakConnection();
    else if (answered === 'reset') request.socket.destroy();
    else {
      response.writeHead(answered.status, { 'content-type': 'application/json' });
      response.end(textOf(answered));
    }
  }

  private answer(method: string, url: string, body: unknown): Answer | 'reset' {
    const deployment = this.deployment!;
    const { pathname, searchParams } = new URL(url, 'http://stand-in');
    const [, server, path] = /^\/([\w-]+)(\/.*)$/.exec(pathname) ?? [];
    const question: Question = { method, path, query: searchParams, body };
    const management = new ManagementApi(deployment.engine, (id, from) => deployment.onExporterEnabled(id, from));
    const [, kind, number] = /^(management|rest|broker|elasticsearch)(.*)$/.exec(server ?? '') ?? [];
    switch (kind) {
      case 'management': {
        const answer = management.answer(question);
        deployment.export();
        return answer;
      }
      case 'rest':
        return deployment.engine.up.size === 0 ? 'reset' : restAnswer(deployment.engine, question);
      case 'broker':
        return deployment.engine.up.has(number) ? management.brokerPartitions(number) : 'reset';
      case 'elasticsearch': {
        const search = deployment.search[Number(number)];
        return search.reachable ? search.answer(question) : 'reset';
      }
      default:
        return { status: 404 };
    }
  }
}

function textOf({ body }: Answer): string {
  return body === undefined ? '' : JSON.stringify(body);
}

function withFault(fault: Fault | undefined, act: () => Answer | 'reset', later: (run: () => void) => void): Answer | 'reset' | 'silence' {
  switch (fault) {
    case undefined:
    case 'refused':
      return act();
    case 'reset before acting':
      return 'reset';
    case 'reset after acting':
      act();
      return 'reset';
    case 'no answer before acting':
      return 'silence';
    case 'no answer after acting':
    case 'unreachable after acting':
      act();
      return 'silence';
    case 'no answer, acting 26 s later':
      later(act);
      return 'silence';
    case '409':
      return { status: 409, body: { message: 'the configuration has changed meanwhile' } };
    case '500':
      return { status: 500, body: { message: 'something went wrong' } };
    case '502':
      return { status: 502, body: { message: 'cannot reach the coordinator' } };
    case '504 before acting':
      return { status: 504, body: { message: 'the coordinator did not answer' } };
    case '504 after acting':
      act();
      return { status: 504, body: { message: 'the coordinator did not answer' } };
    case '504, acting 26 s later':
      later(act);
      return { status: 504, body: { message: 'the coordinator did not answer' } };
    case '200 with status 500':
      return { status: 200, body: { body: { message: 'half of the partitions did not answer' }, status: 500, contentType: null } };
  }
}
