import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planOf } from '../../../constructs/topology/plan-of';
import { BROKER_TLS_8_9 } from '../../../constructs/topology/versions/tls-names';
import { bed } from '../support/bed';
import {
  authorityIn,
  brokersGreet,
  CERTIFICATES,
  chainIn,
  issue,
  issued,
  javaAsks,
  strangeAuthority,
  trustStoreOf,
  withServer,
  type KeyPair,
} from '../support/certificates';
import { figure } from '../support/figure';
import { kubectlJson } from '../support/kubectl';

const [CAMUNDA, ELASTICSEARCH] = CERTIFICATES;
const folder = mkdtempSync(join(tmpdir(), 'tls-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** By region: the authority as AWS has it, issued certificates by their name, and what the brokers' Java trusts. */
let authorities: KeyPair[];
let certificates: Readonly<Record<string, KeyPair>>[];
let trustStores: string[];

beforeAll(async () => {
  authorities = await Promise.all([0, 1].map(authorityIn));
  certificates = await Promise.all(
    [0, 1].map(async regionId =>
      Object.fromEntries(
        await Promise.all(
          CERTIFICATES.map(async name => [name, await issued(join(folder, `region-${regionId}`, name), regionId, name)] as const),
        ),
      ),
    ),
  );
  trustStores = await Promise.all([0, 1].map(regionId => trustStoreOf(join(folder, `region-${regionId}`, CAMUNDA), regionId)));
});

/** What the Java of a region's brokers says to servers with the given certificates, under the given names. */
async function asks(regionId: number, servers: readonly { readonly host: string; readonly pair: KeyPair }[]): Promise<string[]> {
  const open = async (i: number, ports: readonly number[]): Promise<string[]> =>
    i === servers.length
      ? javaAsks(
          folder,
          trustStores[regionId],
          servers.map(({ host }, j) => ({ host, port: ports[j] })),
        )
      : withServer(servers[i].pair, port => open(i + 1, [...ports, port]));
  return open(0, []);
}

const searchHost = (regionId: number): string =>
  new URL(bed().topology.exporters.find(exporter => exporter.regionId === regionId)!.url).hostname;

test('the deployment made one authority, which both regions have', () => {
  expect(authorities[1]).toEqual(authorities[0]);
  const certificate = new X509Certificate(authorities[0].certificate);
  expect(certificate.ca).toBe(true);
  figure('valid until', certificate.validTo);
});

test.each([0, 1])('brokers of region %i trust Elasticsearch of both regions, under the names that exporters use', async regionId => {
  const servers = [0, 1].map(target => ({ host: searchHost(target), pair: certificates[target][ELASTICSEARCH] }));
  expect(await asks(regionId, servers)).toEqual(['200', '200']);
});

test.each([0, 1])(
  'the certificate of region %i is good for each of its brokers and for its gateway, and for nobody else',
  async regionId => {
    const { regions } = bed();
    const pair = certificates[regionId][CAMUNDA];
    const gateway = `${bed().topology.name}-zeebe-gateway.${regions[regionId].namespace}`;
    const own = [...regions[regionId].topology.brokers.map(({ hostName }) => hostName), gateway];
    const others = [...regions[1 - regionId].topology.brokers.slice(0, 1).map(({ hostName }) => hostName), searchHost(regionId)];
    const answers = await asks(
      1 - regionId,
      [...own, ...others].map(host => ({ host, pair })),
    );
    expect(answers.slice(0, own.length)).toEqual(own.map(() => '200'));
    for (const answer of answers.slice(own.length)) expect(answer).toMatch(/No subject alternative DNS name matching .* found/);
  },
);

test('a certificate of another authority is refused', async () => {
  const stranger = join(folder, 'stranger');
  const pair = await issue(stranger, await strangeAuthority(stranger), 0, ELASTICSEARCH);
  expect(await asks(0, [{ host: searchHost(0), pair }])).toEqual([expect.stringMatching(/unable to find valid certification path/)]);
});

describe('brokers that are built on Netty', () => {
  const folderOf = (regionId: number): string => join(folder, `region-${regionId}`, CAMUNDA);
  /** A broker of region 1 greets one of region 0. */
  const greeting = { chain: chainIn(folderOf(0)), key: join(folderOf(0), 'tls.key'), trusted: chainIn(folderOf(1)) };
  let options: string[];

  beforeAll(async () => {
    const { topology, regions } = bed();
    const { spec } = await kubectlJson<{ spec: { template: { spec: { containers: { env: { name: string; value?: string }[] }[] } } } }>(
      1,
      ...['--namespace', regions[1].namespace, 'get', 'statefulset', planOf(topology).brokerStatefulSet(1)],
    );
    const { value = '' } = spec.template.spec.containers[0].env.find(({ name }) => name === 'JAVA_TOOL_OPTIONS')!;
    options = value.split(' ').filter(option => option.startsWith('-Dio.netty.'));
  });

  test('have the option for names where the version is built on Netty 4.2', () => {
    const { betweenBrokers } = planOf(bed().topology).version.tls;
    expect(options).toEqual(betweenBrokers?.jvmOptions ?? []);
  });

  test('trust each other with Netty 4.1, which verifies no names', async () => {
    expect(await brokersGreet('4.1', [], greeting)).toBe('trusted');
  });

  test.each([
    [undefined, 'Hostname or IP address is undefined.'],
    ['10.0.0.1', 'No subject alternative names matching IP address 10.0.0.1 found'],
  ])('do not with Netty 4.2 that is told nothing, when the peer is %p', async (peer, refusal) => {
    expect(await brokersGreet('4.2', [], { ...greeting, peer })).toBe(refusal);
  });

  test.each([undefined, '10.0.0.1', 'camunda.example.com'])(
    'trust each other with Netty 4.2 and the option, when the peer is %p',
    async peer => {
      expect(await brokersGreet('4.2', BROKER_TLS_8_9.jvmOptions, { ...greeting, peer })).toBe('trusted');
    },
  );

  test('trust nobody of another authority, whatever is said of names', async () => {
    const foreign = join(folder, 'foreign-broker');
    const { certificate } = await issue(foreign, await strangeAuthority(foreign), 0, CAMUNDA);
    const chain = join(foreign, 'chain.pem');
    writeFileSync(chain, certificate);
    const answer = await brokersGreet('4.2', BROKER_TLS_8_9.jvmOptions, { ...greeting, chain, key: join(foreign, 'tls.key') });
    expect(answer).toMatch(/unable to find valid certification path/);
  });
});
