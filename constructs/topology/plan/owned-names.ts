import type { WorkloadName } from '../settings/pod';

/**
 * Names that differ only in case and punctuation are one: Spring reads a variable `CAMUNDA_CLUSTER_SIZE` as the setting
 * `camunda.cluster.size`.
 *
 * @see Spring Boot reference, relaxed binding
 *
 * @internal
 */
export function canonicalName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/**
 * The variable by which Spring knows a setting.
 *
 * @see Spring Boot reference, binding from environment variables
 *
 * @internal
 */
export function variableOf(path: string): string {
  return path
    .replaceAll('-', '')
    .replace(/\[(\d+)\]/g, '.$1')
    .replaceAll('.', '_')
    .toUpperCase();
}

/** Settings of brokers whose value this library computes, and those that are the same in other versions of Camunda. */
const OWNED_SETTINGS: readonly string[] = [
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
  'zeebe.broker.network',
  'zeebe.broker.exporters',
  'zeebe.broker.data.disk.freeSpace',
  'zeebe.broker.data.diskUsageCommandWatermark',
  'zeebe.broker.data.diskUsageReplicationWatermark',
];

/** The same, by what a name is compared by that is one of them, as a path or as a variable. */
const OWNED: ReadonlyMap<string, string> = new Map(
  OWNED_SETTINGS.flatMap(path => [path, variableOf(path)].flatMap(name => comparedNames(name).slice(-1)).map(name => [name, path])),
);

/** The first of them, by what a name is compared by that is one of them or lies above. */
const OWNED_BELOW: ReadonlyMap<string, string> = new Map(
  [...OWNED_SETTINGS].reverse().flatMap(path => [path, variableOf(path)].flatMap(comparedNames).map(name => [name, path])),
);

/** Settings for users whose variable, with `_` for each hyphen, looks like one below a setting of this library. */
const FREE_SETTINGS: readonly string[] = ['camunda.data.secondary-storage.elasticsearch.number-of-replicas-per-index'];

/** Variables of the main containers that this library sets, and what start-up scripts make of them. */
const OWNED_VARIABLES: readonly string[] = [
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
const VARIABLE_BY_CANONICAL_NAME: ReadonlyMap<string, string> = new Map(OWNED_VARIABLES.map(name => [canonicalName(name), name]));

/** Prefixes of what connects pods with their scripts, and of what the image of Elasticsearch turns into settings. */
const OWNED_PREFIXES = /^(K8S|VALUES|DNS_GATE|ZEEBE_RESTORE|ES_SETTING)_/i;

/** Settings of Elasticsearch that this library computes. */
const OWNED_SEARCH_SETTINGS: readonly string[] = [
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

/** Names whose value is no secret, though they speak of one: a place, a length of time, a switch. */
const NO_SECRET = /(name|path|file|url|uri|enabled?|timeout|interval|validity|length|type|method|algorithm|policy)$/;
const SECRET = /(password|passwd|passphrase|secret|token|credentials?|apikey|accesskey|privatekey|licensekey|licencekey)/;

/**
 * The name that this library owns and the given path would replace, or undefined. What lies above or below a setting of this
 * library belongs to it as well. Where a workload takes settings as variables, they are judged as such.
 *
 * @param also settings of Elasticsearch that this library owns too
 *
 * @internal
 */
export function conflictingSetting(path: string, workload: WorkloadName, also: readonly string[] = []): string | undefined {
  if (workload === 'elasticsearch') return overlapOf(path, [...OWNED_SEARCH_SETTINGS, ...also]);
  const [name] = comparedNames(path).slice(-1);
  return (workload === 'orchestration' ? (OWNED_BELOW.get(name) ?? ownedAbove(path)) : undefined) ?? ownerOfVariable(variableOf(path));
}

/**
 * The same for the name of a variable.
 *
 * @param also variables that this library owns too
 *
 * @internal
 */
export function ownerOfVariable(name: string, also: readonly string[] = []): string | undefined {
  if (OWNED_PREFIXES.test(name) || also.includes(name)) return name;
  if (FREE_SETTINGS.some(path => partsBelow(name, path) !== undefined)) return undefined;
  const canonical = canonicalName(name);
  return VARIABLE_BY_CANONICAL_NAME.get(canonical) ?? OWNED.get(canonical) ?? ownedAbove(name);
}

function ownedAbove(name: string): string | undefined {
  return comparedNames(name).flatMap(above => OWNED.get(above) ?? [])[0];
}

/** What a path or a variable is compared by, after what is compared for all that lies above it. */
function comparedNames(name: string): string[] {
  const parts = isPath(name) ? segmentsOf(name).map(segment => `${segment}.`) : name.split('_').map(canonicalName);
  return parts.map((_, i) => parts.slice(0, i + 1).join(''));
}

/**
 * Among settings, the one that is the given one, lies above it or lies below it.
 *
 * @internal
 */
export function overlapOf(path: string, owned: readonly string[]): string | undefined {
  return owned.find(other => partsBelow(path, other) !== undefined || partsBelow(other, path) !== undefined);
}

/**
 * What a setting or a variable has below another one, if it lies there. In a variable, `_` stands for a dot, and for a hyphen or for
 * nothing within a name: so what it says is compared up to each `_`.
 *
 * @internal
 */
export function partsBelow(name: string, parent: string): string[] | undefined {
  if (isPath(name) && isPath(parent)) {
    const parents = segmentsOf(parent);
    return segmentsOf(name).slice(0, parents.length).join('.') === parents.join('.') ? name.split('.').slice(parents.length) : undefined;
  }
  // Case does not matter in a variable; in a file, another spelling would be another exporter.
  const parts = isPath(name) ? name.split('.') : name.toLowerCase().split('_');
  const above = canonicalName(parent);
  const depth = parts.findIndex((_, i) => canonicalName(parts.slice(0, i + 1).join('')) === above);
  return depth === -1 ? undefined : parts.slice(depth + 1);
}

function isPath(name: string): boolean {
  return name.includes('.') || !name.includes('_');
}

/**
 * Whether a name speaks of a password or another secret, so that its value must not be written in clear text.
 *
 * @internal
 */
export function namesSecret(name: string): boolean {
  const letters = canonicalName(name);
  return SECRET.test(letters) && !NO_SECRET.test(letters);
}

/**
 * Whether a value only refers to a secret: a placeholder of Spring, or one of a template of External Secrets.
 *
 * @internal
 */
export function refersToSecret(value: string): boolean {
  return /^\$\{[A-Za-z_][A-Za-z0-9_.]*\}$/.test(value) || /^\{\{ \.\w+ \}\}$/.test(value);
}

/**
 * The parts of a setting, or of the variable by which Spring knows it, as they compare.
 *
 * @internal
 */
export function segmentsOf(name: string): string[] {
  return name
    .replace(/\[\d+\]/g, '')
    .split(name.includes('.') ? '.' : '_')
    .map(canonicalName);
}
