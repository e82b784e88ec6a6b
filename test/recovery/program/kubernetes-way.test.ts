import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stringify } from 'yaml';
import { UnreachableError } from '../../../bin/recover/exit-code';
import { kubernetesDeployment } from '../../../bin/recover/kubernetes/kubernetes-deployment';
import { inTime, KubernetesRegion } from '../../../bin/recover/kubernetes/kubernetes-region';
import { recoveryTopologyText } from '../../../constructs/topology/plan/recovery/recovery-topology-document';
import { topologyOf } from '../stand-in/deployment';
import { VirtualClock } from '../stand-in/virtual-clock';
import { kubeconfigFolder } from '../support/kubeconfig-folder';

const TOPOLOGY = topologyOf('8.9', 4);
const { kubeconfig: file } = kubeconfigFolder();

/** An API server that lets in whoever has the token, and finds one description wherever it is looked for. */
let items: unknown[];
const asked: string[] = [];
const server = createServer((request: IncomingMessage, response) => {
  asked.push(`${decodeURIComponent(request.url ?? '')} ${request.headers.authorization}`);
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ items }));
});
beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function kubeconfig(url: string, clusters = ['region0']): void {
  writeFileSync(
    file,
    stringify({
      clusters: clusters.map(name => ({ name, cluster: { server: url, 'insecure-skip-tls-verify': true } })),
      users: [{ name: 'operator', user: { token: 'secret' } }],
      contexts: [{ name: 'region0', context: { cluster: 'region0', user: 'operator' } }],
    }),
  );
}
beforeEach(() => {
  asked.length = 0;
  items = [{ data: { 'topology.json': recoveryTopologyText(TOPOLOGY) } }];
  kubeconfig(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

describe('a context of one region that names no namespace', () => {
  const found = (): ReturnType<typeof kubernetesDeployment> => kubernetesDeployment({}, new VirtualClock());

  test('leads to the description in any, with the login of the kubeconfig', async () => {
    const { topology } = await found();
    expect(topology).toEqual(TOPOLOGY);
    expect(asked).toEqual([
      expect.stringMatching(/^\/api\/v1\/configmaps\?fieldSelector=metadata\.name=camunda-recovery-topology Bearer secret$/),
    ]);
  });

  test.each([[[]], [[{}]], [[{ data: {} }]]])('leads to nothing where there is none: %j', async nothing => {
    items = nothing;
    await expect(found()).rejects.toThrow(
      'no cluster tells what is deployed:\n  - region0: it has no ConfigMap camunda-recovery-topology; name its namespace with --namespace',
    );
  });

  test('leads to nothing of the other region', async () => {
    const deployment = await found();
    expect([0, 1].map(regionId => deployment.hasKubernetes(regionId))).toEqual([true, false]);
    expect([await deployment.answers(0), await deployment.answers(1)]).toEqual([true, false]);
    expect(await deployment.reachable()).toBe(0);
    expect(() => deployment.portsFor(1)).toThrow('there is no context for region 1; name it as in --context region1=NAME');
    const ports = deployment.portsFor(0);
    expect([0, 1].map(regionId => ports.hasElasticsearch?.(regionId))).toEqual([true, false]);
    // A program that does not get through to it has not seen that it is silent.
    expect(ports.searchThroughKubernetes).toBe(true);
  });
});

test('a file of an authority that is not there is a wrong option', async () => {
  await expect(kubernetesDeployment({ ca: '/nowhere/ca.crt' }, new VirtualClock())).rejects.toThrow('--ca: cannot read /nowhere/ca.crt');
});

test('a context whose cluster is not in the kubeconfig is told', () => {
  kubeconfig('http://127.0.0.1:9', []);
  expect(() => new KubernetesRegion('region0')).toThrow("the kubeconfig has no cluster for context 'region0'");
});

describe('a server that fails', () => {
  const answer = (code: number): Error => Object.assign(new Error(`HTTP ${code}`), { code });
  const SILENT = Object.assign(new Error('refused'), { name: 'FetchError' });
  afterEach(() => jest.useRealTimers());

  /** How often a request is sent that fails in this way, and then how it ends. */
  async function patience(error: Error, times: number, hasAnswered = true): Promise<{ readonly sent: number; readonly end: unknown }> {
    const region = new KubernetesRegion('region0');
    if (hasAnswered) await region.core.listNamespacedPod({ namespace: 'any' });
    jest.useFakeTimers();
    let sent = 0;
    const end = region
      .patiently(() => ((sent += 1) > times ? Promise.resolve('done') : Promise.reject(error)))
      .catch((reason: unknown) => reason);
    await jest.advanceTimersByTimeAsync(40_000);
    return { sent, end: await end };
  }

  test.each([answer(429), answer(500), answer(503), SILENT])('is asked again: %s', async error => {
    expect(await patience(error, 2)).toEqual({ sent: 3, end: 'done' });
  });

  test.each([answer(404), answer(409), answer(403), new Error('a mistake')])('is not asked again: %s', async error => {
    expect(await patience(error, 2)).toEqual({ sent: 1, end: error });
  });

  test('is asked for half a minute at most', async () => {
    const { sent, end } = await patience(answer(503), 1_000);
    expect([sent, end]).toEqual([expect.any(Number), answer(503)]);
    expect(sent).toBeGreaterThan(29);
    expect(sent).toBeLessThan(34);
  });

  test('is not asked again where it has never answered: it is a lost one', async () => {
    expect(await patience(SILENT, 2, false)).toMatchObject({ sent: 1, end: { name: 'UnreachableError' } });
  });
});

test('silence is told as that, and everything else as what it is', async () => {
  const named = (name: string): Error => Object.assign(new Error('connection refused'), { name });
  await expect(inTime(Promise.reject(named('AbortError')))).rejects.toEqual(
    new UnreachableError('the Kubernetes API gave no answer within 8 s'),
  );
  await expect(inTime(Promise.reject(named('FetchError')))).rejects.toEqual(
    new UnreachableError('the Kubernetes API cannot be reached: connection refused'),
  );
  const mistake = new TypeError('a mistake');
  await expect(inTime(Promise.reject(mistake))).rejects.toBe(mistake);
  expect(await inTime(Promise.resolve('answer'))).toBe('answer');
});
