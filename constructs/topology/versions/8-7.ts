import { COMPONENTS_FLOWS } from '../plan/flows/components-flows';
import { Party, PORTS } from '../plan/flows/flows';
import { Architecture, ContactPointForm, type CamundaVersion } from './camunda-version';
import { CONNECTORS_8_7 } from './connectors-runtime';
import { ELASTICSEARCH_EXPORTER } from './exporter-kinds';
import { WEB_APPLICATION_HISTORY } from './history-names';
import { camundaImage, ELASTICSEARCH_IMAGE } from './images';
import { DOCUMENTS_8_7, SETTING_NAMES_8_7 } from './setting-names';
import { GATEWAY_TLS_8_7 } from './tls-names';

/** Brokers, gateways, Operate and Tasklist are of the same patch. */
const PATCH = '8.7.41';
const ZEEBE = camundaImage('zeebe', PATCH);
const GATEWAY_PORTS = [
  { name: 'http', port: PORTS.management },
  { name: 'gateway', port: PORTS.gatewayGrpc },
  { name: 'rest', port: PORTS.rest },
];

/**
 * @see Camunda release announcements and supported environments, 8.7
 *
 * @internal
 */
export const CAMUNDA_8_7: CamundaVersion = {
  minor: '8.7',
  architecture: Architecture.COMPONENTS,
  supportedUntil: { value: '2026-10-13', source: 'metadata of the official chart, and release notes of Camunda', seen: '2026-11-30' },
  images: { camunda: ZEEBE, connectors: camundaImage('connectors-bundle', '8.7.23'), elasticsearch: ELASTICSEARCH_IMAGE },
  elasticsearchVersions: [{ major: 8, oldestMinor: 13 }],
  exporter: ELASTICSEARCH_EXPORTER,
  contactPoints: ContactPointForm.PODS,
  flows: COMPONENTS_FLOWS,
  orchestration: {
    containerName: 'zeebe',
    ports: [
      { name: 'http', port: PORTS.management },
      { name: 'command', port: PORTS.brokerCommand },
      { name: 'internal', port: PORTS.brokerInternal },
    ],
    configMapSuffix: '',
    configurationFile: '/usr/local/zeebe/config/application.yaml',
    dataFolder: '/usr/local/zeebe/data',
    errorFile: 'zeebe_error%p.log',
    nodeIdVariable: 'ZEEBE_BROKER_CLUSTER_NODEID',
    startCommand: '/usr/local/zeebe/bin/broker',
    restoreCommand: '/usr/local/zeebe/bin/restore',
    profiles: [],
    webApplicationProfiles: [],
  },
  gatewayService: { party: Party.GATEWAY, ports: GATEWAY_PORTS },
  settingNames: SETTING_NAMES_8_7,
  // A day and a week. `@see` camunda/camunda stable/8.7, DateOfArchivedDocumentsUtil: only single-unit values
  history: { brokers: {}, applications: WEB_APPLICATION_HISTORY, indexDays: [1, 7] },
  tls: { gateway: GATEWAY_TLS_8_7 },
  fixedSettings: {
    'zeebe.broker.gateway.enable': false,
    'zeebe.broker.network.monitoringApi.port': PORTS.management,
    'zeebe.broker.data.diskUsageCommandWatermark': 0.85,
    'zeebe.broker.data.diskUsageReplicationWatermark': 0.87,
    'zeebe.broker.backpressure.aimd.requestTimeout': '1s',
  },
  documents: DOCUMENTS_8_7,
  connectors: CONNECTORS_8_7,
  components: {
    gateway: {
      image: ZEEBE,
      configurationFile: '/usr/local/zeebe/config/application.yaml',
      ports: [...GATEWAY_PORTS, { name: 'internal', port: PORTS.brokerInternal }],
    },
    operate: {
      image: camundaImage('operate', PATCH),
      configurationFile: '/usr/local/operate/config/application.yaml',
      migrationCommand: ['/bin/sh', '/usr/local/operate/bin/migrate'],
      readinessTimeoutSeconds: 1,
      variables: { ZEEBE_CLIENT_CONFIG_PATH: '/tmp/zeebe_auth_cache' },
      prefix: 'camunda.operate',
      fixedSettings: { 'logging.level.ROOT': 'INFO', 'logging.level.io.camunda.operate': 'INFO' },
      usesRest: false,
      furtherUsers: [],
    },
    tasklist: {
      image: camundaImage('tasklist', PATCH),
      configurationFile: '/usr/local/tasklist/config/application.yaml',
      readinessTimeoutSeconds: 5,
      variables: {},
      prefix: 'camunda.tasklist',
      fixedSettings: {},
      usesRest: true,
      furtherUsers: ['reader', 'operator'],
    },
  },
  // Operate and Tasklist make the schema, and are not installed there until the data is restored.
  recreatedEnvironment: {},
  failover: { method: 'POST', path: '/actuator/cluster/brokers', names: 'remaining' },
  failback: { method: 'POST', path: '/actuator/cluster/brokers', names: 'all', applicationsReturn: 'before-exporters' },
  supports: { activeActive: false, scaling: false, graviton: false },
};
