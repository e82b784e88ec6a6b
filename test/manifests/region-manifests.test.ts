import { Topology } from '../../constructs/topology/topology';
import { assertManifestsFit } from '../../lib/manifest-limits';
import { regionManifests } from '../../lib/region-manifests';
import { at, containers, leaves, objectsOf, podTemplates, yamlFiles, type KubernetesObject } from '../support/manifests';
import { restrictedViolations } from '../support/pod-security';
import { DEFAULT_SETTINGS } from '../support/settings';
import { MIGRATION, ofVersion } from '../support/versions';

const LARGEST = { name: 'a-name-of-20-letters', nodes: { instanceType: 'm6i.4xlarge', perZone: 11 } };

/** The only places that may differ between the regions. */
const MAY_DIFFER = [
  /\.metadata\.namespace$/,
  /^Namespace\/.*\.metadata\.name$/,
  /^SecretStore\/aws-secrets-manager\.spec\.provider\.aws\.region$/,
  /^NetworkPolicy\/(orchestration|elasticsearch|gateway|operate|tasklist|importer|migration)\.spec\.(ingress|egress)\.\d+\.(from|to)\.\d+\.ipBlock\.cidr$/,
];

function placesOf(objects: readonly KubernetesObject[]): Map<string, unknown> {
  return new Map(
    objects.flatMap(object => {
      const name = object.kind === 'Namespace' ? '' : object.metadata.name;
      return leaves(object).map(({ path, value }) => [`${object.kind}/${name}.${path}`, value] as const);
    }),
  );
}

/** What each deployment has beside what all have. */
const DEPLOYMENTS: readonly (readonly [
  string,
  { readonly camunda: object },
  { readonly groups: string[]; readonly workloads: string[] },
])[] = [
  [
    '8.7',
    ofVersion('8.7'),
    {
      groups: ['42-gateway', '44-operate', '46-tasklist'],
      workloads: ['Deployment/camunda-zeebe-gateway', 'Deployment/camunda-operate', 'Deployment/camunda-tasklist'],
    },
  ],
  ['8.8', ofVersion('8.8'), { groups: [], workloads: [] }],
  [
    '8.8, migrating from 8.7',
    MIGRATION,
    { groups: ['48-migration'], workloads: ['Deployment/camunda-zeebe-migration-importer', 'Job/camunda-zeebe-migration-data'] },
  ],
  ['8.9', ofVersion('8.9'), { groups: [], workloads: [] }],
];

describe.each(DEPLOYMENTS)('Camunda %s', (_version, settings, { groups, workloads }) => {
  const TOPOLOGY = Topology.of({ ...DEFAULT_SETTINGS, ...settings });
  const REGIONS = TOPOLOGY.regions.map(({ regionId }) => objectsOf(regionId, settings));

  test('makes groups in the order in which they are applied', () => {
    expect(regionManifests(TOPOLOGY, 0).map(group => group.name)).toEqual([
      '00-foundation',
      '10-network-policies',
      '20-secrets',
      '30-elasticsearch',
      '40-orchestration',
      ...groups,
      '50-connectors',
    ]);
    expect(
      regionManifests(Topology.of({ ...DEFAULT_SETTINGS, ...settings, connectors: { enabled: false } }), 0).map(group => group.name),
    ).not.toContain('50-connectors');
  });

  test('differs between the regions only where the topology does', () => {
    const [region0, region1] = REGIONS.map(placesOf);
    expect([...region0.keys()]).toEqual([...region1.keys()]);
    const different = [...region0.keys()].filter(place => region0.get(place) !== region1.get(place));
    const regionId = different.filter(place => /^\w+\/camunda-zeebe[\w-]*\..*\.env\.\d+\.value$/.test(place));
    const pairs = new Set(regionId.map(place => `${String(region0.get(place))} ${String(region1.get(place))}`));
    expect(pairs).toEqual(new Set(['0 1', ...(TOPOLOGY._migration ? ['-1 -2'] : [])]));
    expect(different.filter(place => !regionId.includes(place) && !MAY_DIFFER.some(pattern => pattern.test(place)))).toEqual([]);
  });

  test('puts every object of a namespace into that of its region', () => {
    REGIONS.forEach((objects, regionId) => {
      const elsewhere = objects.filter(object => object.metadata.namespace !== TOPOLOGY.regions[regionId].namespace);
      expect(elsewhere.map(object => object.kind)).toEqual(['Namespace', 'StorageClass']);
    });
  });

  test('names no object twice, and gives each a legal name', () => {
    for (const objects of [...REGIONS, objectsOf(0, { ...LARGEST, camunda: { ...settings.camunda, clusterSize: 64 } })]) {
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
      ...workloads,
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
    expect(images).toHaveLength(containers(REGIONS[0]).length);
    for (const image of images) expect(image).toMatch(/^(docker\.io|docker\.elastic\.co)\/[a-z/-]+:\d+\.\d+\.\d+$/);
  });

  test("takes every image from the user's registry, if there is one", () => {
    const images = imagesOf(objectsOf(0, { ...settings, images: { registry: 'registry.example.com:5000/mirror' } }));
    expect(images).toHaveLength(containers(REGIONS[0]).length);
    for (const image of images) expect(image).toMatch(/^registry\.example\.com:5000\/mirror\/(camunda|elasticsearch)\//);
  });

  test('renders no password, and no default user', () => {
    for (const objects of REGIONS) {
      expect(JSON.stringify(objects)).not.toMatch(/demo/i);
      expect(JSON.stringify(yamlFiles(objects))).not.toMatch(/"(act|view)"/);
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

  test('fits into what a deployment can carry, with as many brokers as there may be', () => {
    const largest = { ...LARGEST, camunda: { ...settings.camunda, clusterSize: 900 }, nodes: { ...LARGEST.nodes, perZone: 150 } };
    const manifests = regionManifests(Topology.of({ ...DEFAULT_SETTINGS, ...largest }), 0);
    expect(() => assertManifestsFit(manifests, 900)).not.toThrow();
    const [first, ...others] = manifests;
    expect(() => assertManifestsFit([{ ...first, objects: [...first.objects, 'x'.repeat(262_144)] }, ...others], 900)).toThrow(
      'manifest-size',
    );
  });

  test('writes the same text every time', () => {
    expect(JSON.stringify(objectsOf(0, settings))).toBe(JSON.stringify(REGIONS[0]));
  });

  test('renders both regions in under 150 ms', () => {
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      TOPOLOGY.regions.forEach(({ regionId }) => regionManifests(TOPOLOGY, regionId));
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(150);
  });
});

function imagesOf(objects: readonly KubernetesObject[]): string[] {
  return leaves(objects)
    .filter(({ path }) => path.endsWith('.image'))
    .map(({ value }) => String(value));
}
