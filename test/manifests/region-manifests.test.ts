import { parse } from 'yaml';
import { awsSecretNames } from '../../constructs/topology/names';
import { Topology } from '../../constructs/topology/topology';
import { regionManifests } from '../../lib/region-manifests';
import { at, containers, find, leaves, objectsOf, podTemplates, type KubernetesObject, type Labels } from '../support/manifests';
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
    expect(elsewhere.map(object => object.kind)).toEqual(['Namespace', 'StorageClass']);
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
    const passwords = [...leaves(objects), ...leaves(filesOf(objects))].filter(({ path }) => /password$/i.test(path));
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

describe.each([0, 1])('in region %i', regionId => {
  const objects = REGIONS[regionId];
  const names = (kind: string) => objects.filter(object => object.kind === kind).map(object => object.metadata.name);
  const secretKeys = (secret: string): string[] => {
    if (names('Secret').includes(secret)) return Object.keys(find(objects, 'Secret', secret).stringData as Labels);
    const external = find(objects, 'ExternalSecret', secret);
    const templated = at<Labels | undefined>(external, 'spec', 'target', 'template', 'data');
    return templated ? Object.keys(templated) : at<{ secretKey: string }[]>(external, 'spec', 'data').map(({ secretKey }) => secretKey);
  };

  test('every Secret that is used is made, with the key', () => {
    const references = containers(objects).flatMap(({ container }) =>
      (container.env ?? []).flatMap(({ valueFrom }) => at<{ name: string; key: string } | undefined>(valueFrom, 'secretKeyRef') ?? []),
    );
    expect(references.length).toBeGreaterThan(3);
    for (const { name, key } of references) expect(secretKeys(name)).toContain(key);
    const auth = at<{ [list: string]: { secretName: string }[] }>(find(objects, 'Elasticsearch', 'elasticsearch'), 'spec', 'auth');
    expect(secretKeys(auth.fileRealm[0].secretName)).toEqual(expect.arrayContaining(['username', 'password', 'roles']));
    expect(secretKeys(auth.roles[0].secretName)).toContain('roles.yml');
  });

  test('every external secret comes from the store, and from a secret that exists in AWS', () => {
    for (const external of objects.filter(object => object.kind === 'ExternalSecret')) {
      expect(names('SecretStore')).toContain(at(external, 'spec', 'secretStoreRef', 'name'));
      for (const { remoteRef } of at<{ remoteRef: { key: string } }[]>(external, 'spec', 'data')) {
        expect(Object.values(awsSecretNames(TOPOLOGY.name))).toContain(remoteRef.key);
      }
    }
  });

  test('every file that is mounted is in its ConfigMap', () => {
    for (const { template } of podTemplates(objects)) {
      for (const { name, configMap } of (template.spec.volumes ?? []) as { name: string; configMap?: { name: string } }[]) {
        if (!configMap) continue;
        const files = Object.keys(find(objects, 'ConfigMap', configMap.name).data as Labels);
        const mounts = [...template.spec.containers, ...(template.spec.initContainers ?? [])].flatMap(container =>
          (container.volumeMounts ?? []).filter(mount => mount.name === name).map(mount => mount.subPath),
        );
        expect(mounts.sort()).toEqual(files.sort());
      }
    }
  });

  test('every volume that is mounted exists', () => {
    for (const { template, owner } of podTemplates(objects)) {
      const claims = at<{ metadata: { name: string } }[] | undefined>(find(objects, ...split(owner)), 'spec', 'volumeClaimTemplates') ?? [];
      const volumes = [...(template.spec.volumes ?? []).map(({ name }) => name), ...claims.map(({ metadata }) => metadata.name)];
      const mounted = [...template.spec.containers, ...(template.spec.initContainers ?? [])].flatMap(({ volumeMounts = [] }) =>
        volumeMounts.map(({ name }) => name),
      );
      expect(mounted.filter(name => !volumes.includes(name))).toEqual([]);
    }
  });

  test('every service account and storage class exists', () => {
    for (const { template } of podTemplates(objects)) expect(names('ServiceAccount')).toContain(template.spec.serviceAccountName);
    const classes = leaves(objects).filter(({ path }) => path.endsWith('storageClassName'));
    expect(classes).toHaveLength(2);
    for (const { value } of classes) expect(names('StorageClass')).toContain(value);
  });

  test('every Service that is used exists, and every selector selects pods of one workload', () => {
    const services = [...names('Service'), 'elasticsearch-es-http', 'elasticsearch-es-masters'];
    const texts = leaves([containers(objects), filesOf(objects)]).map(({ value }) => String(value));
    const hosts = texts.flatMap(text =>
      [...text.matchAll(/(?:^|\/\/)([a-z][a-z0-9-]+)(?=(?:\.camunda-\w+\.svc[\w.]*)?:\d+$)/g)].map(match => match[1]),
    );
    const others = containers(objects).flatMap(({ container }) =>
      (container.env ?? []).filter(({ name }) => /SERVICE_NAME|SERVICEURL/.test(name)).map(({ value }) => value!),
    );
    expect(new Set([...hosts, ...others])).toEqual(
      new Set([
        'camunda-zeebe',
        'camunda-zeebe-gateway',
        'camunda-connectors-headless',
        'elasticsearch-es-http',
        'elasticsearch-es-masters',
      ]),
    );
    expect([...hosts, ...others].filter(name => !services.includes(name))).toEqual([]);
    expect(services).toContain(at(find(objects, 'StatefulSet', 'camunda-zeebe'), 'spec', 'serviceName'));

    const selectors = objects.flatMap(({ kind, spec }) => {
      if (kind === 'Service') return at<Labels>(spec, 'selector');
      return ['PodDisruptionBudget', 'StatefulSet', 'Deployment'].includes(kind) ? at<Labels>(spec, 'selector', 'matchLabels') : [];
    });
    expect(selectors).toHaveLength(7);
    for (const selector of selectors) {
      const selected = podTemplates(objects).filter(({ template }) =>
        Object.entries(selector).every(([key, value]) => template.metadata?.labels?.[key] === value),
      );
      expect(selected).toHaveLength(1);
    }
  });
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

/** The files of all ConfigMaps that are YAML, parsed. */
function filesOf(objects: readonly KubernetesObject[]): unknown[] {
  return objects
    .filter(object => object.kind === 'ConfigMap')
    .flatMap(object => Object.entries(object.data as Labels))
    .filter(([name]) => name.endsWith('.yaml'))
    .map(([, text]) => parse(text) as unknown);
}

function split(owner: string): [string, string] {
  const [kind, name] = owner.split('/');
  return [kind, name];
}
