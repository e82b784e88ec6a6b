/**
 * Settings of brokers whose value this library computes, and those that are the same in other versions of Camunda.
 *
 * @internal
 */
export const OWNED_SETTINGS: readonly string[] = [
  'spring.profiles.active',
  'spring.servlet.multipart.max-file-size',
  'spring.servlet.multipart.max-request-size',
  'server.address',
  'server.port',
  'server.ssl',
  'server.tomcat.max-http-form-post-size',
  'management.server.address',
  'management.server.port',
  'management.server.base-path',
  'management.server.ssl',
  'camunda.api.grpc.address',
  'camunda.api.grpc.port',
  'camunda.api.grpc.ssl',
  'camunda.system.cpu-thread-count',
  'camunda.system.io-thread-count',
  'camunda.system.upgrade.enable-version-check',
  'camunda.system.clock-controlled',
  'camunda.system.validate-restore-config',
  'camunda.license.key',
  'camunda.cluster.name',
  'camunda.cluster.node-id',
  'camunda.cluster.size',
  'camunda.cluster.partition-count',
  'camunda.cluster.replication-factor',
  'camunda.cluster.initial-contact-points',
  // One tenant: others would have no exporter to the other region.
  'camunda.cluster.zone',
  'camunda.cluster.partitioning',
  'camunda.physical-tenants',
  'camunda.cluster.compression-algorithm',
  'camunda.cluster.membership.probe-timeout',
  'camunda.cluster.membership.probe-interval',
  'camunda.cluster.membership.failure-timeout',
  'camunda.cluster.raft.snapshot-request-timeout',
  'camunda.cluster.network.host',
  'camunda.cluster.network.advertised-host',
  'camunda.cluster.network.command-api.port',
  'camunda.cluster.network.internal-api.port',
  'camunda.data.exporters',
  'camunda.data.snapshot-period',
  'camunda.data.primary-storage.disk.free-space.processing',
  'camunda.data.primary-storage.disk.free-space.replication',
  'camunda.data.secondary-storage.autoconfigure-camunda-exporter',
  'camunda.data.secondary-storage.type',
  'camunda.data.secondary-storage.elasticsearch.url',
  'camunda.data.secondary-storage.elasticsearch.cluster-name',
  'camunda.data.secondary-storage.elasticsearch.username',
  'camunda.data.secondary-storage.elasticsearch.password',
  'camunda.data.secondary-storage.elasticsearch.number-of-replicas',
  'camunda.data.secondary-storage.elasticsearch.backup.repository-name',
  // Camunda's user may use indices of these names alone.
  'camunda.data.secondary-storage.elasticsearch.index-prefix',
  'camunda.database.indexPrefix',
  'camunda.operate.archiver.ilmEnabled',
  'camunda.operate.archiver.ilmMinAgeForDeleteArchivedIndices',
  'camunda.operate.elasticsearch.indexPrefix',
  'camunda.operate.zeebeElasticsearch.prefix',
  'camunda.tasklist.archiver.ilmEnabled',
  'camunda.tasklist.archiver.ilmMinAgeForDeleteArchivedIndices',
  'camunda.tasklist.elasticsearch.indexPrefix',
  'camunda.tasklist.zeebeElasticsearch.prefix',
  'camunda.persistent.sessions.enabled',
  'camunda.security.authentication.method',
  'camunda.security.authentication.unprotected-api',
  'camunda.security.authorizations.enabled',
  'camunda.security.multi-tenancy.checks-enabled',
  'camunda.security.multi-tenancy.api-enabled',
  ...['users', 'groups', 'roles', 'mapping-rules', 'authorizations', 'default-roles'].map(
    name => `camunda.security.initialization.${name}`,
  ),
  'camunda.security.transport-layer-security.cluster',
  'camunda.operate.zeebe.gatewayAddress',
  'camunda.operate.zeebe.secure',
  'camunda.operate.zeebe.certificatePath',
  'camunda.tasklist.zeebe.gatewayAddress',
  'camunda.tasklist.zeebe.secure',
  'camunda.tasklist.zeebe.certificatePath',
  'camunda.tasklist.zeebe.restAddress',
  // Older names of the same: beside the new ones they stop the start-up or are ignored.
  'camunda.database.type',
  'camunda.operate.database',
  'camunda.tasklist.database',
  'zeebe.broker.gateway.enable',
  'zeebe.broker.gateway.security',
  'zeebe.gateway.security',
  'zeebe.broker.cluster.nodeId',
  'zeebe.broker.cluster.clusterSize',
  'zeebe.broker.cluster.clusterName',
  'zeebe.broker.cluster.partitionsCount',
  'zeebe.broker.cluster.replicationFactor',
  'zeebe.broker.cluster.initialContactPoints',
  'zeebe.broker.cluster.messageCompression',
  'zeebe.broker.experimental.partitioning',
  'zeebe.broker.network',
  'zeebe.broker.exporters',
  'zeebe.broker.data.disk.freeSpace',
  'zeebe.broker.data.diskUsageCommandWatermark',
  'zeebe.broker.data.diskUsageReplicationWatermark',
];

