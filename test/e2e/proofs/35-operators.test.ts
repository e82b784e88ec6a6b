import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Party } from '../../../constructs/topology/plan/flows/flows';
import { awsSecretNames, FIXED_NAMES, podLabels } from '../../../constructs/topology/plan/names';
import { planOf } from '../../../constructs/topology/plan-of';
import type { List } from '../support/aws-state-kubernetes';
import { secretValue } from '../support/aws-state-lookup';
import { bed } from '../support/bed';
import { authorityIn, CERTIFICATES, issued } from '../support/certificates';
import { command } from '../support/command';
import { figure, seconds } from '../support/figure';
import { kubectl, kubectlJson } from '../support/kubectl';
import { bothRegions, eventually, isReady, mostPodsDown, namespaceOf, onceInBothRegions, pods } from '../support/life';
import {
  changeSecret,
  complaints,
  dnsAddresses,
  events,
  forwarderTargets,
  renew,
  servedCertificate,
  warnings,
} from '../support/operator-state';
import { elasticsearchReady, logOfThisRun, operatorLog, OPERATORS, restartOperator, secretOf } from '../support/operators';
import { privateWords } from '../support/private-words';

const LONG_MS = 300_000;
/** Longer than any operator waits between its first retries. */
const QUIET_MS = 10_000;
const [CAMUNDA, ELASTICSEARCH] = CERTIFICATES;
const { elasticsearch: SEARCH } = FIXED_NAMES;
/** Secrets that the Elastic operator makes, with the key that somebody reads. */
const MADE_FOR_ELASTICSEARCH = {
  [FIXED_NAMES.elasticsearchAdminSecret]: FIXED_NAMES.elasticsearchAdminUser,
  [`${SEARCH}-es-internal-users`]: 'elastic-internal',
  [`${SEARCH}-es-xpack-file-realm`]: 'users',
  [`${SEARCH}-es-http-certs-internal`]: 'tls.crt',
  [`${SEARCH}-es-http-certs-public`]: 'tls.crt',
};
/** Keys of Secrets whose values nobody may see. */
const PRIVATE = /password|^tls\.key$|^elastic|^users$|^key$|\.key$/;

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Everything private that has existed in either region while this proof ran. */
const secretWords = new Set<string>();
const folder = mkdtempSync(join(tmpdir(), 'operators-'));
afterAll(() => rmSync(folder, { recursive: true }));

const searchPods = (): string =>
  Object.entries(podLabels(bed().topology.name, Party.ELASTICSEARCH))
    .map(pair => pair.join('='))
    .join();

beforeAll(async () => {
  // One that never comes is told by the test that looks for what isn't well.
  await bothRegions(regionId => elasticsearchReady(regionId).catch(() => undefined));
  await bothRegions(rememberSecrets);
}, LONG_MS);

const quiet = onceInBothRegions(async regionId => {
  const wellSince = Date.now();
  await sleep(QUIET_MS);
  return (await warnings(regionId)).filter(({ lastSeen }) => lastSeen >= wellSince);
});

