import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { FIXED_NAMES, awsSecretNames } from '../../../constructs/topology/plan/names';
import { TLS_FILES } from '../../../constructs/topology/plan/tls';
import { planOf } from '../../../constructs/topology/plan-of';
import { bed } from './bed';
import { BED_HOME } from './bed-state';
import { command } from './command';
import { kubectlJson } from './kubectl';
import { secretOf } from './operators';

/** A certificate with its key, both PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** The private authority as a region's AWS Secrets Manager has it. */
export async function authorityIn(regionId: number): Promise<KeyPair> {
  const { awsEndpoint, regions, topology } = bed();
  const client = new SecretsManagerClient({
    endpoint: awsEndpoint,
    region: regions[regionId].awsRegion,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: awsSecretNames(topology.name).certificateAuthority }));
  return JSON.parse(SecretString!) as KeyPair;
}

/** An authority that nobody was told of. */
export async function strangeAuthority(folder: string): Promise<KeyPair> {
  mkdirSync(folder, { recursive: true });
  const [key, certificate] = ['strange.key', 'strange.crt'].map(file => join(folder, file));
  await openssl(
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'],
    ...['-subj', '/CN=strange authority', '-keyout', key, '-out', certificate],
  );
  return { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
}

/** What cert-manager has issued in a region, as its Secret has it; the files are in the folder, as pods see them. */
export async function issued(folder: string, regionId: number, name: string): Promise<KeyPair> {
  const files = await secretOf(regionId, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return { certificate: files['tls.crt'], key: files['tls.key'] };
}

/** Issues what a Certificate of a region asks for with another authority, as no controller would: OpenSSL does it. */
export async function issue(folder: string, authority: KeyPair, regionId: number, name: string): Promise<KeyPair> {
  const { spec } = await kubectlJson<{ spec: { dnsNames: string[]; usages: string[] } }>(
    regionId,
    ...['--namespace', bed().regions[regionId].namespace, 'get', 'certificate', name],
  );
  mkdirSync(folder, { recursive: true });
  const path = (file: string): string => join(folder, file);
  writeFileSync(path('ca.crt'), authority.certificate);
  writeFileSync(path('ca.key'), authority.key);
  writeFileSync(
    path('extensions'),
    [
      'basicConstraints=critical,CA:FALSE',
      'keyUsage=critical,digitalSignature',
      'extendedKeyUsage=serverAuth',
      `subjectAltName=critical,${spec.dnsNames.map(dnsName => `DNS:${dnsName}`).join(',')}`,
    ].join('\n'),
  );
  await openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', path('ec.key'));
  await openssl('pkcs8', '-topk8', '-nocrypt', '-in', path('ec.key'), '-out', path('tls.key'));
  await openssl('req', '-new', '-key', path('tls.key'), '-subj', '/', '-out', path('request'));
  await openssl(
    ...['x509', '-req', '-in', path('request'), '-CA', path('ca.crt'), '-CAkey', path('ca.key'), '-CAcreateserial'],
    ...['-days', '30', '-extfile', path('extensions'), '-out', path('tls.crt')],
  );
  return { certificate: readFileSync(path('tls.crt'), 'utf8'), key: readFileSync(path('tls.key'), 'utf8') };
}

/** Runs what the brokers of a region run before they start, with the machine's own Java, and returns the file that Java trusts. */
export async function trustStoreOf(folder: string, regionId: number): Promise<string> {
  const { topology, regions, environment } = bed();
  const { spec } = await kubectlJson<{ spec: { template: { spec: { initContainers: { name: string; command: string[] }[] } } } }>(
    regionId,
    ...['--namespace', regions[regionId].namespace, 'get', 'statefulset', planOf(topology).brokerStatefulSet(regionId)],
  );
  const { command: rendered } = spec.template.spec.initContainers.find(({ name }) => name === 'trust-store')!;
  const made = join(folder, 'made');
  mkdirSync(made, { recursive: true });
  const [shell, ...args] = rendered.map(text => text.replaceAll(TLS_FILES.certificates, folder).replaceAll(TLS_FILES.made, made));
  const { code, stdout, stderr } = await command(shell, args, { env: environment });
  if (code !== 0) throw new Error(`trust-store of region ${regionId}: exit code ${code}\n${stdout}${stderr}`);
  return join(made, 'cacerts');
}

/** What Java says to an HTTPS server on a port, under a name, with the authorities of a trust store: `200`, or the reason why not. */
export async function javaAsks(
  folder: string,
  trustStore: string,
  targets: readonly { readonly host: string; readonly port: number }[],
): Promise<string[]> {
  const hosts = join(folder, 'hosts');
  writeFileSync(hosts, targets.map(({ host }) => `127.0.0.1 ${host}\n`).join(''));
  const source = join(folder, 'Ask.java');
  writeFileSync(source, ASK);
  const { code, stdout, stderr } = await command(
    'java',
    [
      `-Djavax.net.ssl.trustStore=${trustStore}`,
      `-Djdk.net.hosts.file=${hosts}`,
      source,
      ...targets.map(({ host, port }) => `https://${host}:${port}/`),
    ],
    { env: bed().environment },
  );
  if (code !== 0) throw new Error(`java: exit code ${code}\n${stderr}`);
  return stdout.trim().split('\n');
}

/** The chain that a pod of a region serves, and trusts between brokers: made by `trustStoreOf`. */
export function chainIn(folder: string): string {
  return join(folder, 'made', 'chain.pem');
}

/** What Netty of a broker says to another broker: `trusted`, or the reason why not. */
export async function brokersGreet(
  netty: '4.1' | '4.2',
  options: readonly string[],
  { chain, key, trusted, peer }: { readonly chain: string; readonly key: string; readonly trusted: string; readonly peer?: string },
): Promise<string> {
  const jars = join(BED_HOME, 'clients', `netty-${netty}`);
  const classPath = [jars, join(jars, 'lib', '*')].join(':');
  const given = [
    '-XX:TieredStopAtLevel=1',
    ...options,
    '-cp',
    classPath,
    'Handshake',
    chain,
    key,
    trusted,
    ...(peer === undefined ? [] : [peer]),
  ];
  const { code, stdout, stderr } = await command('java', given, { env: bed().environment });
  if (code !== 0) throw new Error(`java: exit code ${code}\n${stderr}`);
  return stdout.trim();
}

/** A server that answers 200 with a certificate, on loopback, for as long as `use` takes. */
export async function withServer<T>({ certificate, key }: KeyPair, use: (port: number) => Promise<T>): Promise<T> {
  const server = createServer({ cert: certificate, key }, (_, response) => response.end());
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use((server.address() as AddressInfo).port);
  } finally {
    server.close();
  }
}

/** Names of the certificates of a region. */
export const CERTIFICATES = [FIXED_NAMES.camundaCertificate, FIXED_NAMES.elasticsearchCertificate] as const;

const ASK = `import java.net.URL;
import javax.net.ssl.HttpsURLConnection;
public class Ask {
  public static void main(String[] addresses) {
    for (String address : addresses) {
      try {
        System.out.println(((HttpsURLConnection) new URL(address).openConnection()).getResponseCode());
      } catch (Exception e) {
        System.out.println(e.getMessage().split("\\n")[0]);
      }
    }
  }
}
`;

async function openssl(...args: string[]): Promise<void> {
  const { code, stderr } = await command('openssl', args, { env: bed().environment });
  if (code !== 0) throw new Error(`openssl ${args[0]}: exit code ${code}\n${stderr}`);
}
