import { brokerConfiguration } from '../../topology/plan/broker-configuration';
import { PORTS } from '../../topology/plan/flows/flows';
import { historySettings } from '../../topology/plan/history';
import { INDEX_REPLICAS } from '../../topology/plan/history-room';
import { FIXED_NAMES, kubernetesNames } from '../../topology/plan/names';
import { planOf } from '../../topology/plan-of';
import type { Topology } from '../../topology/topology';
import { Architecture } from '../../topology/versions/camunda-version';
import { clusterSettings, distanceSettings, engineSettings, EVERY_ADDRESS, exporterSettings, threadSettings } from './broker-settings';
import { below, named, treeOf, type ConfigTree, type Settings } from './config-tree';
import { databaseSettings, ownElasticsearch } from './database-settings';
import { placeholder, VARIABLES } from './orchestration-environment';
import { FORM_SIZE, REQUEST_SIZE } from './request-size';
import { securitySettings } from './security-settings';
import { brokerTlsSettings, clientTlsSettings, gatewayClientTlsSettings } from './tls-settings';

/**
 * The application.yaml of the brokers. It is the same in both regions: everything that is the pod's own comes from its
 * environment.
 *
 * There is no license key: it has a variable of its own, and an unresolved placeholder would be taken for one.
 *
 * @see Camunda 8 docs, orchestration cluster configuration, broker configuration and dual-region installation
 *
 * @internal
 */
export function applicationConfig(topology: Topology): ConfigTree {
  const plan = planOf(topology);
  const own = CONTENT[plan.version.architecture](topology);
  return treeOf({ ...own, ...brokerConfiguration(own, plan.settings) });
}

const CONTENT: Readonly<Record<Architecture, (topology: Topology) => Settings>> = {
  [Architecture.COMPONENTS]: topology => ({
    ...clusterSettings(topology),
    ...engineSettings(topology),
    ...distanceSettings(planOf(topology).version),
    ...exporterSettings(topology),
    ...databaseSettings(topology),
  }),
  [Architecture.ORCHESTRATION]: topology => ({
    ...serverSettings(topology),
    ...clientTlsSettings(topology),
    ...clusterSettings(topology),
    ...distanceSettings(planOf(topology).version),
    ...engineSettings(topology),
    ...secondaryStorageSettings(topology),
    ...exporterSettings(topology),
    ...securitySettings(topology),
    ...brokerTlsSettings(topology),
    ...webApplicationSettings(topology),
  }),
};

function serverSettings(topology: Topology): Settings {
  const { version, settings } = planOf(topology);
  const { profiles, webApplicationProfiles } = version.orchestration;
  const left = settings.recovery.recreatedRegion === undefined ? [] : webApplicationProfiles;
  return {
    'spring.profiles.active': profiles.filter(profile => !left.includes(profile)).join(','),
    ...REQUEST_SIZE,
    'server.address': EVERY_ADDRESS,
    'server.port': PORTS.rest,
    ...FORM_SIZE,
    'management.server.address': EVERY_ADDRESS,
    'management.server.port': PORTS.management,
    'management.server.base-path': '/',
    'camunda.api.grpc.address': EVERY_ADDRESS,
    'camunda.api.grpc.port': PORTS.gatewayGrpc,
    ...threadSettings(version),
    'camunda.system.upgrade.enable-version-check': true,
    'camunda.system.clock-controlled': false,
    'camunda.system.validate-restore-config': true,
    'zeebe.broker.gateway.enable': true,
  };
}

function secondaryStorageSettings(topology: Topology): Settings {
  const { version, settings } = planOf(topology);
  const { settingNames, history } = version;
  const secondary = 'camunda.data.secondary-storage';
  return {
    // It would write to the own region only, beside those of both regions.
    [`${secondary}.autoconfigure-camunda-exporter`]: false,
    [`${secondary}.type`]: 'elasticsearch',
    ...below(`${secondary}.elasticsearch`, {
      url: ownElasticsearch(topology),
      'cluster-name': FIXED_NAMES.elasticsearch,
      username: FIXED_NAMES.elasticsearchUser,
      password: placeholder(VARIABLES.elasticsearchPassword),
    }),
    ...named(settingNames.indexReplicas, INDEX_REPLICAS),
    ...named(settingNames.backupRepository, FIXED_NAMES.backupRepository),
    ...historySettings(history.brokers, settings),
  };
}

function webApplicationSettings(topology: Topology): Settings {
  const gateway = kubernetesNames(topology.name).zeebeGateway;
  const plan = planOf(topology);
  return {
    // Sessions in Elasticsearch, so that any pod can answer the next request.
    ...named(plan.version.settingNames.persistentSessions, true),
    ...Object.fromEntries(
      ['camunda.operate.zeebe', 'camunda.tasklist.zeebe'].flatMap(parent =>
        Object.entries(below(parent, { gatewayAddress: `${gateway}:${PORTS.gatewayGrpc}`, ...gatewayClientTlsSettings(topology) })),
      ),
    ),
    'camunda.tasklist.zeebe.restAddress': plan.url(gateway, PORTS.rest),
  };
}
