import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { PortForward } from '@kubernetes/client-node';
import { NoAnswerError, UndeliveredError, type HttpRequest, type HttpResponse, type HttpTransport } from '../../lib/recovery/http';
import { NodeHttpTransport, type HttpEndpoint } from './http-transport';
import type { KubernetesRegion } from './kubernetes-region';

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
  ) {}

  public async send(request: HttpRequest): Promise<HttpResponse> {
    let pod: string;
    try {
      pod = this.pod ?? (await this.choose());
    } catch (error) {
      throw new UndeliveredError(`no way to a pod: ${error instanceof Error ? error.message : String(error)}`);
    }
    const server = await this.listen(pod);
    try {
      const endpoint = await this.endpoint((server.address() as AddressInfo).port);
      const response = await new NodeHttpTransport(endpoint).send(request);
      this.failed.clear();
      return response;
    } catch (error) {
      this.failed.add(pod);
      this.pod = undefined;
      // The local end of the tunnel always accepts: that it did says nothing about the pod.
      throw error instanceof UndeliveredError ? new NoAnswerError(error.message) : error;
    } finally {
      server.close();
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

  private async listen(pod: string): Promise<Server> {
    const { cluster, namespace, port } = this.target;
    const forward = new PortForward(cluster.config, true);
    const server = createServer((socket: Socket) => {
      socket.on('error', () => socket.destroy());
      // The end of the socket's input closes the tunnel.
      forward.portForward(namespace, pod, [port], socket, null, socket).catch(() => socket.destroy());
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return server;
  }
}
