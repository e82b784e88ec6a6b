import { Topology } from '../../constructs/topology/topology';
import { regionManifests } from '../../lib/region-manifests';
import { illegalNames } from '../support/findings/illegal-names';
import { podFindings } from '../support/findings/pod-findings';
import { restrictedViolations } from '../support/findings/pod-security';
import { differentPlaces, unplannedDifferences } from '../support/findings/unplanned-differences';
import { at, containers, find, leaves, objectsOf, podTemplates, yamlFiles, type KubernetesObject } from '../support/manifests';
import { CONFIGURATIONS } from '../support/settings/rendered-configurations';
import { DEFAULT_SETTINGS } from '../support/settings/settings';

const TOPOLOGY = Topology.of(DEFAULT_SETTINGS);
const REGIONS = TOPOLOGY.regions.map(({ regionId }) => objectsOf(regionId));
const LARGEST = { name: 'a-name-of-20-letters', camunda: { clusterSize: 64 }, nodes: { instanceType: 'm6i.4xlarge', perZone: 11 } };

test('makes groups in the order in which they are applied', () => {
  expect(regionManifests(TOPOLOGY, 0).map(group => group.name)).toEqual([
    '00-foundation',
    '10-network-policies',
    '15-recovery-access',
    '20-secrets',
    '24-certificate-authority',
    '25-certificates',
    '30-elasticsearch',
    '40-orchestration',
    '50-connectors',
    '90-recovery',
  ]);
  expect(regionManifests(Topology.of({ ...DEFAULT_SETTINGS, connectors: { enabled: false } }), 0).map(group => group.name)).not.toContain(
    '50-connectors',
  );
});

test('differs between the regions only where the topology does', () => {
  expect(unplannedDifferences(TOPOLOGY, REGIONS)).toEqual([]);
  const different = differentPlaces(REGIONS);
  expect(different.filter(place => place.includes('.env.'))).toEqual([
    ...['AWS_ROLE_ARN', 'AWS_REGION'].map(
      name => `Elasticsearch/elasticsearch.spec.nodeSets.masters.podTemplate.spec.containers.elasticsearch.env.${name}.value`,
    ),
    'StatefulSet/camunda-zeebe.spec.template.spec.containers.orchestration.env.VALUES_REGION_ID.value',
  ]);
  expect(different).toContain('SecretStore/aws-secrets-manager.spec.provider.aws.region');
});

test.each<[string, string, (string | number)[], unknown]>([
  ['a number', 'StatefulSet/camunda-zeebe', ['spec', 'replicas'], 5],
  ['a file', 'ConfigMap/camunda-zeebe-configuration', ['data', 'application.yaml'], ''],
  ['a field that only one has', 'Deployment/camunda-connectors', ['spec', 'paused'], true],
  ['nothing where the topology does', 'SecretStore/aws-secrets-manager', ['spec', 'provider', 'aws', 'region'], 'eu-west-2'],
  ['a region id', 'StatefulSet/camunda-zeebe', ['spec', 'template', 'spec', 'containers', 0, 'env', 5, 'value'], '2'],
])('fails regions that differ in %s', (_, name, path, value) => {
  const second = structuredClone(REGIONS[1]);
  const object = find(second, ...(name.split('/') as [string, string]));
  at<Record<string | number, unknown>>(object, ...path.slice(0, -1))[path[path.length - 1]] = value;
  expect(unplannedDifferences(TOPOLOGY, [REGIONS[0], second])).toEqual([expect.stringContaining(`${name}.`)]);
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
    expect(illegalNames(objects)).toEqual([]);
  }
});