describe.each([0, 1])('operators of region %i', regionId => {
  const inNamespace = () => ['--namespace', namespaceOf(regionId)];
  const named = (kinds: string) => kubectlJson<List<Named>>(regionId, ...inNamespace(), 'get', kinds);

  test('each runs as the ServiceAccount of its chart, and lacks no right', async () => {
    const { BED_CONTROLLERS } = bed().environment;
    for (const operator of OPERATORS) {
      const [, account] = BED_CONTROLLERS!
        .split(' ')
        .find(entry => entry.startsWith(`${operator}=`))!
        .split('=');
      const kubeconfig = join(bed().folder, 'operators', `${operator}-${regionId}.kubeconfig`);
      const asked = await command('kubectl', ['--kubeconfig', kubeconfig, 'auth', 'whoami', '-o', 'json'], { env: bed().environment });
      expect(JSON.parse(asked.stdout)).toMatchObject({
        status: { userInfo: { username: `system:serviceaccount:${account.replace('/', ':')}` } },
      });
      const refused = logOfThisRun(regionId, operator)
        .split('\n')
        .filter(line => /forbidden/i.test(line));
      expect({ operator, refused }).toEqual({ operator, refused: [] });
    }
  });

  test('find all their objects well', async () => {
    expect(await complaints(regionId)).toEqual([]);
  });

  test('External Secrets brings every secret as AWS has it, in the form that its reader takes', async () => {
    const names = awsSecretNames(bed().topology.name);
    const [search, admin, connectors] = await Promise.all(
      [names.elasticsearch, names.admin, names.connectors].map(name => secretValue(regionId, name)),
    );
    // Up to 8.7 the REST API asks for no password.
    const recovery = planOf(bed().topology).version.components ? undefined : await secretValue(regionId, names.recovery);
    expect(await secretOf(regionId, FIXED_NAMES.elasticsearchUserSecret)).toEqual({
      username: FIXED_NAMES.elasticsearchUser,
      [FIXED_NAMES.passwordKey]: search.password,
      roles: FIXED_NAMES.elasticsearchRole,
    });
    expect(await secretOf(regionId, FIXED_NAMES.camundaUsersSecret)).toEqual({
      [FIXED_NAMES.adminPasswordKey]: admin.password,
      [FIXED_NAMES.connectorsPasswordKey]: connectors.password,
      ...(recovery ? { [FIXED_NAMES.recoveryPasswordKey]: recovery.password } : {}),
    });
    const { certificate, key } = await authorityIn(regionId);
    expect(await secretOf(regionId, FIXED_NAMES.certificateAuthoritySecret)).toEqual({ 'tls.crt': certificate, 'tls.key': key });
    const other = await Promise.all(
      [FIXED_NAMES.elasticsearchUserSecret, FIXED_NAMES.camundaUsersSecret, FIXED_NAMES.certificateAuthoritySecret].map(name =>
        Promise.all([0, 1].map(id => secretOf(id, name))),
      ),
    );
    for (const [one, two] of other) expect(two).toEqual(one);
  });

  test.each([
    [CAMUNDA, 'PRIVATE KEY'],
    [ELASTICSEARCH, 'EC PRIVATE KEY'],
  ])('cert-manager issues %s, with the names that are asked for and a key that its reader takes', async (name, encoding) => {
    const { spec } = await kubectlJson<{ spec: { dnsNames: string[] } }>(regionId, ...inNamespace(), 'get', 'certificate', name);
    const own = join(folder, `region-${regionId}`, name);
    const pair = await issued(own, regionId, name);
    const certificate = new X509Certificate(pair.certificate);
    const authority = new X509Certificate((await authorityIn(regionId)).certificate);
    expect(certificate.verify(authority.publicKey)).toBe(true);
    expect(certificate.subjectAltName?.split(', ').sort()).toEqual(spec.dnsNames.map(dnsName => `DNS:${dnsName}`).sort());
    expect(pair.key.split('\n')[0]).toBe(`-----BEGIN ${encoding}-----`);
    const checked = ['verify', '-purpose', 'sslserver', '-CAfile', join(own, 'ca.crt'), join(own, 'tls.crt')];
    expect(await command('openssl', checked, { env: bed().environment })).toMatchObject({ code: 0 });
    figure('valid until', certificate.validTo);
  });

  test('the Elastic operator makes what the product calls by name', async () => {
    const { nodesPerRegion } = planOf(bed().topology).settings.elasticsearch;
    const [sets, services, claims, budgets] = await Promise.all(
      ['statefulsets', 'services', 'persistentvolumeclaims', 'poddisruptionbudgets'].map(async kind => (await named(kind)).items),
    );
    const set = sets.find(({ metadata }) => metadata.name === FIXED_NAMES.elasticsearchNodes);
    expect(set?.spec).toMatchObject({ replicas: nodesPerRegion, serviceName: FIXED_NAMES.elasticsearchNodes });
    const service = (name: string) => services.find(({ metadata }) => metadata.name === name)?.spec;
    expect(service(FIXED_NAMES.elasticsearchNodes)).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    for (const name of [FIXED_NAMES.elasticsearchHttp, FIXED_NAMES.elasticsearchInternalHttp])
      expect(service(name)).toMatchObject({ ports: [expect.objectContaining({ port: 9200 })] });
    const names = Array.from({ length: nodesPerRegion }, (_, n) => `elasticsearch-data-${FIXED_NAMES.elasticsearchNodes}-${n}`);
    expect(claims.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(names));
    const budget = budgets.find(({ metadata }) => metadata.name === `${SEARCH}-es-default`);
    expect(budget?.spec).toMatchObject({ minAvailable: nodesPerRegion - 1, selector: { matchLabels: podLabels('', Party.ELASTICSEARCH) } });
    for (const [name, key] of Object.entries(MADE_FOR_ELASTICSEARCH)) expect((await secretOf(regionId, name))[key]).toMatch(/\S/);
    const { users, users_roles: roles } = await secretOf(regionId, `${SEARCH}-es-xpack-file-realm`);
    expect(users).toMatch(new RegExp(`^${FIXED_NAMES.elasticsearchUser}:`, 'm'));
    expect(roles).toMatch(new RegExp(`^${FIXED_NAMES.elasticsearchRole}:.*\\b${FIXED_NAMES.elasticsearchUser}\\b`, 'm'));
  });

  test('complain about nothing that lasts', async () => {
    expect(await quiet(regionId)).toEqual([]);
  });

  test("the targets of the DNS forwarder are CoreDNS's pods, and follow them", async () => {
    const scale = (replicas: number): Promise<string> =>
      kubectl(regionId, '--namespace', FIXED_NAMES.dnsNamespace, 'scale', 'deployment', 'coredns', `--replicas=${replicas}`);
    const settledWith = async (count: number): Promise<readonly string[]> => {
      let targets: string[] = [];
      await eventually(`${count} targets, those of the pods`, async () => {
        const [found, addresses] = await Promise.all([forwarderTargets(regionId), dnsAddresses(regionId)]);
        targets = found;
        return addresses.length === count && found.join() === addresses.join();
      });
      return targets;
    };
    const before = await settledWith(2);
    try {
      await scale(3);
      expect(await settledWith(3)).toEqual(expect.arrayContaining([...before]));
    } finally {
      await scale(2);
    }
    expect(await settledWith(2)).toHaveLength(2);
  });
});

