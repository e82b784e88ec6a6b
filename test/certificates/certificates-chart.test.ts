import { Topology } from '../../constructs/topology/topology';
import { at, find, leaves, objectsOf, yamlFiles, type KubernetesObject } from '../support/manifests';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { MIGRATION, ofVersion, VERSIONS } from '../support/settings/versions';

const DEPLOYMENTS = [...VERSIONS.map(version => [version, ofVersion(version)] as const), ['8.8, migrating from 8.7', MIGRATION] as const];

/** Names on the certificates of a region. */
function namesOf(objects: readonly KubernetesObject[]): string[] {
  return objects.filter(({ kind }) => kind === 'Certificate').flatMap(certificate => at<string[]>(certificate, 'spec', 'dnsNames'));
}

/** @see RFC 6125, 6.4.3: a wildcard stands for one label, the leftmost */
function covers(name: string, host: string): boolean {
  const pattern = name.split('.');
  const labels = host.split('.');
  return pattern.length === labels.length && pattern.every((label, i) => label === labels[i] || (i === 0 && label === '*'));
}

/** Hosts of all encrypted addresses that anything in a region is told. */
function hostsIn(objects: readonly KubernetesObject[]): string[] {
  const told = [...objects.filter(({ kind }) => kind !== 'ConfigMap'), ...yamlFiles(objects)].flatMap(leaves);
  return told.flatMap(({ value }) => [...String(value).matchAll(/https:\/\/([\w.-]+):\d+/g)].map(match => match[1]));
}

describe.each(DEPLOYMENTS)('Camunda %s', (_, settings) => {
  const topology = Topology.of({ ...DEFAULT_SETTINGS, ...settings });
  const objects = [0, 1].map(regionId => objectsOf(regionId, settings));
  const everyName = objects.flatMap(namesOf);

  test.each([0, 1])('every encrypted address that region %i is told is on a certificate of the region that it leads to', regionId => {
    const hosts = [...new Set(hostsIn(objects[regionId]))];
    expect(hosts.filter(host => host.startsWith('elasticsearch')).length).toBeGreaterThan(2);
    expect(hosts.filter(host => host.startsWith('camunda-zeebe-gateway'))).toHaveLength(1);
    const own = namesOf(objects[regionId]);
    // A short name leads to the own region.
    const missing = hosts.filter(host => !(host.includes('.') ? everyName : own).some(name => covers(name, host)));
    expect(missing).toEqual([]);
  });

  test('every broker is on the certificate of its region, by the name that it tells the others', () => {
    for (const { hostName, regionId } of topology.brokers) {
      const { spec } = find(objects[regionId], 'Certificate', 'camunda-tls');
      expect(at<string[]>(spec, 'dnsNames').some(name => covers(name, hostName))).toBe(true);
    }
  });
});

test('no certificate of a region is good for the other', () => {
  const [london, paris] = [0, 1].map(regionId => namesOf(objectsOf(regionId)).filter(name => name.includes('.')));
  expect(london.length).toBeGreaterThan(10);
  expect(london.filter(name => paris.includes(name) || name.includes('paris'))).toEqual([]);
});

test('the authority comes from AWS, and signs in its own namespace only', () => {
  const objects = objectsOf(1, { name: 'orders' });
  expect(find(objects, 'ExternalSecret', 'camunda-certificate-authority').spec).toMatchObject({
    target: {
      name: 'camunda-certificate-authority',
      deletionPolicy: 'Retain',
      template: { type: 'kubernetes.io/tls', data: { 'tls.crt': '{{ .certificate }}', 'tls.key': '{{ .key }}' } },
    },
    data: [
      { secretKey: 'certificate', remoteRef: { key: 'orders/certificate-authority', property: 'certificate' } },
      { secretKey: 'key', remoteRef: { key: 'orders/certificate-authority', property: 'key' } },
    ],
  });
  expect(find(objects, 'Issuer', 'camunda')).toMatchObject({
    metadata: { namespace: 'camunda-paris' },
    spec: { ca: { secretName: 'camunda-certificate-authority' } },
  });
});

// Netty of the brokers reads PKCS#8 only. The operator of Elasticsearch reads an elliptic key in SEC1 only, which cert-manager calls PKCS1.
test.each([
  ['camunda-tls', 'PKCS8'],
  ['camunda-elasticsearch-tls', 'PKCS1'],
])('%s is renewed two years before it ends, with a new key in %s, which its reader takes', (name, encoding) => {
  expect(find(objectsOf(0), 'Certificate', name).spec).toMatchObject({
    secretName: name,
    issuerRef: { kind: 'Issuer', name: 'camunda' },
    duration: `${3 * 365 * 24}h`,
    renewBefore: `${2 * 365 * 24}h`,
    privateKey: { algorithm: 'ECDSA', size: 256, encoding, rotationPolicy: 'Always' },
    usages: ['digital signature', 'server auth'],
  });
});

test('Elasticsearch serves the certificate', () => {
  const http = (tls?: { enabled: boolean }): unknown => at(find(objectsOf(0, { tls }), 'Elasticsearch', 'elasticsearch'), 'spec', 'http');
  expect(http()).toEqual({ tls: { certificate: { secretName: 'camunda-elasticsearch-tls' } } });
  expect(http({ enabled: false })).toEqual({ tls: { selfSignedCertificate: { disabled: true } } });
});

test.each(DEPLOYMENTS)('switched off, nothing of it is left in %s', (_, settings) => {
  const objects = objectsOf(0, { ...settings, tls: { enabled: false } });
  expect(objects.filter(({ apiVersion }) => apiVersion.startsWith('cert-manager'))).toEqual([]);
  // One asks S3, the other says that nothing is encrypted.
  const rest = objects.filter(({ kind, metadata }) => kind !== 'Elasticsearch' && metadata.name !== 'camunda-recovery-topology');
  expect(JSON.stringify(rest)).not.toMatch(/https:|tls|ssl|certificate/i);
});
