import { PORTS } from '../../topology/plan/flows/flows';
import { historySettings } from '../../topology/plan/history';
import { INDEX_REPLICAS } from '../../topology/plan/history-room';
import { FIXED_NAMES, kubernetesNames } from '../../topology/plan/names';
import { planOf } from '../../topology/plan-of';
import type { Topology } from '../../topology/topology';
import type { WebApplicationRuntime } from '../../topology/versions/camunda-version';
import { below, treeOf, type ConfigTree, type Settings } from './config-tree';
import { connection, databaseSettings } from './database-settings';
import { memberSettings } from './member-settings';
import { placeholder, VARIABLES } from './orchestration-environment';
import { REQUEST_SIZE } from './request-size';
import { gatewayClientTlsSettings } from './tls-settings';

/** Users and passwords are the application's own. Up to 8.9 Camunda runs no Management Identity with two regions. */
const PROFILE = 'auth';
const EXPOSED_ENDPOINTS = 'health,info,conditions,configprops,prometheus,loggers,usage-metrics,backups';

/**
 * The application.yaml of Operate or Tasklist of 8.7. It is the same in both regions, and leads to the own region's
 * Elasticsearch and gateway.
 *
 * @see Camunda 8 docs, Operate and Tasklist configuration 8.7
 *
 * @internal
 */
export function webApplicationConfig(
  topology: Topology,
  { prefix, fixedSettings, usesRest, furtherUsers }: WebApplicationRuntime,
): ConfigTree {
  const { zeebeGateway } = kubernetesNames(topology.name);
  const { version, settings } = planOf(topology);
  return treeOf({
    'spring.profiles.active': PROFILE,
    ...REQUEST_SIZE,
    'management.endpoints.web.exposure.include': EXPOSED_ENDPOINTS,
    ...databaseSettings(topology),
    ...below(prefix, {
      ...userSettings(furtherUsers),
      ...below('elasticsearch', { ...connection(topology), numberOfReplicas: INDEX_REPLICAS }),
      ...below('zeebeElasticsearch', { ...connection(topology), prefix: FIXED_NAMES.zeebeRecords }),
      'backup.repositoryName': FIXED_NAMES.backupRepository,
      ...historySettings(version.history.applications, settings),
      ...below('zeebe', {
        gatewayAddress: `${zeebeGateway}:${PORTS.gatewayGrpc}`,
        ...(usesRest ? { restAddress: planOf(topology).url(zeebeGateway, PORTS.rest) } : {}),
        ...gatewayClientTlsSettings(topology),
      }),
    }),
    ...memberSettings(topology),
    ...fixedSettings,
  });
}

/** The administrator, and a password of our own for every other user that the application would make with a known one. */
function userSettings(furtherUsers: readonly string[]): Settings {
  const { adminUser, connectorsUser } = FIXED_NAMES;
  return {
    userId: adminUser,
    displayName: 'Administrator',
    password: placeholder(VARIABLES.adminPassword),
    roles: ['OWNER'],
    ...Object.fromEntries(
      furtherUsers.flatMap(user => [
        [`${user}UserId`, connectorsUser],
        [`${user}DisplayName`, 'Connectors'],
        [`${user}Password`, placeholder(VARIABLES.connectorsPassword)],
      ]),
    ),
  };
}
