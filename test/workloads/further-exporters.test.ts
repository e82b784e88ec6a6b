import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { recoveryTopology } from '../../constructs/topology/plan/recovery/recovery-topology';
import { parseRecoveryTopology, recoveryTopologyText } from '../../constructs/topology/plan/recovery/recovery-topology-document';
import { ProblemSeverity } from '../../constructs/topology/rules/judging/problem';
import { problemsOf } from '../../constructs/topology/rules/rules';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { Topology } from '../../constructs/topology/topology';
import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import { at, find, objectsOf, type Container } from '../support/manifests';
import { fencesIn } from '../support/markdown';
import { withRegions } from '../support/settings/changed-settings';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { ofVersion, VERSIONS } from '../support/settings/versions';
import { ScriptBed } from '../support/shell';

const EXPORTERS: NonNullable<DualRegionSettings['orchestration']>['exporters'] = [
  {
    exporterId: 'kafka',
    className: 'com.example.KafkaExporter',
    jar: { image: 'registry.example.com/exporters/kafka:1.2.0', path: '/opt/kafka.jar' },
    arguments: { 'producer.topic': 'records', 'producer.password': '${KAFKA_PASSWORD}' },
    regionId: 1,
  },
  {
    exporterId: 'optimize',
    className: 'io.camunda.zeebe.exporter.ElasticsearchExporter',
    arguments: { url: 'https://search.example.com:9200' },
  },
];
const WITH_EXPORTERS = { orchestration: { exporters: EXPORTERS } };

describe.each(VERSIONS)('exporters of the user with %s', version => {
  const settings = { ...ofVersion(version), ...WITH_EXPORTERS };
  const { settingNames, orchestration } = CAMUNDA_VERSIONS[version];
  const configOf = (regionId: number): unknown =>
    parse(
      at<string>(
        find(objectsOf(regionId, settings), 'ConfigMap', `camunda-zeebe-configuration${orchestration.configMapSuffix}`),
        'data',
        'application.yaml',
      ),
    );

  test('are beside those of this library, alike in both regions', () => {
    const exporters = at<Record<string, unknown>>(configOf(0), ...settingNames.exporters.split('.'));
    expect(exporters).toEqual(at(configOf(1), ...settingNames.exporters.split('.')));
    const own = Topology.of({ ...DEFAULT_SETTINGS, ...settings }).exporters.map(({ exporterId }) => exporterId);
    expect(Object.keys(exporters).sort()).toEqual([...own, 'kafka', 'optimize'].sort());
    expect(exporters.kafka).toEqual({
      [settingNames.exporterClass]: 'com.example.KafkaExporter',
      [settingNames.exporterJar]: '/exporters/kafka.jar',
      args: { producer: { topic: 'records', password: '${KAFKA_PASSWORD}' } },
    });
    expect(exporters.optimize).toEqual({
      [settingNames.exporterClass]: 'io.camunda.zeebe.exporter.ElasticsearchExporter',
      args: { url: 'https://search.example.com:9200' },
    });
  });

  test('have their jar put into a volume that the broker reads', () => {
    const brokers = find(objectsOf(0, settings), 'StatefulSet', 'camunda-zeebe');
    const [gate, jar] = at<Container[]>(brokers, 'spec', 'template', 'spec', 'initContainers');
    const [broker] = at<Container[]>(brokers, 'spec', 'template', 'spec', 'containers');
    expect(jar).toMatchObject({
      name: 'exporter-kafka',
      image: 'registry.example.com/exporters/kafka:1.2.0',
      command: ['cp', '/opt/kafka.jar', '/exporters/kafka.jar'],
    });
    expect(gate.name).toBe('dns-gate');
    const mounts = [jar, broker].map(({ volumeMounts = [] }) => volumeMounts.find(({ mountPath }) => mountPath === '/exporters')?.name);
    expect(mounts).toEqual(['exporters', 'exporters']);
  });
});

test('the jar is copied by the command of the container', () => {
  const [, { command }] = at<{ command: string[] }[]>(
    find(objectsOf(0, WITH_EXPORTERS), 'StatefulSet', 'camunda-zeebe'),
    'spec',
    'template',
    'spec',
    'initContainers',
  );
  const bed = new ScriptBed({});
  const [program, from, to] = command;
  // Paths of containers, here below a folder.
  const script = `set -e\nd=$(mktemp -d)\nmkdir -p "$d/opt" "$d/exporters"\necho jar > "$d${from}"\n${program} "$d${from}" "$d${to}"\ncat "$d${to}"\nrm -r "$d"\n`;
  expect(bed.run(script, {})).toMatchObject({ status: 0, stdout: 'jar\n' });
  bed.remove();
});

test('a registry of the user serves the image of the jar, as all others', () => {
  const settings = {
    ...withRegions({ imageRegistry: 'eu-west-2.registry.example.com/mirror' }),
    images: { registry: 'registry.example.com/all' },
    ...WITH_EXPORTERS,
  };
  const images = [0, 1].map(
    regionId =>
      at<Container[]>(find(objectsOf(regionId, settings), 'StatefulSet', 'camunda-zeebe'), 'spec', 'template', 'spec', 'initContainers')[1]
        .image,
  );
  expect(images).toEqual(['eu-west-2.registry.example.com/mirror/exporters/kafka:1.2.0', 'registry.example.com/all/exporters/kafka:1.2.0']);
});

test('a recovery knows them, with the region of their server', () => {
  const document = recoveryTopology(Topology.of({ ...DEFAULT_SETTINGS, ...WITH_EXPORTERS }));
  expect(document.furtherExporters).toEqual([{ exporterId: 'kafka', regionId: 1 }, { exporterId: 'optimize' }]);
  expect(parseRecoveryTopology(recoveryTopologyText(document), 'x')).toEqual(document);
  expect(recoveryTopology(Topology.of(DEFAULT_SETTINGS))).not.toHaveProperty('furtherExporters');
});

describe('the examples of the page', () => {
  const page = readFileSync(join(__dirname, '../../docs/exporters.md'), 'utf8');
  const examples = fencesIn(page)
    .filter(({ language }) => language === 'yaml')
    .map(({ text }) => parse(text) as Partial<DualRegionSettings>);

  test.each(examples.map(example => [example.orchestration?.exporters?.[0].exporterId, example] as const))(
    'are valid, and render: %s',
    (id, example) => {
      const settings = { ...DEFAULT_SETTINGS, ...example };
      expect(problemsOf(settings).filter(({ severity }) => severity === ProblemSeverity.ERROR)).toEqual([]);
      const text = at<string>(find(objectsOf(1, example), 'ConfigMap', 'camunda-zeebe-configuration'), 'data', 'application.yaml');
      expect(Object.keys(at<object>(parse(text), 'camunda', 'data', 'exporters'))).toContain(id);
    },
  );

  test('are two', () => {
    expect(examples).toHaveLength(2);
  });
});
