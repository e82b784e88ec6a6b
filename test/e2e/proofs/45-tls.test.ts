import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bed } from '../support/bed';
import {
  authorityIn,
  CERTIFICATES,
  issue,
  issued,
  javaAsks,
  strangeAuthority,
  trustStoreOf,
  withServer,
  type KeyPair,
} from '../support/certificates';
import { figure } from '../support/figure';

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
