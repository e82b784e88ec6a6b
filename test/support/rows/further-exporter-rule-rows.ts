import { Party } from '../../../constructs/topology/plan/flows/flows';
import type { ExporterSettings } from '../../../constructs/topology/settings/exporters';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { withSettings } from '../settings/changed-settings';
import type { Row } from './setting-rule-rows';

const PASSWORD = [{ name: 'KAFKA_PASSWORD', secretName: 'kafka', secretKey: 'password' }];
const KAFKA: ExporterSettings = { exporterId: 'kafka', className: 'com.example.KafkaExporter' };
const JAR = { image: 'registry.example.com/exporters/kafka:1.2.0', path: '/kafka.jar' };

function exporters(...changes: readonly object[]): DualRegionSettings {
  return withSettings({ orchestration: { exporters: changes.map(change => ({ ...KAFKA, ...change })), pod: { environment: PASSWORD } } });
}

const at = (path: string): string => `orchestration.exporters[0].${path}`;
const jar = (changes: object): DualRegionSettings => exporters({ jar: { ...JAR, ...changes } });

export const FURTHER_EXPORTER_ERRORS: Row[] = [
  [
    'exporter',
    'orchestration.exporters',
    'kafka',
    withSettings({ orchestration: { exporters: 'kafka' as unknown as ExporterSettings[] } }),
  ],
  ...['Kafka', 'kafka-1', '1kafka', '', 'a'.repeat(51), 'camundaregion0', 'elasticsearchregion1', 'camundaexporter'].map(
    (exporterId): Row => ['exporter', at('exporterId'), exporterId, exporters({ exporterId })],
  ),
  ['exporter', at('className'), undefined, exporters({ className: undefined })],
  ['exporter', at('className'), 'KafkaExporter', exporters({ className: 'KafkaExporter' })],
  ['exporter', at('jar'), '/kafka.jar', exporters({ jar: '/kafka.jar' })],
  ...[
    'kafka',
    'exporters/kafka',
    'registry.example.com/exporters/kafka',
    'registry.example.com/kafka:latest',
    'https://registry.example.com/kafka:1',
  ].map((image): Row => ['exporter', at('jar.image'), image, jar({ image })]),
  ...['kafka.jar', '/kafka', '/a b.jar'].map((path): Row => ['exporter', at('jar.path'), path, jar({ path })]),
  ['exporter', at('arguments'), 'x', exporters({ arguments: 'x' })],
  ['exporter', at('arguments.batch'), 5, exporters({ arguments: { batch: 5 } })],
  ['exporter', at('regionId'), 2, exporters({ regionId: 2 })],
  ['exporter-twice', 'orchestration.exporters[1].exporterId', 'kafka', exporters({}, {})],
  [
    'clear-text-secret',
    at('arguments.producer.password'),
    'a string for producer.password',
    exporters({ arguments: { 'producer.password': 'x' } }),
  ],
  ...['https://jane:secret@kafka.example.com', 'org.example.Plain required username="a" password="b";'].map((value): Row => [
    'clear-text-secret',
    at('arguments.producer.config'),
    'a string for producer.config',
    exporters({ arguments: { 'producer.config': value } }),
  ]),
  ['exporter-argument', at('arguments.producer.topic'), 'x', exporters({ arguments: { producer: 'x', 'producer.topic': 'x' } })],
  [
    'pod-owned',
    'orchestration.pod.configuration.camunda.data.exporters.kafka.class-name',
    'com.example.KafkaExporter',
    withSettings({ orchestration: { pod: { configuration: { 'camunda.data.exporters.kafka.class-name': 'com.example.KafkaExporter' } } } }),
  ],
];

const reaching = (path: string, value: string, server: string): Row => [
  'exporter-flow',
  at(`arguments.${path}`),
  server,
  exporters({ arguments: { [path]: value } }),
];

export const FURTHER_EXPORTER_WARNINGS: Row[] = [
  reaching('producer.servers', 'a.example.com:9093,b.example.com:9093', 'a.example.com:9093'),
  reaching('url', 'https://search.example.com/', 'https://search.example.com'),
  reaching('url', 'https://jane:${KAFKA_PASSWORD}@search.example.com:9200', 'search.example.com:9200'),
  reaching('url', 'http://kafka.messaging.svc:8082', 'http://kafka.messaging.svc:8082'),
  ['variable-unknown', at('arguments.password'), '${KAFKA_PASSWROD}', exporters({ arguments: { password: '${KAFKA_PASSWROD}' } })],
  [
    'variable-unknown',
    'orchestration.pod.configuration.my.client-secret',
    '${MY_SECRET}',
    withSettings({ orchestration: { pod: { configuration: { 'my.client-secret': '${MY_SECRET}' } } } }),
  ],
];

const TO_KAFKA = { source: { party: Party.ORCHESTRATION }, target: { cidr: '198.51.100.0/24' }, port: 9093, purpose: 'records' };

export const FURTHER_EXPORTERS_ALLOWED: DualRegionSettings[] = [
  exporters({}),
  { ...exporters({ arguments: { servers: 'kafka.example.com:9093' } }), extraFlows: [TO_KAFKA] },
  { ...exporters({ arguments: { url: 'https://search.example.com/' } }), documents: { store: 's3' } },
  // Those of this library are reached anyway, and what is no address needs no way.
  exporters({ arguments: { url: 'https://elasticsearch-es-masters.camunda-london.svc.cluster.local:9200' } }),
  exporters({
    arguments: { serializer: 'com.example.Json', at: '10:30', servers: '${KAFKA_SERVERS:}', node: '${K8S_NAME}', ratio: '1.5' },
  }),
  exporters({ jar: JAR, regionId: 1, arguments: { 'producer.topic': 'records', 'producer.password': '${KAFKA_PASSWORD}' } }),
  exporters(
    { jar: { ...JAR, image: 'localhost:5000/kafka:1' } },
    { exporterId: 'optimize', className: 'io.camunda.zeebe.exporter.ElasticsearchExporter' },
  ),
];
