import { EventEmitter } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { PortForward } from '@kubernetes/client-node';
import {
  DeniedError,
  NoAnswerError,
  UndeliveredError,
  type HttpRequest,
  type HttpResponse,
  type HttpTransport,
} from '../../../lib/recovery/calls/http';
import { UsageError } from '../exit-code';
import { NodeHttpTransport, type HttpEndpoint } from '../http-transport';
import { reasonOf } from '../reason';
import { statusOf, type KubernetesRegion } from './kubernetes-region';

/** Which pods serve a port, asked anew whenever the one in use does not answer. */
export interface ForwardTarget {
  readonly cluster: KubernetesRegion;
  readonly namespace: string;
  readonly port: number;
  pods(): Promise<readonly string[]>;
}

/** Reaches pods through the Kubernetes API: a tunnel for each connection, and another pod when one does not answer. */
export class ForwardedTransport implements HttpTransport {
  private pod?: string;
  private readonly failed = new Set<string>();

  public constructor(
    private readonly target: ForwardTarget,
    private readonly endpoint: (localPort: number) => Promise<HttpEndpoint>,
    public readonly login?: string,
  ) {}

  public async send(request: HttpRequest): Promise<HttpResponse> {
    let pod: string;
    try {
      pod = this.pod ?? (await this.choose());
    } catch (error) {
      throw denied(error, this.target) ?? new UndeliveredError(`no way to a pod: ${reasonOf(error)}`);
    }
    const tunnel = await this.listen(pod);
    try {
      const endpoint = await this.endpointOf(tunnel.port);
      return await this.sendThrough(tunnel, pod, new NodeHttpTransport(endpoint), request);
    } finally {
      tunnel.server.close();
    }
  }

  /** What it takes beside the tunnel: certificate and password, of which nothing is known without the Kubernetes API. */
  private async endpointOf(localPort: number): Promise<HttpEndpoint> {
    try {
      return await this.endpoint(localPort);
    } catch (error) {
      if (error instanceof DeniedError || error instanceof UsageError) throw error;
      throw denied(error, this.target) ?? new UndeliveredError(`no certificate or password: ${reasonOf(error)}`);
    }
  }

  private async sendThrough(tunnel: Tunnel, pod: string, transport: HttpTransport, request: HttpRequest): Promise<HttpResponse> {
    try {
      const response = await transport.send(request);
      this.failed.clear();
      return response;
    } catch (error) {
      this.failed.add(pod);
      this.pod = undefined;
      if (tunnel.denied) throw tunnel.denied;
      // The local end of the tunnel always accepts: that it did says nothing about the pod.
      throw error instanceof UndeliveredError ? new NoAnswerError(error.message) : error;
    }
  }

  private async choose(): Promise<string> {
    const pods = await this.target.pods();
    const chosen = pods.find(name => !this.failed.has(name)) ?? pods[0];
    if (chosen === undefined) throw new Error('none is running');
    if (this.failed.size >= pods.length) this.failed.clear();
    this.pod = chosen;
    return chosen;
  }

  private async listen(pod: string): Promise<Tunnel> {
    const { cluster, namespace, port } = this.target;
    const forward = new PortForward(cluster.config, true);
    const server = createServer((socket: Socket) => {
      socket.on('error', () => socket.destroy());
      // The end of the socket's input closes the tunnel.
      forward.portForward(namespace, pod, [port], socket, null, socket).then(
        // The client leaves the socket open, and a request that waits for an answer would wait until its time is over.
        (webSocket: unknown) => webSocket instanceof EventEmitter && webSocket.on('close', () => socket.end()),
        (error: unknown) => {
          tunnel.denied = denied(error, this.target);
          socket.destroy();
        },
      );
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    const tunnel: Tunnel = { server, port: (server.address() as AddressInfo).port };
    return tunnel;
  }
}

/** The local end of a tunnel. */
interface Tunnel {
  readonly server: Server;
  readonly port: number;
  /** Why the Kubernetes API does not open it. */
  denied?: DeniedError;
}

/** What the Kubernetes API has answered, where that is "not you". */
function denied(error: unknown, { cluster, namespace }: ForwardTarget): DeniedError | undefined {
  const status = statusOf(error) ?? statusOfUpgrade(error);
  if (status !== 401 && status !== 403) return undefined;
  const what = status === 401 ? 'does not know who asks' : 'denies what a recovery needs';
  return new DeniedError(
    `the Kubernetes API ${what} (HTTP ${status} to context '${cluster.context}', namespace ${namespace})`,
    status === 401
      ? `log in anew: 'kubectl --context ${cluster.context} --namespace ${namespace} get pods' has to work`
      : `use a role that may carry out a recovery: 'kubernetes.recoveryRoleArns' in docs/backup.md`,
  );
}

/** Status of the answer to a request for a WebSocket, of which the client only gives a sentence. */
function statusOfUpgrade(error: unknown): number | undefined {
  const [, status] = /^Unexpected server response: (\d+)$/.exec(reasonOf(error)) ?? [];
  return status === undefined ? undefined : Number(status);
}