/**
 * Variables of the main containers that this library sets, and what start-up scripts make of them.
 *
 * @internal
 */
export const OWNED_VARIABLES: readonly string[] = [
  'LC_ALL',
  'JAVA_TOOL_OPTIONS',
  'ES_JAVA_OPTS',
  'ZONE',
  'DOCUMENT_DEFAULT_STORE_ID',
  'DOCUMENT_STORE_INMEMORY_CLASS',
  'MANAGEMENT_CONTEXTPATH',
  'MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE',
  'MANAGEMENT_ENDPOINT_HEALTH_SHOWDETAILS',
  'MANAGEMENT_ENDPOINT_HEALTH_SHOWCOMPONENTS',
  'MANAGEMENT_ENDPOINT_HEALTH_GROUP_READINESS_INCLUDE',
  'LOGGING_LEVEL_IO_CAMUNDA_CONNECTOR',
  'CAMUNDA_CLIENT_MODE',
  'CAMUNDA_CLIENT_RESTADDRESS',
  'CAMUNDA_CLIENT_GRPCADDRESS',
  'CAMUNDA_CLIENT_CACERTIFICATEPATH',
  'CAMUNDA_CLIENT_ZEEBE_CACERTIFICATEPATH',
  'CAMUNDA_CLIENT_WORKER_DEFAULTS_MAXJOBSACTIVE',
  'CAMUNDA_CLIENT_WORKER_DEFAULTS_STREAMENABLED',
  'CAMUNDA_CLIENT_AUTH_METHOD',
  'CAMUNDA_CLIENT_AUTH_USERNAME',
  'CAMUNDA_CLIENT_AUTH_PASSWORD',
  'CAMUNDA_CLIENT_AUTH_CLIENTID',
  'CAMUNDA_CLIENT_AUTH_CLIENTSECRET',
  'CAMUNDA_CLIENT_AUTH_TOKENURL',
  'CAMUNDA_CLIENT_AUTH_AUDIENCE',
  'CAMUNDA_CLIENT_AUTH_SCOPE',
  'CAMUNDA_CONNECTOR_HEADLESS_SERVICEURL',
  'CAMUNDA_CONNECTOR_WEBHOOK_ENABLED',
  'CAMUNDA_CONNECTOR_POLLING_ENABLED',
  'CAMUNDA_CONNECTOR_AGENTICAI_ENABLED',
];

/**
 * Settings of Elasticsearch that this library computes.
 *
 * @internal
 */
export const OWNED_SEARCH_SETTINGS: readonly string[] = [
  'node.store.allow_mmap',
  'logger.org.elasticsearch.deprecation',
  'node.attr.zone',
  'cluster.routing.allocation.awareness.attributes',
];

/**
 * What Elasticsearch is given to keep snapshots, as long as it does so here.
 *
 * @internal
 */
export const SNAPSHOT_NAMES = {
  variables: ['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_REGION', 'AWS_STS_REGIONAL_ENDPOINTS'],
  settings: ['default', 'region0', 'region1'].flatMap(client => ['region', 'endpoint'].map(name => `s3.client.${client}.${name}`)),
} as const;
