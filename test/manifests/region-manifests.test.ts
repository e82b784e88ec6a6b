import { Topology } from '../../constructs/topology/topology';
import { regionManifests } from '../../lib/region-manifests';
import { at, containers, leaves, objectsOf, podTemplates, yamlFiles, type KubernetesObject } from '../support/manifests';
import { restrictedViolations } from '../support/pod-security';
import { DEFAULT_SETTINGS } from '../support/settings';

const TOPOLOGY = Topology.of(DEFAULT_SETTINGS);
const REGIONS = TOPOLOGY.regions.map(({ regionId }) => objectsOf(regionId));
const LARGEST = { name: 'a-name-of-20-letters', camunda: { clusterSize: 64 }, nodes: { instanceType: 'm6i.4xlarge', perZone: 11 } };

/** The only places that may differ between the regions. */
const MAY_DIFFER = [
  /\.metadata\.namespace$/,
  /^Namespace\/.*\.metadata\.name$/,
  /^SecretStore\/aws-secrets-manager\.spec\.provider\.aws\.region$/,
  /^NetworkPolicy\/(orchestration|elasticsearch)\.spec\.(ingress|egress)\.\d+\.(from|to)\.\d+\.ipBlock\.cidr$/,
];

function placesOf(objects: readonly KubernetesObject[]): Map<string, unknown> {
  return new Map(
    objects.flatMap(object => {
      const name = object.kind === 'Namespace' ? '' : object.metadata.name;
      return leaves(object).map(({ path, value }) => [`${object.kind}/${name}.${path}`, value] as const);
    }),
  );
}

test('makes groups in the order in which they are applied', () => {
  expect(regionManifests(TOPOLOGY, 0).map(group => group.name)).toEqual([
    '00-foundation',
    '10-network-policies',
    '20-secrets',
    '30-elasticsearch',
    '40-orchestration',
    '50-connectors',
  ]);
  expect(regionManifests(Topology.of({ ...DEFAULT_SETTINGS, connectors: { enabled: false } }), 0).map(group => group.name)).not.toContain(
    '50-connectors',
  );
});

test('differs between the regions only where the topology does', () => {
  const [region0, region1] = REGIONS.map(placesOf);
  expect([...region0.keys()]).toEqual([...region1.keys()]);
  const different = [...region0.keys()].filter(place => region0.get(place) !== region1.get(place));
  const regionId = different.filter(place => /^StatefulSet\/camunda-zeebe\..*\.env\.\d+\.value$/.test(place));
  expect(regionId.map(place => [region0.get(place), region1.get(place)])).toEqual([['0', '1']]);
  expect(different.filter(place => !regionId.includes(place) && !MAY_DIFFER.some(pattern => pattern.test(place)))).toEqual([]);
});

test('puts every object of a namespace into that of its region', () => {
  REGIONS.forEach((objects, regionId) => {
    const elsewhere = objects.filter(object => object.metadata.namespace !== TOPOLOGY.regions[regionId].namespace);
    expect(elsewhere.map(object => object.kind)).toEqual(['Namespace', 'PriorityClass', 'StorageClass']);
  });
});

