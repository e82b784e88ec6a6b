import { FLOWS, Party } from '../plan/flows/flows';
import { Architecture, ContactPointForm, type CamundaVersion } from './camunda-version';
import { CONNECTORS_8_8 } from './connectors-runtime';
import { CAMUNDA_EXPORTER_8_9 } from './exporter-kinds';
import { BROKER_HISTORY_8_9 } from './history-names';
import { camundaImage, ELASTICSEARCH_IMAGE } from './images';
import { ORCHESTRATION_GATEWAY_PORTS, ORCHESTRATION_PORTS } from './orchestration-ports';
import { DOCUMENTS_8_8, SETTING_NAMES_8_9 } from './setting-names';
import { BROKER_TLS_8_9, GATEWAY_TLS_8_8 } from './tls-names';
import { USERS_8_9 } from './users/users-runtime';

/**
 * @see Camunda release announcements and supported environments, 8.9
 *
 * @internal
 */
export const CAMUNDA_8_9: CamundaVersion = {
  minor: '8.9',
  architecture: Architecture.ORCHESTRATION,
  supportedUntil: {
    // Sources disagree, and the earliest counts: the chart's metadata say a day more, the first announcement a year and a day.
    value: '2027-10-12',
    source: 'Camunda 8 docs 8.9, release announcements: overview',
    seen: '2026-11-30',
  },
  images: {
    camunda: camundaImage('camunda', '8.9.26'),
    connectors: camundaImage('connectors-bundle', '8.9.14'),
    elasticsearch: ELASTICSEARCH_IMAGE,
  },
  elasticsearchVersions: [
    { major: 8, oldestMinor: 19 },
    { major: 9, oldestMinor: 2 },
  ],
  exporter: CAMUNDA_EXPORTER_8_9,
  contactPoints: ContactPointForm.SERVICES,
  flows: FLOWS,
  orchestration: {
    containerName: 'orchestration',
    ports: ORCHESTRATION_PORTS,
    configMapSuffix: '',
    configurationFile: '/usr/local/camunda/config/application.yaml',
    dataFolder: '/usr/local/camunda/data',
    errorFile: 'camunda_error%p.log',
    nodeIdVariable: 'VALUES_ORCHESTRATION_NODE_ID',
    startCommand: 'camunda',
    restoreCommand: 'restore',
    profiles: ['admin', 'broker', 'operate', 'tasklist', 'consolidated-auth'],
    webApplicationProfiles: ['operate', 'tasklist'],
  },
  gatewayService: { party: Party.ORCHESTRATION, ports: ORCHESTRATION_GATEWAY_PORTS },
  settingNames: SETTING_NAMES_8_9,
  history: { brokers: BROKER_HISTORY_8_9, applications: {} },
  tls: { gateway: GATEWAY_TLS_8_8, betweenBrokers: BROKER_TLS_8_9 },
  fixedSettings: {},
  documents: DOCUMENTS_8_8,
  connectors: CONNECTORS_8_8,
  users: USERS_8_9,
  recreatedEnvironment: { CAMUNDA_DATABASE_SCHEMAMANAGER_CREATESCHEMA: 'false' },
  failover: { method: 'PATCH', path: '/actuator/cluster', names: 'removed' },
  failback: { method: 'PATCH', path: '/actuator/cluster', names: 'added', applicationsReturn: 'last' },
  supports: { activeActive: true, scaling: true, graviton: true },
};
