import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConnectionOptions } from '../../../bin/recover/arguments';
import { clientToken } from '../../../bin/recover/client-token';
import { kubernetesDeployment } from '../../../bin/recover/kubernetes/kubernetes-deployment';
import type { UsersSettings } from '../../../constructs/topology/settings/users/users';
import type { RecoveryPorts } from '../../../lib/recovery/ports';
import { withOidc } from '../../support/rows/user-rule-rows';
import { Deployment } from '../stand-in/deployment';
import { VirtualClock } from '../stand-in/virtual-clock';
import { Clusters } from '../support/clusters';
import { kubeconfigFolder } from '../support/kubeconfig-folder';
import { QUICK } from '../support/scenario';

jest.mock('../../../bin/recover/client-token');

const REST = { method: 'GET', path: '/v2/topology', timeoutMs: 5_000 };
const SEARCH = { ...REST, path: '/_cluster/health' };
const { folder, kubeconfig } = kubeconfigFolder();
writeFileSync(join(folder, 'password'), 'from-file\n');

const clock = new VirtualClock();
let clusters: Clusters;
let warned: jest.SpyInstance;
const begin = (version: string, users?: UsersSettings): Promise<void> => {
  clusters = new Clusters(new Deployment({ version, users, clusterSize: 4, durations: QUICK }, clock));
  return clusters.start(kubeconfig);
};
beforeEach(() => {
  warned = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  return begin('8.9');
});
afterEach(() => {
  warned.mockRestore();
  return clusters.stop();
});

async function ports(options: ConnectionOptions = {}): Promise<RecoveryPorts> {
  return (await kubernetesDeployment(options, clock)).portsFor(0);
}

const users = (): unknown[] => clusters.received.map(({ user }) => user);

describe('the REST API', () => {
  test('is asked as the user of a recovery', async () => {
    const { rest } = await ports();
    expect(await rest.send(REST)).toMatchObject({ status: 200 });
    expect([rest.login, users()]).toEqual(['recovery', ['recovery:r']]);
    expect(warned).not.toHaveBeenCalled();
  });

  test.each([
    ['recovery:other', 'recovery:other'],
    [`recovery:@${folder}/password`, 'recovery:from-file'],
  ])('is asked as the user that %s names, and as nobody else', async (restUser, user) => {
    clusters.refused.add(user);
    const { rest } = await ports({ restUser });
    expect(await rest.send(REST)).toMatchObject({ status: 401 });
    expect([rest.login, users()]).toEqual(['recovery', [user]]);
  });

  test('is asked as the administrator where it does not know the user of a recovery, with a warning', async () => {
    clusters.refused.add('recovery:r');
    const { rest } = await ports();
    expect(await rest.send(REST)).toMatchObject({ status: 200 });
    expect([rest.login, users()]).toEqual(['admin', ['recovery:r', 'admin:a']]);
    expect(warned.mock.calls.join()).toContain("warning: the REST API: user 'recovery' is not let in (HTTP 401); 'admin' is");
  });

  test('is asked as the administrator where the Secret has no password of the user of a recovery yet', async () => {
    clusters.setSecret(0, 'camunda-users', { 'admin-password': 'a' });
    const { rest } = await ports();
    expect(await rest.send(REST)).toMatchObject({ status: 200 });
    expect(users()).toEqual(['admin:a']);
    expect(warned.mock.calls.join()).toContain('Secret camunda-users in namespace camunda-london of region 0 has no key recovery-password');
  });

  test('is not asked where nobody has a password, and that is told with what to do', async () => {
    clusters.setSecret(0, 'camunda-users');
    await expect((await ports()).rest.send(REST)).rejects.toMatchObject({
      name: 'DeniedError',
      message: expect.stringContaining("there is no password of user 'recovery'"),
      advice: expect.stringContaining('--rest-user NAME:@FILE'),
    });
    expect(users()).toEqual([]);
  });

  test('is asked as nobody in 8.7, unless somebody is named', async () => {
    await clusters.stop();
    await begin('8.7');
    const { rest } = await ports();
    await rest.send(REST);
    await (await ports({ restUser: 'ada:secret' })).rest.send(REST);
    expect([rest.login, users()]).toEqual([undefined, [undefined, 'ada:secret']]);
  });
});

