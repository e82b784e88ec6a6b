import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pidOf } from '../runner/memory';
import { bed } from './bed';

/** A region that does not answer: its API server hangs, and requests to its AWS services are refused. */
export class LostRegion {
  private constructor(
    private readonly apiServer: number,
    private readonly proxy: Server,
    /** For programs that must not reach the region. */
    public readonly env: Readonly<Record<string, string>>,
    /** Requests that were made of the region's services. */
    public readonly refused: string[],
  ) {}

  public static async lose(regionId: number): Promise<LostRegion> {
    const { awsEndpoint, regions } = bed();
    const refused: string[] = [];
    const proxy = proxyWithout(regions[regionId].awsRegion, awsEndpoint, refused);
    const env = await listening(proxy);
    const apiServer = pidOf('control-plane', `apiserver-${regionId}`);
    process.kill(apiServer, 'SIGSTOP');
    return new LostRegion(apiServer, proxy, env, refused);
  }

  /** It comes back. */
  public async recover(): Promise<void> {
    process.kill(this.apiServer, 'SIGCONT');
    this.proxy.closeAllConnections();
    await new Promise(resolve => this.proxy.close(resolve));
  }
}

/** Does something for which no AWS service answers, and returns the requests that were made of any. */
export async function withoutAws(action: (env: Readonly<Record<string, string>>) => Promise<void>): Promise<string[]> {
  const asked: string[] = [];
  const server = createServer(({ method, url, socket }) => {
    asked.push(`${method} ${url}`);
    socket.destroy();
  });
  try {
    await action(await listening(server));
  } finally {
    await new Promise(resolve => server.close(resolve));
  }
  return asked;
}

/** What leads programs to a server instead of the emulator. */
async function listening(server: Server): Promise<Readonly<Record<string, string>>> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { AWS_ENDPOINT_URL: `http://localhost:${(server.address() as AddressInfo).port}` };
}

/** In front of the emulator: refuses what is signed for the region, or names it in its host, as a region that is gone would. */
function proxyWithout(awsRegion: string, endpoint: string, refused: string[]): Server {
  const { port } = new URL(endpoint);
  return createServer((incoming, outgoing) => {
    const { headers, method, url } = incoming;
    const scope = `${headers.authorization ?? ''} ${headers.host ?? ''}`;
    if (scope.includes(`/${awsRegion}/`) || scope.includes(`.${awsRegion}.`) || url?.includes(`%2F${awsRegion}%2F`)) {
      refused.push(`${method} ${url}`);
      incoming.destroy();
      return;
    }
    const forwarded = request({ host: '127.0.0.1', port, method, path: url, headers }, answer => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
}
