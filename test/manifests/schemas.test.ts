import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { KUBERNETES_VERSIONS } from '../../constructs/topology/versions/kubernetes-versions';
import { SCHEMA_FILES, schemaViolations } from '../support/kubernetes-schemas';
import { at, find, objectsOf, type KubernetesObject } from '../support/manifests';
import { CONFIGURATIONS } from '../support/settings/rendered-configurations';
import { BINDING } from '../support/settings/rendered-kinds';

const VERSIONS = Object.keys(KUBERNETES_VERSIONS);
const NEWEST = VERSIONS[VERSIONS.length - 1];
const FOLDER = join(__dirname, '..', 'schemas');

describe.each(VERSIONS)('Kubernetes %s', version => {
  test.each(CONFIGURATIONS)('accepts every object of Camunda $name', ({ settings }) => {
    const objects = [0, 1].flatMap(regionId => objectsOf(regionId, settings));
    expect(objects.length).toBeGreaterThan(30);
    expect(objects.flatMap(object => schemaViolations(object, version))).toEqual([]);
  });

  test("accepts the DNS forwarder's binding", () => {
    expect(schemaViolations(BINDING, version)).toEqual([]);
  });
});

const OBJECTS = [...objectsOf(0), BINDING];
const POD = ['spec', 'template', 'spec'] as const;
const ES_POD = ['spec', 'nodeSets', 0, 'podTemplate', 'spec'] as const;

/** Mistakes of every kind: kind of the object, place, value, and what must be said about it. */
test.each<[string, (string | number)[], unknown, string]>([
  ['StatefulSet', ['spec', 'replica'], 4, 'must NOT have additional properties {"additionalProperty":"replica"}'],
  ['StatefulSet', ['metadata', 'label'], {}, 'StatefulSet/camunda-zeebe/metadata must NOT have additional properties'],
  ['StatefulSet', ['spec', 'replicas'], '4', 'must be integer'],
  ['StatefulSet', ['spec', 'replicas'], 2 ** 40, 'must match format "int32"'],
  ['StatefulSet', ['spec', 'selector'], undefined, "must have required property 'selector'"],
  ['StatefulSet', [...POD, 'containers', 0, 'env', 0, 'value'], 8, 'must be string'],
  ['StatefulSet', [...POD, 'containers', 0, 'resources', 'limits', 'memory'], '5 GB', 'must match pattern'],
  ['StatefulSet', [...POD, 'containers', 0, 'env', 1], { name: 'LC_ALL' }, 'two entries with the same key (x-kubernetes-list-map-keys)'],
  [
    'StatefulSet',
    [...POD, 'containers', 0, 'ports', 5],
    { name: 'gossip', containerPort: 26502, protocol: 'UDP' },
    'two entries with the same key (x-kubernetes-patch-merge-key)',
  ],
  ['PodDisruptionBudget', ['spec', 'maxUnavailable'], true, 'must be integer,string'],
  ['Secret', ['data'], { key: 'not base64' }, 'must match format "byte"'],
  ['Elasticsearch', ['spec', 'nodeSet'], [], 'must NOT have additional properties {"additionalProperty":"nodeSet"}'],
  ['Elasticsearch', ['spec', 'volumeClaimDeletePolicy'], 'Never', 'must be equal to one of the allowed values'],
  ['Elasticsearch', ['metadata', 'lables'], {}, '/metadata must NOT have additional properties'],
  ['Elasticsearch', [...ES_POD, 'topologySpread'], [], '/spec/nodeSets/0/podTemplate/spec must NOT have additional properties'],
  ['ExternalSecret', ['spec', 'target', 'creationPolicy'], 'Mine', 'must be equal to one of the allowed values'],
  ['SecretStore', ['spec', 'provider', 'aws', 'region'], undefined, "must have required property 'region'"],
  ['TargetGroupBinding', ['spec', 'targetType'], 'pod', 'must be equal to one of the allowed values'],
])('fails a %s with %p as %p', (kind, path, value, finding) => {
  const object = structuredClone(OBJECTS.find(candidate => candidate.kind === kind)) as KubernetesObject;
  const parent = at<Record<string | number, unknown>>(object, ...path.slice(0, -1));
  if (value === undefined) delete parent[path[path.length - 1]];
  else parent[path[path.length - 1]] = value;
  expect(schemaViolations(object, NEWEST).join('\n')).toContain(finding);
});

test.each([
  [
    ['podDisruptionBudget', 'spec', 'minAvailable'],
    ['50%', 2],
  ],
  [
    ['nodeSets', 0, 'config', 'anything.at.all'],
    [true, { nested: 1 }],
  ],
  [
    ['nodeSets', 0, 'volumeClaimTemplates', 0, 'spec', 'resources', 'requests', 'storage'],
    ['64Gi', 1e9, '1.5Ti'],
  ],
])('lets %p of Elasticsearch be any of %p', (path, values) => {
  const object = structuredClone(find(OBJECTS, 'Elasticsearch', 'elasticsearch'));
  for (const value of values) {
    at<Record<string, unknown>>(object, 'spec', ...path.slice(0, -1))[path[path.length - 1]] = value;
    expect(schemaViolations(object, NEWEST)).toEqual([]);
  }
});

test.each([
  ['a kind that nobody rendered before', { apiVersion: 'batch/v2', kind: 'Job' }, NEWEST],
  ['another version of a custom resource', { apiVersion: 'external-secrets.io/v1beta1', kind: 'ExternalSecret' }, NEWEST],
  ['a version of Kubernetes without schemas', { apiVersion: 'apps/v1', kind: 'Deployment' }, '1.99'],
])('fails %s, and says how to get its schema', (_, type, version) => {
  expect(schemaViolations({ ...type, metadata: { name: 'x' } }, version)).toEqual([
    `no schema of ${type.apiVersion} ${type.kind} for Kubernetes ${version} in test/schemas; run: npx tsx scripts/write-kubernetes-schemas.ts`,
  ]);
});

test('has the schemas of the supported versions, from known sources, in little space', () => {
  expect(Object.keys(SCHEMA_FILES).filter(name => name.startsWith('kubernetes-'))).toEqual(
    VERSIONS.map(version => `kubernetes-${version}`),
  );
  const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');
  const bed = ['charts/package.sh', 'operators/modules'].map(file => readFileSync(join(__dirname, '../e2e/bed', file), 'utf8')).join();
  for (const [name, { source, license }] of Object.entries(SCHEMA_FILES)) {
    const row = readme.split('\n').find(line => line.includes(`\`${name}.json\``));
    expect(row).toContain(source);
    expect(row).toContain(license);
  }
  // What is checked here is what the API servers of the bed serve, where no Prometheus runs.
  const custom = Object.entries(SCHEMA_FILES).filter(([name]) => !name.startsWith('kubernetes-') && name !== 'prometheus-operator');
  expect(custom.map(([, { source }]) => source).filter(source => !bed.includes(source))).toEqual([]);
  const bytes = Object.keys(SCHEMA_FILES).map(name => statSync(join(FOLDER, `${name}.json`)).size);
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(1_000_000);
});
