import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions } from '../../../bin/recover/arguments';
import type { HttpEndpoint } from '../../../bin/recover/http-transport';
import { kubernetesDeployment } from '../../../bin/recover/kubernetes/kubernetes-deployment';
import type { RecoveryPorts } from '../../../lib/recovery/ports';
import { at, find, objectsOf } from '../../support/manifests';
import { ofVersion } from '../../support/settings/versions';
import { VirtualClock } from '../stand-in/virtual-clock';

/** Status that each user gets, by name. */
const mockAnswers: Record<string, number> = {};
const mockAsked: HttpEndpoint[] = [];
const mockSecrets: Record<string, Record<string, string>> = {};
let mockDescription = '';
let mockRefusedPassword: string | undefined;

// The client of Kubernetes is an ES module, which tests cannot load. Here is only what a password and a description come from.
jest.mock('../../../bin/recover/kubernetes/kubernetes-region', () => {
  class MissingKeyError extends Error {}
  return {
    MissingKeyError,
    inTime: (request: Promise<unknown>) => request,
    statusOf: (error: { code?: number }) => error.code,
    KubernetesRegion: class {
      public readonly config = { getContextObject: () => ({ namespace: 'camunda-london' }) };
      public readonly core = { readNamespacedConfigMap: () => Promise.resolve({ data: { 'topology.json': mockDescription } }) };

      public secret(_namespace: string, name: string, key: string): Promise<string> {
        if (!(name in mockSecrets)) return Promise.reject(Object.assign(new Error('not found'), { code: 404 }));
        const value = mockSecrets[name][key];
        return value === undefined ? Promise.reject(new MissingKeyError(`no key ${key}`)) : Promise.resolve(value);
      }
    },
  };
});
jest.mock('../../../bin/recover/kubernetes/kubeconfig', () => ({ knownContexts: () => ['london'] }));
jest.mock('../../../bin/recover/kubernetes/fence', () => ({}));
jest.mock('../../../bin/recover/kubernetes/kubernetes-facts', () => ({ ClusterFacts: class {} }));
jest.mock('../../../bin/recover/kubernetes/kubernetes-store', () => ({ ConfigMapStore: class {} }));
jest.mock('../../../bin/recover/kubernetes/kubernetes-lease', () => ({ KubernetesLease: class {} }));
jest.mock('../../../bin/recover/kubernetes/port-forward', () => ({
  ForwardedTransport: class {
    public constructor(
      _target: unknown,
      private readonly endpoint: (port: number) => Promise<HttpEndpoint>,
      public readonly login?: string,
    ) {}

    public async send(): Promise<{ readonly status: number; readonly text: string }> {
      const endpoint = await this.endpoint(1);
      mockAsked.push(endpoint);
      if (endpoint.user && endpoint.user.password === mockRefusedPassword) return { status: 401, text: '' };
      return { status: mockAnswers[endpoint.user?.name ?? ''] ?? 200, text: '' };
    }
  },
}));

const REQUEST = { method: 'GET', path: '/', timeoutMs: 1_000 };
const folder = mkdtempSync(join(tmpdir(), 'logins-'));
writeFileSync(join(folder, 'password'), 'from-file\n');
afterAll(() => rmSync(folder, { recursive: true }));