describe('the REST API where users log in by an identity provider', () => {
  const provider = jest.mocked(clientToken);
  beforeEach(async () => {
    provider.mockReset().mockResolvedValueOnce('first').mockResolvedValue('second');
    await clusters.stop();
    await begin('8.9', withOidc().users);
    clusters.setSecret(0, 'camunda-oidc', { recovery: 's' });
  });

  test('is asked with a token of the client of a recovery, which is got once', async () => {
    const { rest } = await ports();
    for (let i = 0; i < 3; i += 1) expect(await rest.send(REST)).toMatchObject({ status: 200 });
    expect([rest.login, users()]).toEqual(['camunda-recovery', ['Bearer first', 'Bearer first', 'Bearer first']]);
    expect(provider.mock.calls).toEqual([[clusters.deployment.topology.restClient, 's']]);
  });

  test('is asked with another token where that of before is over, and with the secret as it is now', async () => {
    const { rest } = await ports();
    await rest.send(REST);
    clusters.refused.add('Bearer first');
    clusters.setSecret(0, 'camunda-oidc', { recovery: 'renewed' });
    expect(await rest.send(REST)).toMatchObject({ status: 200 });
    expect(users()).toEqual(['Bearer first', 'Bearer first', 'Bearer second']);
    expect(provider.mock.calls.map(([, secret]) => secret)).toEqual(['s', 'renewed']);
  });

  test('is asked with a token that somebody names, and with no other', async () => {
    const { rest } = await ports({ restToken: 'a.b.c' });
    clusters.refused.add('Bearer a.b.c');
    expect(await rest.send(REST)).toMatchObject({ status: 401 });
    expect([rest.login, users()]).toEqual(['the token of --rest-token', ['Bearer a.b.c']]);
    expect(provider).not.toHaveBeenCalled();
  });

  test('is not asked where the provider gives none, and that is told with what to do; the next look asks again', async () => {
    provider.mockReset().mockRejectedValueOnce(new Error('login.example.com: no answer')).mockResolvedValue('second');
    const { rest } = await ports();
    await expect(rest.send(REST)).rejects.toMatchObject({
      name: 'DeniedError',
      message: "there is no token for client 'camunda-recovery' of the identity provider: login.example.com: no answer",
      advice: expect.stringContaining('--rest-token @FILE'),
    });
    expect([users(), provider.mock.calls.length]).toEqual([[], 1]);
    expect(await rest.send(REST)).toMatchObject({ status: 200 });
  });

  test('is not asked where the cluster has no secret of the client', async () => {
    clusters.setSecret(0, 'camunda-oidc', { orchestration: 'o' });
    await expect((await ports()).rest.send(REST)).rejects.toMatchObject({
      name: 'DeniedError',
      message: expect.stringContaining("there is no secret of client 'camunda-recovery': Secret camunda-oidc"),
      advice: expect.stringContaining('--rest-token @FILE'),
    });
    expect(provider).not.toHaveBeenCalled();
  });
});

test.each<[string | undefined, string]>([
  [undefined, 'elastic:e0'],
  ['ada:secret', 'ada:secret'],
  ['region0=ada:zero,region1=bob:one', 'ada:zero'],
  ['region1=bob:one', 'elastic:e0'],
])('Elasticsearch is asked with --elasticsearch-user %s as %s', async (elasticsearchUser, user) => {
  const search = (await ports({ elasticsearchUser })).elasticsearch(0);
  expect(await search.send(SEARCH)).toMatchObject({ status: 200 });
  expect([search.login, users()]).toEqual([user.split(':')[0], [user]]);
});