describe('a password that is changed in AWS', () => {
  let before: Record<string, string>;
  const changed = 'changed-by-the-proof-of-operators';
  const secret = () => awsSecretNames(bed().topology.name).elasticsearch;
  const hashes = (): Promise<string[]> =>
    bothRegions(async regionId => (await secretOf(regionId, `${SEARCH}-es-xpack-file-realm`)).users.split('\n').sort().join());

  beforeAll(async () => {
    before = await secretValue(0, secret());
    secretWords.add(changed);
  });

  afterAll(async () => {
    await changeSecret(secret(), before, FIXED_NAMES.elasticsearchUserSecret);
    await arrived(before.password);
    for (const { regionId, namespace } of bed().regions)
      await kubectl(regionId, '--namespace', namespace, 'annotate', 'externalsecret', FIXED_NAMES.elasticsearchUserSecret, 'force-sync-');
  });

  const arrived = (password: string): Promise<unknown> =>
    bothRegions(regionId =>
      eventually(`the password is in region ${regionId}`, async () => {
        const found = await secretOf(regionId, FIXED_NAMES.elasticsearchUserSecret);
        return found[FIXED_NAMES.passwordKey] === password;
      }),
    );

  test('arrives in both regions, and Elasticsearch is told', async () => {
    const old = await hashes();
    const started = Date.now();
    await changeSecret(secret(), { ...before, password: changed }, FIXED_NAMES.elasticsearchUserSecret);
    await arrived(changed);
    await eventually('both operators have a new hash', async () => (await hashes()).every((hash, regionId) => hash !== old[regionId]));
    expect(await bothRegions(complaints)).toEqual([[], []]);
    figure('until both regions had it', seconds(Date.now() - started));
  });
});

const renewal = onceInBothRegions(async regionId => {
  const read = () => Promise.all([secretOf(regionId, `${SEARCH}-es-http-certs-internal`), servedCertificate(regionId)]);
  const [, served] = await read();
  const ids = async () => (await pods(regionId, searchPods())).map(({ metadata }) => metadata.uid);
  const before = await ids();
  const started = Date.now();
  await Promise.all(CERTIFICATES.map(name => renew(regionId, name)));
  await rememberSecrets(regionId);
  const fresh = await secretOf(regionId, ELASTICSEARCH);
  await eventually(
    `the Elastic operator of region ${regionId} has taken it`,
    async () => (await read())[0]['tls.crt'] === fresh['tls.crt'],
  );
  const took = Date.now() - started;
  await elasticsearchReady(regionId);
  const [operators, now] = await read();
  return { served, fresh, operators, now, took, replaced: (await ids()).filter(uid => !before.includes(uid)) };
});