test.each<[string, (string | number)[], unknown, string]>([
  ['Namespace/camunda-london', ['metadata', 'name'], 'a'.repeat(64), 'DNS label (RFC 1123)'],
  ['Service/camunda-zeebe', ['metadata', 'name'], '0-zeebe', 'DNS label (RFC 1035)'],
  ['StatefulSet/camunda-zeebe', ['metadata', 'name'], 'a'.repeat(53), 'name of a StatefulSet'],
  ['Elasticsearch/elasticsearch', ['spec', 'nodeSets', 0, 'name'], 'a'.repeat(40), 'name of a StatefulSet'],
  ['StatefulSet/camunda-zeebe', ['metadata', 'labels', 'app'], 'a'.repeat(64), 'value of a label'],
  ['StatefulSet/camunda-zeebe', ['spec', 'template', 'metadata', 'annotations', 'a/b/c d'], '', 'name of a key'],
  ['NetworkPolicy/orchestration', ['spec', 'podSelector', 'matchLabels', 'app'], '-', 'value of a label'],
  ['StatefulSet/camunda-zeebe', ['spec', 'template', 'spec', 'containers', 0, 'ports', 0, 'name'], 'longer-than-fifteen', 'name of a port'],
  ['StatefulSet/camunda-zeebe', ['spec', 'template', 'spec', 'containers', 0, 'env', 0, 'name'], 'A B', 'name of a variable'],
  ['StatefulSet/camunda-zeebe', ['spec', 'template', 'spec', 'volumes', 0, 'name'], 'con_fig', 'DNS label (RFC 1123)'],
  ['ConfigMap/camunda-zeebe-configuration', ['data', 'a/b'], '', 'key of a ConfigMap or Secret'],
])('fails %s with %p as %p', (name, path, value, form) => {
  const objects = structuredClone(REGIONS[0]);
  const object = find(objects, ...(name.split('/') as [string, string]));
  at<Record<string | number, unknown>>(object, ...path.slice(0, -1))[path[path.length - 1]] = value;
  expect(illegalNames(objects).join('\n')).toContain(`is no ${form}`);
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

test.each(CONFIGURATIONS)('keeps the rules of pods in Camunda $name', ({ settings }) => {
  for (const regionId of [0, 1]) expect(podFindings(objectsOf(regionId, settings))).toEqual([]);
});

const CONTAINER = ['spec', 'containers', 0] as const;

test.each<[(string | number)[], unknown, string]>([
  [[...CONTAINER, 'resources', 'requests', 'cpu'], undefined, 'requests no cpu'],
  [[...CONTAINER, 'resources', 'limits', 'memory'], undefined, 'has no limit of memory'],
  [[...CONTAINER, 'resources', 'requests', 'memory'], '1Gi', 'requests 1Gi of memory with a limit of 7168Mi'],
  [[...CONTAINER, 'resources', 'requests', 'cpu'], '3000m', 'requests 3000m of cpu with a limit of 2000m'],
  [[...CONTAINER, 'securityContext', 'readOnlyRootFilesystem'], false, 'may write to its image'],
  [[...CONTAINER, 'readinessProbe'], undefined, 'has no readinessProbe'],
  [[...CONTAINER, 'livenessProbe'], {}, 'has a livenessProbe'],
  [[...CONTAINER, 'startupProbe'], {}, 'has a startupProbe'],
  [[...CONTAINER, 'image'], undefined, 'has no image'],
  [[...CONTAINER, 'image'], 'docker.io/camunda/camunda', 'has no exact tag'],
  [[...CONTAINER, 'image'], 'registry.example.com:5000/camunda', 'has no exact tag'],
  [[...CONTAINER, 'image'], 'docker.io/camunda/camunda:latest', 'has no exact tag'],
  [['spec', 'enableServiceLinks'], undefined, 'gets variables for every Service'],
  [['spec', 'automountServiceAccountToken'], true, 'gets a token of the Kubernetes API'],
  [['spec', 'hostNetwork'], true, 'pod: hostNetwork'],
])('fails a broker with %p as %p', (path, value, finding) => {
  const objects = structuredClone(REGIONS[0]);
  const template = at<object>(find(objects, 'StatefulSet', 'camunda-zeebe'), 'spec', 'template');
  const parent = at<Record<string | number, unknown>>(template, ...path.slice(0, -1));
  if (value === undefined) delete parent[path[path.length - 1]];
  else parent[path[path.length - 1]] = value;
  expect(podFindings(objects)).toEqual([expect.stringContaining(finding)]);
});

test('gives no service account access to the Kubernetes API', () => {
  for (const account of REGIONS[0].filter(object => object.kind === 'ServiceAccount')) {
    expect(account.automountServiceAccountToken).toBe(false);
  }
});

test('names every image with an exact version', () => {
  const images = imagesOf(REGIONS[0]);
  expect(images).toHaveLength(5);
  for (const image of images) expect(image).toMatch(/^(docker\.io|docker\.elastic\.co)\/[a-z/-]+:\d+\.\d+\.\d+$/);
});

test("takes every image from the user's registry, if there is one", () => {
  const images = imagesOf(objectsOf(0, { images: { registry: 'registry.example.com:5000/mirror' } }));
  expect(images).toHaveLength(5);
  for (const image of images) expect(image).toMatch(/^registry\.example\.com:5000\/mirror\/(camunda|elasticsearch)\//);
});

test('renders no password, and no default user', () => {
  for (const objects of REGIONS) {
    expect(JSON.stringify(objects)).not.toMatch(/demo/i);
    for (const { container } of containers(objects)) {
      const secret = (container.env ?? []).filter(({ name }) => /PASSWORD|SECRET|TOKEN(?!_FILE$)|LICENSE|_KEY$/.test(name));
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

function imagesOf(objects: readonly KubernetesObject[]): string[] {
  return leaves(objects)
    .filter(({ path }) => path.endsWith('.image'))
    .map(({ value }) => String(value));
}
