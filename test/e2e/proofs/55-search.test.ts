import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import { authorityIn, issue, strangeAuthority } from '../support/certificates';
import { figure, seconds } from '../support/figure';
import { eventually } from '../support/life';
import { snapshotFolder, startSearchNodes, stopSearchNodes, writeFiles, type SearchNode, type SearchNodes } from '../support/search';
import { askSearch } from '../support/search-client';
import { hashOf, servedFingerprint, startIn } from '../support/search-node-programs';
import { ACTIONS, ALLOWED, OTHER_INDEX, PIPELINES, REFUSED, REPOSITORY, type Request } from '../support/search-rights';
import { operatorFiles } from '../support/search-sources';

const LONG_MS = 300_000;

const folder = mkdtempSync(join(tmpdir(), 'search-'));
let nodes: SearchNodes;
let bootMs: number;

beforeAll(async () => {
  const started = Date.now();
  nodes = await startSearchNodes();
  bootMs = Date.now() - started;
  const settings = { location: join(snapshotFolder(), 'backup') };
  await nodes[0].use('elastic', 'PUT', `/_snapshot/${REPOSITORY}`, { type: 'fs', settings });
  await nodes[1].use('elastic', 'PUT', `/_snapshot/${REPOSITORY}`, { type: 'fs', settings: { ...settings, readonly: 'true' } });
  await nodes[0].use('elastic', 'PUT', `/${OTHER_INDEX}`, { settings: { number_of_replicas: 0 } });
}, LONG_MS);

afterAll(async () => {
  await stopSearchNodes();
  rmSync(folder, { recursive: true });
}, LONG_MS);

describe.each([0, 1])('Elasticsearch of region %i', regionId => {
  test('starts with the settings that the operator has made, and knows its zone', async () => {
    figure('boot of both', seconds(bootMs));
    const { variables } = await operatorFiles(regionId);
    const { nodes: found } = await nodes[regionId].use<{ nodes: Readonly<Record<string, object>> }>('elastic', 'GET', '/_nodes/_local');
    expect(Object.values(found)).toEqual([
      expect.objectContaining({
        name: variables.POD_NAME,
        attributes: expect.objectContaining({ zone: variables.ZONE, k8s_node_name: variables.NODE_NAME }),
        settings: expect.objectContaining({
          cluster: expect.objectContaining({ routing: { allocation: { awareness: { attributes: 'k8s_node_name,zone' } } } }),
        }),
      }),
    ]);
  });

  test('answers those who trust the authority and know the password, over TLS, and nobody else', async () => {
    const node = nodes[regionId];
    const address = node.addressFor('camunda');
    const health = (changed: object): Promise<unknown> =>
      askSearch({ ...address, ...changed }, 'GET', '/_cluster/health').then(({ status }) => status);
    expect(await health({})).toBe(200);
    expect(await health({ user: undefined })).toBe(401);
    expect(await health({ user: { name: 'camunda', password: 'wrong' } })).toBe(401);
    const { certificate } = await strangeAuthority(join(folder, 'strange'));
    await expect(health({ authority: certificate })).rejects.toThrow(/certificate/);
    await expect(health({ host: 'elasticsearch.example.com' })).rejects.toThrow(/altnames/);
    await expect(new Promise((_, reject) => get({ host: '127.0.0.1', port: node.port }).on('error', reject))).rejects.toThrow();
  });
});

describe("Camunda's user", () => {
  /** Requests that were answered otherwise. */
  async function otherThan(expected: number, requests: readonly Request[]): Promise<string[]> {
    const wrong: string[] = [];
    let answer: Readonly<Record<string, unknown>> = {};
    for (const { what, method, path, body } of requests) {
      const given: object | string | undefined = typeof body === 'function' ? body(answer) : body;
      const { status, body: said } = await nodes[0].ask('camunda', method, path, given);
      answer = (said ?? {}) as typeof answer;
      if (status !== expected || answer.errors === true) wrong.push(`${status} ${what}: ${method} ${path} ${JSON.stringify(said)}`);
    }
    return wrong;
  }

  test(
    'may do what Camunda does',
    async () => {
      expect(await otherThan(200, ALLOWED)).toEqual([]);
    },
    LONG_MS,
  );

  test('may put pipelines, which taking over older indices may need', async () => {
    expect(await otherThan(200, PIPELINES)).toEqual([]);
  });

  test('may do nothing else', async () => {
    expect(await otherThan(403, REFUSED)).toEqual([]);
  });

  test('has the rights, by their names, of what this node cannot do', async () => {
    const { cluster, index } = ACTIONS;
    const own = ['zeebe-record_a', 'operate-a', 'tasklist-a', 'camunda-a'];
    const found = await nodes[0].use<Record<'cluster' | 'index', object>>('camunda', 'POST', '/_security/user/_has_privileges', {
      cluster: [...cluster.allowed, ...cluster.refused],
      index: [{ names: [...own, OTHER_INDEX], privileges: index }],
    });
    const each = (names: readonly string[], may: boolean): Record<string, boolean> => Object.fromEntries(names.map(name => [name, may]));
    expect(found.cluster).toEqual({ ...each(cluster.allowed, true), ...each(cluster.refused, false) });
    expect(found.index).toEqual({ ...Object.fromEntries(own.map(name => [name, each(index, true)])), [OTHER_INDEX]: each(index, false) });
  });

  test('is noticed to have a right that Elasticsearch does not know', async () => {
    const text = (await operatorFiles(0)).fileRealm['roles.yml'];
    const misspelt = text.replace('monitor_snapshot', 'monitor_snapshots');
    expect(misspelt).not.toBe(text);
    writeFiles(nodes[0].home, { 'config/roles.yml': misspelt });
    const health = () => nodes[0].ask('camunda', 'GET', '/_cluster/health');
    await eventually('the misspelt right is noticed', async () => (await health()).status === 400);
    expect(JSON.stringify((await health()).body)).toContain('unknown cluster privilege [monitor_snapshots]');
    await restored(nodes[0]);
  });
});

