import { parse } from 'yaml';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { at, find, leaves, objectsOf, type Container, type KubernetesObject } from '../support/manifests';
import { MIGRATION, ofVersion, VERSIONS } from '../support/settings/versions';

/** Every value of a region's objects by its place: those of a configuration, the lines of other files, and variables by their names. */
function placesOf(settings: Partial<DualRegionSettings>, regionId: number): Map<string, string> {
  return new Map(objectsOf(regionId, settings).flatMap(object => Object.entries(placesIn(object))));
}

function placesIn(object: KubernetesObject): Record<string, string> {
  const name = `${object.kind}/${object.metadata.name}`;
  const places = leaves(object).flatMap(({ path, value }): [string, string][] => {
    const variable = /^(.*\.env)\.(\d+)\.(.*)$/.exec(path);
    if (variable) {
      const [, list, index, rest] = variable;
      return [[`${name}.${list}.${at<string>(object, ...list.split('.'), Number(index), 'name')}.${rest}`, String(value)]];
    }
    if (path === 'data.application.yaml') return leaves(parse(String(value))).map(leaf => [`${name}.${leaf.path}`, String(leaf.value)]);
    if (!path.startsWith('data.')) return [[`${name}.${path}`, String(value)]];
    return String(value)
      .split('\n')
      .map((line, i) => [`${name}.${path}:${i}`, line]);
  });
  return Object.fromEntries(places);
}

/** Describes the deployment, phase included, and starts nothing. */
const DESCRIPTION = 'ConfigMap/camunda-recovery-topology.';

/** What another phase changes, as lines of text. */
function changes(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const places = new Set([...before.keys(), ...after.keys()].filter(place => !place.startsWith(DESCRIPTION)));
  return [...places]
    .filter(place => before.get(place) !== after.get(place))
    .map(place => `${place}: ${before.get(place) ?? 'nothing'} -> ${after.get(place) ?? 'nothing'}`);
}

const CHECKSUM = /^StatefulSet\/camunda-zeebe\.spec\.template\.metadata\.annotations\.checksum\/config: \w{64} -> \w{64}$/;

/** What declaring a recreated region changes in one region. */
function changesIn(regionId: number, recreatedRegion: number, version: string): string[] {
  const steady = ofVersion(version);
  return changes(placesOf(steady, regionId), placesOf({ ...steady, recovery: { recreatedRegion } }, regionId));
}