describe('a password that has changed since it was read', () => {
  test('is read again where the old one is refused: a region that is recreated has another', async () => {
    const search = (await ports()).elasticsearch(0);
    await search.send(SEARCH);
    clusters.setSecret(0, 'elasticsearch-es-elastic-user', { elastic: 'renewed' });
    clusters.refused.add('elastic:e0');
    const answers = await Promise.all([search.send(SEARCH), search.send(SEARCH)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(users().slice(-2)).toEqual(['elastic:renewed', 'elastic:renewed']);
  });

  test('is asked with once where it is the same, or cannot be read any more', async () => {
    const search = (await ports()).elasticsearch(0);
    clusters.refused.add('elastic:e0');
    expect(await search.send(SEARCH)).toMatchObject({ status: 401 });
    clusters.setSecret(0, 'elasticsearch-es-elastic-user');
    await expect(search.send(SEARCH)).resolves.toMatchObject({ status: 401 });
    expect(users()).toHaveLength(2);
  });
});

test('a wrong user is told before anything is asked', async () => {
  await expect(ports({ restUser: 'ada' })).rejects.toThrow('--rest-user is a user like name:password or name:@file');
  await expect(ports({ elasticsearchUser: 'region0=ada' })).rejects.toThrow('--elasticsearch-user is a user like name:password');
});

test.each<[string, (pod: string) => void]>([
  ['cannot be reached', pod => (clusters.apis[0].faults[`get pods/portforward ${pod}`] = 500)],
  ['does not answer', pod => clusters.silent.add(pod)],
])('another pod is asked where one %s, and then no other', async (_, fail) => {
  const [first, second] = clusters.deployment.topology.regions[0].brokers.map(({ podName }) => podName);
  fail(first);
  const { management } = await ports();
  const read = { ...REST, path: '/actuator/cluster' };
  const begun = performance.now();
  await expect(management.send(read)).rejects.toMatchObject({ name: 'NoAnswerError' });
  // Long before its time is over.
  expect(performance.now() - begun).toBeLessThan(read.timeoutMs / 2);
  for (let i = 0; i < 2; i += 1) expect(await management.send(read)).toMatchObject({ status: 200 });
  expect(clusters.received.map(({ pod }) => pod).slice(-2)).toEqual([second, second]);
});

test('all pods are asked again where none has answered', async () => {
  const pods = clusters.deployment.topology.regions[0].brokers.map(({ podName }) => podName);
  pods.forEach(pod => clusters.silent.add(pod));
  const { management } = await ports();
  for (let i = 0; i < 4; i += 1) await expect(management.send(REST)).rejects.toMatchObject({ name: 'NoAnswerError' });
  expect(clusters.received.map(({ pod }) => pod)).toEqual([...pods, ...pods]);
});

test('a broker is asked by its own pod, in the cluster of its region', async () => {
  const { broker } = await ports();
  expect(await broker?.('3').send({ ...REST, path: '/actuator/partitions' })).toMatchObject({ status: 200 });
  expect(clusters.received).toEqual([{ pod: 'camunda-zeebe-1', region: 1 }]);
  expect(() => broker?.('9')).toThrow('the description has no broker 9');
  const { broker: from0 } = await ports({ context: 'region0=region0' });
  await expect(from0?.('3').send(REST)).rejects.toMatchObject({ name: 'UndeliveredError', message: 'no context leads to region 1' });
});

test('the administrator is asked for once where it is the user of a recovery', async () => {
  const restUser = { name: 'admin', secretName: 'camunda-users', key: 'admin-password' };
  clusters.describe({ restUser });
  clusters.refused.add('admin:a');
  expect(await (await ports()).rest.send(REST)).toMatchObject({ status: 401 });
  expect([users(), warned.mock.calls]).toEqual([['admin:a'], []]);
});

test.each<[string, Readonly<Record<string, string>> | undefined, RegExp]>([
  ['has another key', { other: 'x' }, /Secret elasticsearch-es-elastic-user in camunda-london has no key elastic$/],
  ['is not there', undefined, /HTTP-Code: 404/],
])('whose Secret of Elasticsearch %s is told of the way, not of the login', async (_, values, why) => {
  clusters.setSecret(0, 'elasticsearch-es-elastic-user', values);
  const end = (await ports()).elasticsearch(0).send(SEARCH);
  await expect(end).rejects.toMatchObject({ name: 'UndeliveredError', message: expect.stringMatching(/^no certificate or password: /) });
  await expect(end).rejects.toThrow(why);
});

test('an API server that fails is not taken for a password that is missing', async () => {
  clusters.apis[0].faults['get secrets camunda-users'] = 500;
  await expect((await ports()).rest.send(REST)).rejects.toMatchObject({ name: 'UndeliveredError' });
});