test.each([0, 1])('certificates of region %i that are renewed have new keys, and reach Elasticsearch without a restart', async regionId => {
  const { served, fresh, operators, now, took, replaced } = await renewal(regionId);
  expect(now.fingerprint256).not.toBe(served.fingerprint256);
  expect(now.fingerprint256).toBe(new X509Certificate(fresh['tls.crt']).fingerprint256);
  expect(operators['tls.key']).toBe(fresh['tls.key']);
  expect(replaced).toEqual([]);
  // It may look once more.
  await eventually(`the operators of region ${regionId} have settled`, async () => (await complaints(regionId)).length === 0);
  figure('until the operator had it', seconds(took));
});

const rolled = onceInBothRegions(async regionId => {
  const { nodesPerRegion } = planOf(bed().topology).settings.elasticsearch;
  const resource = ['elasticsearch', SEARCH, '--namespace', namespaceOf(regionId)];
  const patch = (operation: object): Promise<string> =>
    kubectl(regionId, 'patch', ...resource, '--type=json', '-p', JSON.stringify([operation]));
  const path = '/spec/nodeSets/0/podTemplate/metadata';
  const roll = async (operation: object): Promise<number> => {
    const old = (await pods(regionId, searchPods())).map(({ metadata }) => metadata.uid);
    const most = await mostPodsDown(regionId, searchPods(), nodesPerRegion, async () => {
      await patch(operation);
      await eventually(`all nodes of region ${regionId} are new`, async () => {
        const now = await pods(regionId, searchPods());
        return now.length === nodesPerRegion && now.every(pod => isReady(pod) && !old.includes(pod.metadata.uid));
      });
    });
    await restartOperator(regionId, 'eck');
    await elasticsearchReady(regionId);
    return most;
  };
  const started = Date.now();
  const most = await roll({ op: 'replace', path, value: { annotations: { proof: 'operators' } } });
  const took = Date.now() - started;
  return { most: [most, await roll({ op: 'replace', path, value: {} })], took };
});

test.each([0, 1])(
  'a changed pod template replaces one Elasticsearch node of region %i after the other',
  async regionId => {
    const { most, took } = await rolled(regionId);
    expect(most).toEqual([1, 1]);
    figure('until Elasticsearch was ready again', seconds(took));
  },
  LONG_MS,
);

test.each([0, 1])('no log and no event of region %i shows a key or a password', async regionId => {
  await rememberSecrets(regionId);
  const logs = OPERATORS.map(operator => [operator, operatorLog(regionId, operator)] as const);
  const texts = (await events(regionId)).map(({ message = '' }) => ['event', message] as const);
  const shown = [...logs, ...texts].flatMap(([from, text]) => (holdsSecret(text) ? [from] : []));
  expect(shown).toEqual([]);
  // The search itself would find one.
  const { 'tls.key': key } = await secretOf(regionId, ELASTICSEARCH);
  for (const word of privateWords(key)) expect(holdsSecret(`a line with ${word} in it`)).toBe(true);
  figure('words looked for', secretWords.size);
});

function holdsSecret(text: string): boolean {
  return [...secretWords].some(word => text.includes(word));
}

/** Of every Secret of Camunda's namespace. */
async function rememberSecrets(regionId: number): Promise<void> {
  const { items } = await kubectlJson<List<{ readonly metadata: { readonly name: string }; readonly data?: Record<string, string> }>>(
    ...([regionId, '--namespace', namespaceOf(regionId), 'get', 'secrets'] as const),
  );
  for (const { data = {} } of items) {
    for (const [key, value] of Object.entries(data)) {
      if (!PRIVATE.test(key)) continue;
      for (const word of privateWords(Buffer.from(value, 'base64').toString())) secretWords.add(word);
    }
  }
}