test('a snapshot of one region is restored in the other', async () => {
  const [one, other] = nodes;
  await one.use('camunda', 'PUT', '/camunda-records/_doc/1?refresh=true', { position: 1 });
  await one.use('camunda', 'PUT', `/_snapshot/${REPOSITORY}/first?wait_for_completion=true`, { indices: 'camunda-records' });
  await other.use('elastic', 'POST', `/_snapshot/${REPOSITORY}/first/_restore?wait_for_completion=true`, { indices: 'camunda-records' });
  expect(await other.use('camunda', 'GET', '/camunda-records/_doc/1')).toMatchObject({ found: true, _source: { position: 1 } });
  const again = await other.ask('elastic', 'POST', `/_snapshot/${REPOSITORY}/first/_restore`, { indices: 'camunda-records' });
  expect(again).toMatchObject({ status: 500, body: { error: { type: 'snapshot_restore_exception' } } });
});

describe('while it runs', () => {
  afterEach(() => restored(nodes[0]));

  test('a new certificate with a new key is served', async () => {
    const before = await servedFingerprint(nodes[0].port);
    const { certificate, key } = await issue(join(folder, 'renewed'), await authorityIn(0), 0, FIXED_NAMES.elasticsearchCertificate);
    const started = Date.now();
    writeFiles(nodes[0].home, { 'config/http-certs/tls.key': key, 'config/http-certs/tls.crt': certificate });
    await eventually('the new certificate is served', async () => (await servedFingerprint(nodes[0].port)) !== before);
    figure('until a new certificate was served', seconds(Date.now() - started));
    expect(await servedFingerprint(nodes[0].port)).toBe(new X509Certificate(certificate).fingerprint256);
    expect((await nodes[0].ask('camunda', 'GET', '/_cluster/health')).status).toBe(200);
  });

  test('a new password is taken, and the old one is not any more', async () => {
    const { users } = (await operatorFiles(0)).fileRealm;
    const hash = await hashOf('another-password');
    const started = Date.now();
    writeFiles(nodes[0].home, { 'config/users': users.replace(/^camunda:.*$/m, () => `camunda:${hash}`) });
    const statusWith = async (password: string): Promise<number> =>
      (await askSearch({ ...nodes[0].addressFor(), user: { name: 'camunda', password } }, 'GET', '/_cluster/health')).status;
    await eventually('the new password is taken', async () => (await statusWith('another-password')) === 200);
    figure('until a new password was taken', seconds(Date.now() - started));
    expect((await nodes[0].ask('camunda', 'GET', '/_cluster/health')).status).toBe(401);
  });
});

test.each(['s3.client.region2.region', 'node.attribute.zone'])(
  'a node does not start with the setting %s, which it does not know',
  async setting => {
    const files = await nodes[0].files();
    const yaml = files['config/elasticsearch.yml'].replaceAll(nodes[0].home, folder);
    const { code, stdout, stderr } = await startIn(folder, { ...files, 'config/elasticsearch.yml': `${yaml}${setting}: eu-west-1\n` });
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain(`unknown setting [${setting}]`);
  },
  LONG_MS,
);

/** What the operator has made is back, and holds. */
async function restored(node: SearchNode): Promise<void> {
  await node.configure();
  const { certificate } = { certificate: (await operatorFiles(node.regionId)).httpCertificates['tls.crt'] };
  await eventually('what the operator has made holds again', async () => {
    const { status } = await node.ask('camunda', 'GET', '/_cluster/health');
    return status === 200 && (await servedFingerprint(node.port)) === new X509Certificate(certificate).fingerprint256;
  });
}
