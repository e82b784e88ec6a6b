import { brokerConfiguration } from '../topology/broker-configuration';
import { CAMUNDA_VERSIONS, type CamundaVersion } from '../topology/camunda-versions';
import { PORTS } from '../topology/flows';
import { FIXED_NAMES, kubernetesNames } from '../topology/names';
import { brokerSizing } from '../topology/sizing';
import type { Topology } from '../topology/topology';
import { placeholder, VARIABLES } from './orchestration-environment';

type Value = string | number | boolean | readonly string[] | readonly User[];
type Settings = { readonly [path: string]: Value };

/** @internal */
export type ConfigTree = { [key: string]: ConfigTree | Value };

interface User {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly email: string;
}

const EVERY_ADDRESS = '0.0.0.0';
const MAX_REQUEST_SIZE = '10MB';
/** One more copy of each index survives the loss of one Elasticsearch node. */
const INDEX_REPLICAS = 1;

/**
 * The application.yaml of the orchestration pods. It is the same in both regions: everything that is the pod's own comes
 * from its environment.
 *
 * There is no license key: it has a variable of its own, and an unresolved placeholder would be taken for one.
 *
 * @see Camunda 8 docs, orchestration cluster configuration and dual-region installation
 *
 * @internal
 */
export function applicationConfig(topology: Topology): ConfigTree {
  const version = CAMUNDA_VERSIONS[topology._settings.camunda.version];
  const own = {
    ...serverSettings(version),
    ...clusterSettings(topology, version),
    ...distanceSettings(version),
    ...storageSettings(topology, version),
    ...securitySettings(),
    ...webApplicationSettings(topology, version),
  };
  return treeOf({ ...own, ...brokerConfiguration(own, topology._settings) });
}

function serverSettings({ springProfiles }: CamundaVersion): Settings {
  return {
    'spring.profiles.active': springProfiles.join(','),
    'spring.servlet.multipart.max-file-size': MAX_REQUEST_SIZE,
    'spring.servlet.multipart.max-request-size': MAX_REQUEST_SIZE,
    'server.address': EVERY_ADDRESS,
    'server.port': PORTS.rest,
    'server.tomcat.max-http-form-post-size': MAX_REQUEST_SIZE,
    'management.server.address': EVERY_ADDRESS,
    'management.server.port': PORTS.management,
    'management.server.base-path': '/',
    'camunda.api.grpc.address': EVERY_ADDRESS,
    'camunda.api.grpc.port': PORTS.gatewayGrpc,
    'camunda.system.cpu-thread-count': 3,
    'camunda.system.io-thread-count': 3,
    'camunda.system.upgrade.enable-version-check': true,
    'camunda.system.clock-controlled': false,
    'zeebe.broker.gateway.enable': true,
  };
}

function clusterSettings(topology: Topology, { settingNames, orchestration }: CamundaVersion): Settings {
  const { clusterSize, partitionCount, replicationFactor } = topology._settings.camunda;
  const { podName, serviceName, namespace } = VARIABLES;
  return {
    [settingNames.clusterName]: kubernetesNames(topology.name).zeebe,
    'camunda.cluster.node-id': placeholder(orchestration.nodeIdVariable),
    'camunda.cluster.size': clusterSize,
    'camunda.cluster.partition-count': partitionCount,
    'camunda.cluster.replication-factor': replicationFactor,
    [settingNames.contactPoints]: topology.contactPoints,
    [settingNames.networkHost]: EVERY_ADDRESS,
    // The full name: the other region could resolve a shorter one only by a search domain.
    [settingNames.advertisedHost]: `${placeholder(podName)}.${placeholder(serviceName)}.${placeholder(namespace)}.svc.cluster.local`,
    [settingNames.commandPort]: PORTS.brokerCommand,
    [settingNames.internalPort]: PORTS.brokerInternal,
  };
}

/** Time limits and compression for members that are far from each other. The engine's defaults are for one data centre. */
function distanceSettings({ settingNames }: CamundaVersion): Settings {
  return {
    [settingNames.probeTimeout]: '1000ms',
    [settingNames.probeInterval]: '2s',
    [settingNames.failureTimeout]: '10000ms',
    [settingNames.snapshotRequestTimeout]: '10s',
    [settingNames.compression]: 'GZIP',
  };
}