test('names no object twice, and gives each a legal name', () => {
  for (const objects of [...REGIONS, objectsOf(0, LARGEST)]) {
    const names = objects.map(object => `${object.kind}/${object.metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { metadata } of objects) expect(metadata.name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
  }
});

test('meets Pod Security restricted in every pod', () => {
  const templates = podTemplates(REGIONS[0]);
  expect(templates.map(({ owner }) => owner)).toEqual([
    'Elasticsearch/elasticsearch',
    'StatefulSet/camunda-zeebe',
    'Deployment/camunda-connectors',
  ]);
  for (const { template } of templates) expect(restrictedViolations(template)).toEqual([]);
});

test.each([
  ['securityContext.capabilities', undefined, 'capabilities.drop'],
  ['securityContext.allowPrivilegeEscalation', undefined, 'allowPrivilegeEscalation'],
  ['securityContext.runAsNonRoot', false, 'runAsNonRoot'],
  ['securityContext.privileged', true, 'privileged'],
  ['securityContext.seccompProfile', { type: 'Unconfined' }, 'seccompProfile'],
])('fails a pod with %s %p', (path, value, finding) => {
  const { template } = structuredClone(podTemplates(REGIONS[0])[1]);
  const [field, key] = path.split('.');
  at<Record<string, unknown>>(template, 'spec', 'initContainers', 0, field)[key] = value;
  expect(restrictedViolations(template)).toEqual([`container dns-gate: ${finding}`]);
});

test('asks for resources in every container, with memory as request and limit, and writes nowhere but to volumes', () => {
  for (const { container } of containers(REGIONS[0])) {
    expect(container.resources?.requests?.cpu).toBeDefined();
    expect(container.resources?.limits?.cpu).toBeDefined();
    expect(container.resources?.requests?.memory).toBe(container.resources?.limits?.memory);
    expect(container.securityContext?.readOnlyRootFilesystem).toBe(true);
  }
});

test('gives no pod access to the Kubernetes API', () => {
  for (const { template } of podTemplates(REGIONS[0])) expect(template.spec.automountServiceAccountToken).toBe(false);
  for (const account of REGIONS[0].filter(object => object.kind === 'ServiceAccount')) {
    expect(account.automountServiceAccountToken).toBe(false);
  }
});

test('names every image with an exact version', () => {
  const images = imagesOf(REGIONS[0]);
  expect(images).toHaveLength(4);
  for (const image of images) expect(image).toMatch(/^(docker\.io|docker\.elastic\.co)\/[a-z/-]+:\d+\.\d+\.\d+$/);
});

test("takes every image from the user's registry, if there is one", () => {
  const images = imagesOf(objectsOf(0, { images: { registry: 'registry.example.com:5000/mirror' } }));
  expect(images).toHaveLength(4);
  for (const image of images) expect(image).toMatch(/^registry\.example\.com:5000\/mirror\/(camunda|elasticsearch)\//);
});

test('renders no password, and no default user', () => {
  for (const objects of REGIONS) {
    expect(JSON.stringify(objects)).not.toMatch(/demo/i);
    for (const { container } of containers(objects)) {
      const secret = (container.env ?? []).filter(({ name }) => /PASSWORD|SECRET|TOKEN|LICENSE|_KEY$/.test(name));
      expect(secret.filter(({ value, valueFrom }) => value !== undefined || !at(valueFrom, 'secretKeyRef'))).toEqual([]);
    }
    const passwords = [...leaves(objects), ...leaves(yamlFiles(objects))].filter(({ path }) => /password$/i.test(path));
    expect(passwords.length).toBeGreaterThan(0);
    for (const { value } of passwords) expect(value).toMatch(/^(\$\{VALUES_[A-Z]+_PASSWORD\}|\{\{ \.password \}\})$/);
    expect(
      objects.filter(object => object.kind === 'Secret').map(({ metadata, stringData }) => [metadata.name, Object.keys(stringData!)]),
    ).toEqual([['camunda-elasticsearch-roles', ['roles.yml']]]);
  }
});

test('renders no placeholder of the CDK', () => {
  expect(JSON.stringify(REGIONS)).not.toMatch(/\$\{Token\[|"Fn::|"Ref"/);
});

test('writes the same text every time', () => {
  expect(JSON.stringify(objectsOf(0))).toBe(JSON.stringify(REGIONS[0]));
});

test('renders both regions in under 150 ms', () => {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    TOPOLOGY.regions.forEach(({ regionId }) => regionManifests(TOPOLOGY, regionId));
    return performance.now() - start;
  });
  expect(Math.min(...times)).toBeLessThan(150);
});

function imagesOf(objects: readonly KubernetesObject[]): string[] {
  return leaves(objects)
    .filter(({ path }) => path.endsWith('.image'))
    .map(({ value }) => String(value));
}
