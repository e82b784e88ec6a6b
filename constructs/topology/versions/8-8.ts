import { MIGRATION_FLOWS } from '../plan/flows/components-flows';
import { FLOWS, Party } from '../plan/flows/flows';
import { Architecture, ContactPointForm, type CamundaVersion } from './camunda-version';
import { CONNECTORS_8_8 } from './connectors-runtime';
import { CAMUNDA_EXPORTER, ELASTICSEARCH_EXPORTER } from './exporter-kinds';
import { BROKER_HISTORY_8_8 } from './history-names';
import { camundaImage, ELASTICSEARCH_IMAGE } from './images';
import { ORCHESTRATION_GATEWAY_PORTS, ORCHESTRATION_PORTS } from './orchestration-ports';
import { DOCUMENTS_8_8, SETTING_NAMES_8_8 } from './setting-names';
import { BROKER_TLS_8_8, GATEWAY_TLS_8_8 } from './tls-names';
import { USERS_8_8 } from './users/users-runtime';

/**
 * @see Camunda release announcements and supported environments, 8.8
 *
 * @internal
 */
export const CAMUNDA_8_8: CamundaVersion = {
  minor: '8.8',
  architecture: Architecture.ORCHESTRATION,
  supportedUntil: {
    value: '2027-04-13',
    source: 'release announcements of Camunda, and metadata of the official chart',
    seen: '2026-11-30',
  },
  images: {
    camunda: camundaImage('camunda', '8.8.40'),
    connectors: camundaImage('connectors-bundle', '8.8.17'),
    elasticsearch: ELASTICSEARCH_IMAGE,
  },
  elasticsearchVersions: [{ major: 8, oldestMinor: 16 }],
  exporter: CAMUNDA_EXPORTER,
  contactPoints: ContactPointForm.PODS,
  flows: FLOWS,
  orchestration: {
    containerName: 'orchestration',
    ports: ORCHESTRATION_PORTS,
    configMapSuffix: '-unified',
    configurationFile: '/usr/local/camunda/config/application.yaml',
    dataFolder: '/usr/local/camunda/data',
    errorFile: 'camunda_error%p.log',
    nodeIdVariable: 'VALUES_ORCHESTRATION_NODE_ID',
    startCommand: '/usr/local/camunda/bin/camunda',
    restoreCommand: '/usr/local/camunda/bin/restore',
    profiles: ['broker', 'identity', 'operate', 'tasklist', 'consolidated-auth'],
    webApplicationProfiles: ['operate', 'tasklist'],
  },
  gatewayService: { party: Party.ORCHESTRATION, ports: ORCHESTRATION_GATEWAY_PORTS },
  settingNames: SETTING_NAMES_8_8,
  history: { brokers: BROKER_HISTORY_8_8, applications: {} },
  tls: { gateway: GATEWAY_TLS_8_8, betweenBrokers: BROKER_TLS_8_8 },
  fixedSettings: {},
  documents: DOCUMENTS_8_8,
  connectors: CONNECTORS_8_8,
  users: USERS_8_8,
  migration: {
    from: '8.7',
    exporter: ELASTICSEARCH_EXPORTER,
    flows: MIGRATION_FLOWS,
    importer: {
      profiles: ['operate', 'tasklist', 'consolidated-auth'],
      variables: {
        // The brokers make the users.
        CAMUNDA_SECURITY_INITIALIZATION: '',
        CAMUNDA_OPERATE_IMPORTERENABLED: 'true',
        CAMUNDA_OPERATE_WEBAPPENABLED: 'false',
        CAMUNDA_TASKLIST_IMPORTERENABLED: 'true',
        CAMUNDA_TASKLIST_WEBAPPENABLED: 'false',
      },
      history: {},
    },
    job: {
      command: '/usr/local/camunda/bin/data-migration',
      profiles: ['process-migration', 'task-migration', 'usage-metric-migration'],
      variables: {},
      // Tasks of 8.7, once they are taken over.
      history: { age: 'MIGRATION_TASKS_LEGACYINDEXRETENTIONAGE' },
    },
  },
  recreatedEnvironment: { CAMUNDA_DATABASE_SCHEMAMANAGER_CREATESCHEMA: 'false' },
  failover: { method: 'PATCH', path: '/actuator/cluster', names: 'removed' },
  failback: { method: 'PATCH', path: '/actuator/cluster', names: 'added', applicationsReturn: 'last' },
  supports: { activeActive: false, scaling: false, graviton: false },
};
