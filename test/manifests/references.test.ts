import { awsSecretNames } from '../../constructs/topology/names';
import { Topology } from '../../constructs/topology/topology';
import { at, containers, find, leaves, objectsOf, podTemplates, yamlFiles, type Labels } from '../support/manifests';
import { DEFAULT_SETTINGS } from '../support/settings';
import { MIGRATION, ofVersion, VERSIONS } from '../support/versions';

const RELEASE = 'camunda';

const DEPLOYMENTS = [...VERSIONS.map(version => [version, ofVersion(version)] as const), ['8.8, migrating from 8.7', MIGRATION] as const];
const CASES = DEPLOYMENTS.flatMap(([name, settings]) => [0, 1].map(regionId => [name, regionId, settings] as const));

describe.each(CASES)('Camunda %s in region %i', (_name, regionId, settings) => {
  const objects = objectsOf(regionId, settings);
  const { _version } = Topology.of({ ...DEFAULT_SETTINGS, ...settings });
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
        expect(Object.values(awsSecretNames(RELEASE))).toContain(remoteRef.key);
      }
    }
  });

  test('every file that is mounted is in its ConfigMap, and every file is mounted somewhere', () => {
    const mounted = new Map<string, Set<string>>();
    for (const { template } of podTemplates(objects)) {
      for (const { name, configMap } of (template.spec.volumes ?? []) as { name: string; configMap?: { name: string } }[]) {
        if (!configMap) continue;
        const files = Object.keys(find(objects, 'ConfigMap', configMap.name).data as Labels);
        const mounts = [...template.spec.containers, ...(template.spec.initContainers ?? [])].flatMap(container =>
          (container.volumeMounts ?? []).filter(mount => mount.name === name).map(mount => mount.subPath),
        );
        expect(mounts.filter(file => !files.includes(file!))).toEqual([]);
        mounted.set(configMap.name, new Set([...(mounted.get(configMap.name) ?? []), ...mounts.map(String)]));
      }
    }
    for (const [name, files] of mounted)
      expect([...files].sort()).toEqual(Object.keys(find(objects, 'ConfigMap', name).data as Labels).sort());
    expect([...mounted.keys()].sort()).toEqual(names('ConfigMap').sort());
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
    const texts = leaves([containers(objects), yamlFiles(objects)]).map(({ value }) => String(value));
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
        ...(_version.components ? ['camunda-operate'] : []),
        'camunda-connectors-headless',
        'elasticsearch-es-http',
        'elasticsearch-es-masters',
      ]),
    );
    expect([...hosts, ...others].filter(name => !services.includes(name))).toEqual([]);
    expect(services).toContain(at(find(objects, 'StatefulSet', 'camunda-zeebe'), 'spec', 'serviceName'));

    const selectors = objects.flatMap(({ kind, spec }): Labels[] => {
      if (kind === 'Service') return [at<Labels>(spec, 'selector')];
      return ['PodDisruptionBudget', 'StatefulSet', 'Deployment'].includes(kind) ? [at<Labels>(spec, 'selector', 'matchLabels')] : [];
    });
    expect(selectors.length).toBeGreaterThanOrEqual(7);
    for (const selector of selectors) {
      const selected = podTemplates(objects).filter(({ template }) =>
        Object.entries(selector).every(([key, value]) => template.metadata?.labels?.[key] === value),
      );
      expect(selected).toHaveLength(1);
    }
  });
});

function split(owner: string): [string, string] {
  const [kind, name] = owner.split('/');
  return [kind, name];
}