function storageSettings(topology: Topology, version: CamundaVersion): Settings {
  const { settingNames } = version;
  const { freeSpaceProcessingMiB, freeSpaceReplicationMiB } = brokerSizing(topology._settings);
  const secondary = 'camunda.data.secondary-storage';
  return {
    'camunda.data.snapshot-period': '5m',
    'camunda.data.primary-storage.disk.free-space.processing': `${freeSpaceProcessingMiB}MB`,
    'camunda.data.primary-storage.disk.free-space.replication': `${freeSpaceReplicationMiB}MB`,
    // It would write to the own region only, beside the two below.
    [`${secondary}.autoconfigure-camunda-exporter`]: false,
    [`${secondary}.type`]: 'elasticsearch',
    [`${secondary}.elasticsearch.url`]: `http://${FIXED_NAMES.elasticsearchHttp}:${PORTS.elasticsearch}`,
    [`${secondary}.elasticsearch.cluster-name`]: FIXED_NAMES.elasticsearch,
    [`${secondary}.elasticsearch.username`]: FIXED_NAMES.elasticsearchUser,
    [`${secondary}.elasticsearch.password`]: placeholder(VARIABLES.elasticsearchPassword),
    [settingNames.indexReplicas]: INDEX_REPLICAS,
    [settingNames.backupRepository]: FIXED_NAMES.backupRepository,
    ...Object.fromEntries(topology.exporters.flatMap(({ exporterId, url }) => Object.entries(exporterSettings(exporterId, url, version)))),
  };
}

function exporterSettings(exporterId: string, url: string, { settingNames, exporterClass }: CamundaVersion): Settings {
  const exporter = `${settingNames.exporters}.${exporterId}`;
  return {
    [`${exporter}.${settingNames.exporterClass}`]: exporterClass,
    [`${exporter}.args.connect.url`]: url,
    [`${exporter}.args.connect.username`]: FIXED_NAMES.elasticsearchUser,
    [`${exporter}.args.connect.password`]: placeholder(VARIABLES.elasticsearchPassword),
    // Exporters do not take this from the secondary storage, and their own default is no replica at all.
    [`${exporter}.args.index.numberOfReplicas`]: INDEX_REPLICAS,
  };
}

function securitySettings(): Settings {
  const { adminUser, connectorsUser } = FIXED_NAMES;
  const security = 'camunda.security';
  return {
    [`${security}.authentication.method`]: 'basic',
    [`${security}.authentication.unprotected-api`]: false,
    [`${security}.authorizations.enabled`]: true,
    [`${security}.multi-tenancy.checks-enabled`]: false,
    [`${security}.multi-tenancy.api-enabled`]: true,
    [`${security}.initialization.users`]: [
      userOf(connectorsUser, 'Connectors', VARIABLES.connectorsPassword),
      userOf(adminUser, 'Administrator', VARIABLES.adminPassword),
    ],
    [`${security}.initialization.default-roles.admin.users`]: [adminUser],
    [`${security}.initialization.default-roles.connectors.users`]: [connectorsUser],
  };
}

function userOf(username: string, name: string, passwordVariable: string): User {
  return { username, password: placeholder(passwordVariable), name, email: `${username}@example.com` };
}

function webApplicationSettings(topology: Topology, { settingNames }: CamundaVersion): Settings {
  const gateway = kubernetesNames(topology.name).zeebeGateway;
  return {
    // Sessions in Elasticsearch, so that any pod can answer the next request.
    [settingNames.persistentSessions]: true,
    'camunda.operate.zeebe.gatewayAddress': `${gateway}:${PORTS.gatewayGrpc}`,
    'camunda.tasklist.zeebe.gatewayAddress': `${gateway}:${PORTS.gatewayGrpc}`,
    'camunda.tasklist.zeebe.restAddress': `http://${gateway}:${PORTS.rest}`,
  };
}

/** Dotted paths as the tree that a reader of YAML expects. */
function treeOf(settings: Settings): ConfigTree {
  const root: ConfigTree = {};
  for (const [path, value] of Object.entries(settings)) {
    const keys = path.split('.');
    const last = keys.pop()!;
    let node = root;
    for (const key of keys) node = (node[key] ??= {}) as ConfigTree;
    node[last] = value;
  }
  return root;
}