let warned: jest.SpyInstance;
beforeEach(() => {
  mockAsked.length = 0;
  mockRefusedPassword = undefined;
  for (const name of Object.keys(mockAnswers)) delete mockAnswers[name];
  mockSecrets['camunda-tls'] = { 'ca.crt': 'authority' };
  mockSecrets['camunda-users'] = { 'admin-password': 'a', 'recovery-password': 'r' };
  mockSecrets['elasticsearch-es-elastic-user'] = { elastic: 'e' };
  mockDescription = descriptionOf('8.9');
  warned = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => warned.mockRestore());

function descriptionOf(version: string): string {
  return at<string>(find(objectsOf(0, ofVersion(version)), 'ConfigMap', 'camunda-recovery-topology'), 'data', 'topology.json');
}

async function ports(options: ConnectionOptions = {}): Promise<RecoveryPorts> {
  return (await kubernetesDeployment({ context: 'region0=london', ...options }, new VirtualClock())).portsFor(0);
}

const users = (): unknown[] => mockAsked.map(({ user }) => user);
const RECOVERY = { name: 'recovery', password: 'r' };
const ADMIN = { name: 'admin', password: 'a' };

describe('the REST API', () => {
  test('is asked as the user of a recovery', async () => {
    const { rest } = await ports();
    expect(await rest.send(REQUEST)).toMatchObject({ status: 200 });
    expect([rest.login, users()]).toEqual(['recovery', [RECOVERY]]);
    expect(warned).not.toHaveBeenCalled();
  });

  test.each(['recovery:other', `recovery:@${folder}/password`])(
    'is asked as the user that %s names, and as nobody else',
    async restUser => {
      mockAnswers.recovery = 401;
      const { rest } = await ports({ restUser });
      expect(await rest.send(REQUEST)).toMatchObject({ status: 401 });
      expect([rest.login, users()]).toEqual(['recovery', [{ name: 'recovery', password: restUser.includes('@') ? 'from-file' : 'other' }]]);
    },
  );

  test('is asked as the administrator where it does not know the user of a recovery, with a warning', async () => {
    mockAnswers.recovery = 401;
    const { rest } = await ports();
    expect(await rest.send(REQUEST)).toMatchObject({ status: 200 });
    expect([rest.login, users()]).toEqual(['admin', [RECOVERY, ADMIN]]);
    expect(warned.mock.calls.join()).toContain("warning: the REST API: user 'recovery' is not let in (HTTP 401); 'admin' is");
  });

  test('is asked as the administrator where the Secret has no password of the user of a recovery yet', async () => {
    mockSecrets['camunda-users'] = { 'admin-password': 'a' };
    const { rest } = await ports();
    expect(await rest.send(REQUEST)).toMatchObject({ status: 200 });
    expect(users()).toEqual([ADMIN]);
    expect(warned.mock.calls.join()).toContain('Secret camunda-users in namespace camunda-london of region 0 has no key recovery-password');
  });

  test('is not asked where nobody has a password, and that is told with what to do', async () => {
    delete mockSecrets['camunda-users'];
    await expect((await ports()).rest.send(REQUEST)).rejects.toMatchObject({
      name: 'DeniedError',
      message: expect.stringContaining("there is no password of user 'recovery'"),
      advice: expect.stringContaining('--rest-user NAME:@FILE'),
    });
  });

  test('is asked as nobody in 8.7, unless somebody is named', async () => {
    mockDescription = descriptionOf('8.7');
    const { rest } = await ports();
    await rest.send(REQUEST);
    await (await ports({ restUser: 'ada:secret' })).rest.send(REQUEST);
    expect([rest.login, users()]).toEqual([undefined, [undefined, { name: 'ada', password: 'secret' }]]);
  });
});

test.each<[string | undefined, { name: string; password: string }]>([
  [undefined, { name: 'elastic', password: 'e' }],
  ['ada:secret', { name: 'ada', password: 'secret' }],
  ['region0=ada:zero,region1=bob:one', { name: 'ada', password: 'zero' }],
  ['region1=bob:one', { name: 'elastic', password: 'e' }],
])('Elasticsearch is asked with --elasticsearch-user %s as %j', async (elasticsearchUser, user) => {
  const search = (await ports({ elasticsearchUser })).elasticsearch(0);
  await search.send(REQUEST);
  expect([search.login, users()]).toEqual([user.name, [user]]);
});

describe('a password that has changed since it was read', () => {
  test('is read again where the old one is refused: a region that is recreated has another', async () => {
    const search = (await ports()).elasticsearch(0);
    await search.send(REQUEST);
    mockSecrets['elasticsearch-es-elastic-user'] = { elastic: 'renewed' };
    mockRefusedPassword = 'e';
    expect(await Promise.all([search.send(REQUEST), search.send(REQUEST)])).toEqual([
      { status: 200, text: '' },
      { status: 200, text: '' },
    ]);
    expect(users().slice(-2)).toEqual([
      { name: 'elastic', password: 'renewed' },
      { name: 'elastic', password: 'renewed' },
    ]);
  });

  test('is asked with once where it is the same, or cannot be read any more', async () => {
    const search = (await ports()).elasticsearch(0);
    mockRefusedPassword = 'e';
    expect(await search.send(REQUEST)).toMatchObject({ status: 401 });
    delete mockSecrets['elasticsearch-es-elastic-user'];
    await expect(search.send(REQUEST)).resolves.toMatchObject({ status: 401 });
    expect(users()).toHaveLength(2);
  });
});

test('a wrong user is told before anything is asked', async () => {
  await expect(ports({ restUser: 'ada' })).rejects.toThrow('--rest-user is a user like name:password or name:@file');
  await expect(ports({ elasticsearchUser: 'region0=ada' })).rejects.toThrow('--elasticsearch-user is a user like name:password');
});