describe.each([0, 1])('while region %i is recreated, in 8.7', recreated => {
  test('the other region runs everything but Operate and Tasklist', () => {
    expect(changesIn(1 - recreated, recreated, '8.7')).toEqual([
      'Deployment/camunda-operate.spec.replicas: 1 -> 0',
      'Deployment/camunda-tasklist.spec.replicas: 1 -> 0',
    ]);
  });

  test('it has neither of them, and all else is as ever', () => {
    const gone = /^\w+\/camunda-(operate|tasklist)(-configuration)?\..*-> nothing$/s;
    expect(changesIn(recreated, recreated, '8.7').filter(line => !gone.test(line))).toEqual([]);
    const objects = objectsOf(recreated, { ...ofVersion('8.7'), recovery: { recreatedRegion: recreated } });
    const left = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`).filter(name => /operate|tasklist/.test(name));
    // The policies stay: they select pods that nobody starts.
    expect(left).toEqual(['NetworkPolicy/operate', 'NetworkPolicy/tasklist']);
  });
});

const PROFILES: readonly (readonly [string, readonly string[]])[] = [
  ['8.8', phaseOf('camunda-zeebe-configuration-unified', 'broker,identity', 'zeebe.broker.exporters')],
  ['8.9', phaseOf('camunda-zeebe-configuration', 'admin,broker', 'camunda.data.exporters')],
  ['8.10', phaseOf('camunda-zeebe-configuration', 'admin,broker', 'camunda.data.exporters')],
];
const CASES = PROFILES.flatMap(([version, change]) => [0, 1].map(recreated => [recreated, version, change] as const));

describe.each(CASES)('while region %i is recreated, in %s', (recreated, version, change) => {
  test('brokers of the other region run without Operate and Tasklist, and archive nothing', () => {
    const found = changesIn(1 - recreated, recreated, version);
    expect(found.filter(line => !CHECKSUM.test(line))).toEqual(change);
    expect(found).toHaveLength(4);
  });

  test('its own brokers do too, and make no schema', () => {
    const schema = 'StatefulSet/camunda-zeebe.spec.template.spec.containers.0.env.CAMUNDA_DATABASE_SCHEMAMANAGER_CREATESCHEMA';
    expect(changesIn(recreated, recreated, version).filter(line => !CHECKSUM.test(line))).toEqual([
      ...change,
      `${schema}.name: nothing -> CAMUNDA_DATABASE_SCHEMAMANAGER_CREATESCHEMA`,
      `${schema}.value: nothing -> false`,
    ]);
  });
});

test('every version is among those above', () => {
  expect(['8.7', ...PROFILES.map(([version]) => version)]).toEqual(VERSIONS);
});

test.each(VERSIONS)('a section that names no region changes nothing in %s', version => {
  for (const regionId of [0, 1]) {
    expect(changes(placesOf(ofVersion(version), regionId), placesOf({ ...ofVersion(version), recovery: {} }, regionId))).toEqual([]);
  }
});

/** What brokers of both regions do otherwise: no Operate and Tasklist, and nothing is archived. */
function phaseOf(configMap: string, first: string, exporters: string): string[] {
  const profiles = (applications: string): string => `${first},${applications}consolidated-auth`;
  return [
    `ConfigMap/${configMap}.spring.profiles.active: ${profiles('operate,tasklist,')} -> ${profiles('')}`,
    ...[0, 1].map(id => `ConfigMap/${configMap}.${exporters}.camundaregion${id}.args.history.waitPeriodBeforeArchiving: nothing -> 100y`),
  ];
}

describe('while data of 8.7 is taken over by 8.8', () => {
  const before = [0, 1].map(regionId => objectsOf(regionId, { ...ofVersion('8.8'), tls: MIGRATION.tls }));
  const during = [0, 1].map(regionId => objectsOf(regionId, MIGRATION));
  const workload = (regionId: number, kind: string, name: string) =>
    at<Container>(find(during[regionId], kind, `camunda-zeebe-migration-${name}`), 'spec', 'template', 'spec', 'containers', 0);
  const valuesOf = ({ env = [] }: Container) => Object.fromEntries(env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));

  test('only the exporters of the brokers differ, beside who may talk to whom and cut off whom', () => {
    const brokers = (objects: readonly KubernetesObject[]) =>
      new Map(
        objects
          .filter(({ kind, metadata }) => !['NetworkPolicy', 'Role'].includes(kind) && !metadata.name.includes('migration'))
          .flatMap(object => Object.entries(placesIn(object))),
      );
    const found = changes(brokers(before[0]), brokers(during[0])).filter(line => !CHECKSUM.test(line));
    const exporters = /^ConfigMap\/camunda-zeebe-configuration-unified\.zeebe\.broker\.exporters\.elasticsearchregion[01]\..*: nothing -> /;
    expect(found.filter(line => !exporters.test(line))).toEqual([]);
    expect(found.filter(line => line.endsWith('className: nothing -> io.camunda.zeebe.exporter.ElasticsearchExporter'))).toHaveLength(2);
  });

  test.each([
    [0, '-1'],
    [1, '-2'],
  ])('the importer of region %i has a node id below those of all brokers: %s', (regionId, nodeId) => {
    expect(valuesOf(workload(regionId, 'Deployment', 'importer'))).toMatchObject({
      VALUES_ORCHESTRATION_NODE_ID: nodeId,
      SPRING_PROFILES_ACTIVE: 'operate,tasklist,consolidated-auth',
      CAMUNDA_OPERATE_IMPORTERENABLED: 'true',
      CAMUNDA_TASKLIST_WEBAPPENABLED: 'false',
      CAMUNDA_OPERATE_ZEEBEELASTICSEARCH_URL: 'https://elasticsearch-es-http:9200',
      CAMUNDA_TASKLIST_ZEEBEELASTICSEARCH_PREFIX: 'zeebe-record',
      ZEEBE_GATEWAY_CLUSTER_MESSAGECOMPRESSION: 'GZIP',
      ZEEBE_GATEWAY_CLUSTER_INITIALCONTACTPOINTS: 'camunda-zeebe:26502',
    });
  });

  test('importer and Job run the image of the brokers with their configuration', () => {
    const broker = at<Container>(find(during[0], 'StatefulSet', 'camunda-zeebe'), 'spec', 'template', 'spec', 'containers', 0);
    const importer = workload(0, 'Deployment', 'importer');
    const job = workload(0, 'Job', 'data');
    for (const { image, volumeMounts } of [importer, job]) {
      expect(image).toBe(broker.image);
      expect(volumeMounts).toContainEqual(broker.volumeMounts![0]);
    }
    expect(importer.command).toEqual(broker.command);
    expect(job.command).toEqual(['/usr/local/camunda/bin/data-migration']);
    expect(valuesOf(job).SPRING_PROFILES_ACTIVE).toBe('process-migration,task-migration,usage-metric-migration');
  });

  test('never imports twice at the same time, and lets the Job try again', () => {
    expect(at(find(during[0], 'Deployment', 'camunda-zeebe-migration-importer'), 'spec')).toMatchObject({
      replicas: 1,
      strategy: { type: 'Recreate' },
    });
    const job = find(during[0], 'Job', 'camunda-zeebe-migration-data');
    expect(at(job, 'spec', 'template', 'spec', 'restartPolicy')).toBe('OnFailure');
    // A changed template of a Job is refused, so nothing in it may follow the configuration.
    expect(at(job, 'spec', 'template', 'metadata', 'annotations')).toBeUndefined();
  });

  test('sets no variable twice', () => {
    for (const [kind, name] of [
      ['Deployment', 'importer'],
      ['Job', 'data'],
    ]) {
      const names = workload(0, kind, name).env!.map(variable => variable.name);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
