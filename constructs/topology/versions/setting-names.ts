/**
 * Paths of the settings that are named differently in other versions. A version must be given its own names only: an old
 * name beside the new one stops the start-up or is ignored. None where a version has no such setting or its default is
 * right, several where it has one for brokers and one for their gateway.
 *
 * @internal
 */
export interface SettingNames {
  readonly clusterName: readonly string[];
  readonly nodeId: readonly string[];
  readonly clusterSize: readonly string[];
  readonly partitionCount: readonly string[];
  readonly replicationFactor: readonly string[];
  readonly contactPoints: readonly string[];
  readonly networkHost: readonly string[];
  readonly advertisedHost: readonly string[];
  readonly commandPort: readonly string[];
  readonly internalPort: readonly string[];
  readonly probeTimeout: readonly string[];
  readonly probeInterval: readonly string[];
  readonly failureTimeout: readonly string[];
  readonly snapshotRequestTimeout: readonly string[];
  readonly compression: readonly string[];
  readonly snapshotPeriod: readonly string[];
  readonly freeSpaceForProcessing: readonly string[];
  readonly freeSpaceForReplication: readonly string[];
  readonly rocksDbStrategy: readonly string[];
  readonly cpuThreads: readonly string[];
  readonly ioThreads: readonly string[];
  readonly indexReplicas: readonly string[];
  readonly backupRepository: readonly string[];
  readonly persistentSessions: readonly string[];
  /** Parent of the exporters, each under its id. */
  readonly exporters: string;
  readonly exporterClass: string;
  readonly exporterJar: string;
}

/**
 * Variables of brokers, Operate and Tasklist that say where documents are kept.
 *
 * @internal
 */
export interface DocumentRuntime {
  readonly memory: { readonly [variable: string]: string };
  /** None where it is not supported here. */
  readonly s3?: {
    readonly variables: { readonly [variable: string]: string };
    /** The variable with the bucket's name. */
    readonly bucketVariable: string;
    /** What nobody else may set then, with all that lies below. */
    readonly owned: readonly string[];
  };
}

const DOCUMENTS_IN_MEMORY = {
  DOCUMENT_DEFAULT_STORE_ID: 'inmemory',
  DOCUMENT_STORE_INMEMORY_CLASS: 'io.camunda.document.store.inmemory.InMemoryDocumentStoreProvider',
};

/** Each reference to a document holds the store's id: it is the same in both regions, and must be the same in the next version. */
const S3_STORE_ID = 'aws';

/**
 * In 8.7 gateways and Tasklist take documents in pods of their own, which get no role here.
 *
 * @internal
 */
export const DOCUMENTS_8_7: DocumentRuntime = { memory: DOCUMENTS_IN_MEMORY };

/** @internal */
export const DOCUMENTS_8_8: DocumentRuntime = {
  memory: DOCUMENTS_IN_MEMORY,
  s3: {
    variables: {
      DOCUMENT_DEFAULT_STORE_ID: S3_STORE_ID,
      DOCUMENT_STORE_AWS_CLASS: 'io.camunda.document.store.aws.AwsDocumentStoreProvider',
    },
    bucketVariable: 'DOCUMENT_STORE_AWS_BUCKET',
    owned: ['AWS_REGION', 'DOCUMENT_STORE_AWS'],
  },
};

/**
 * The variables before are deprecated, and memory is the default.
 *
 * @see Camunda 8 docs 8.10, document handling configuration: property mapping reference
 *
 * @internal
 */
export const DOCUMENTS_8_10: DocumentRuntime = {
  memory: {},
  s3: {
    variables: { CAMUNDA_DOCUMENT_DEFAULTSTOREID: S3_STORE_ID },
    bucketVariable: 'CAMUNDA_DOCUMENT_AWS_AWS_BUCKETNAME',
    owned: ['AWS_REGION', 'DOCUMENT_STORE_AWS', 'camunda.document.default-store-id', 'camunda.document.aws.aws'],
  },
};

/** Names of 8.8 and newer that cover what the older ones did. */
const UNIFIED = {
  // A limit for each partition is the default up to 8.9.
  rocksDbStrategy: [],
  nodeId: ['camunda.cluster.node-id'],
  clusterSize: ['camunda.cluster.size'],
  partitionCount: ['camunda.cluster.partition-count'],
  replicationFactor: ['camunda.cluster.replication-factor'],
  snapshotPeriod: ['camunda.data.snapshot-period'],
  freeSpaceForProcessing: ['camunda.data.primary-storage.disk.free-space.processing'],
  freeSpaceForReplication: ['camunda.data.primary-storage.disk.free-space.replication'],
  cpuThreads: ['camunda.system.cpu-thread-count'],
  ioThreads: ['camunda.system.io-thread-count'],
};

/** Names of 8.7 that 8.8 still needs. */
const LEGACY = {
  clusterName: ['zeebe.broker.cluster.clusterName'],
  contactPoints: ['zeebe.broker.cluster.initialContactPoints'],
  networkHost: ['zeebe.broker.network.host'],
  advertisedHost: ['zeebe.broker.network.advertisedHost'],
  commandPort: ['zeebe.broker.network.commandApi.port'],
  internalPort: ['zeebe.broker.network.internalApi.port'],
  probeTimeout: ['zeebe.broker.cluster.membership.probeTimeout'],
  probeInterval: ['zeebe.broker.cluster.membership.probeInterval'],
  // The engine's default is what we want.
  failureTimeout: [],
  snapshotRequestTimeout: ['zeebe.broker.experimental.raft.snapshotRequestTimeout'],
  compression: ['zeebe.broker.cluster.messageCompression'],
  exporters: 'zeebe.broker.exporters',
  exporterClass: 'className',
  exporterJar: 'jarPath',
};

/** @internal */
export const SETTING_NAMES_8_7: SettingNames = {
  ...LEGACY,
  // The start-up script exports the variable that is the setting.
  nodeId: [],
  clusterSize: ['zeebe.broker.cluster.clusterSize'],
  partitionCount: ['zeebe.broker.cluster.partitionsCount'],
  replicationFactor: ['zeebe.broker.cluster.replicationFactor'],
  snapshotPeriod: ['zeebe.broker.data.snapshotPeriod'],
  freeSpaceForProcessing: ['zeebe.broker.data.disk.freeSpace.processing'],
  freeSpaceForReplication: ['zeebe.broker.data.disk.freeSpace.replication'],
  rocksDbStrategy: [],
  cpuThreads: ['zeebe.broker.threads.cpuThreadCount'],
  ioThreads: ['zeebe.broker.threads.ioThreadCount'],
  // Operate and Tasklist keep their own indices, and are told about those.
  indexReplicas: [],
  backupRepository: [],
  persistentSessions: [],
};

/** @internal */
export const SETTING_NAMES_8_8: SettingNames = {
  ...UNIFIED,
  ...LEGACY,
  probeTimeout: [...LEGACY.probeTimeout, 'zeebe.broker.gateway.cluster.membership.probeTimeout'],
  probeInterval: [...LEGACY.probeInterval, 'zeebe.broker.gateway.cluster.membership.probeInterval'],
  compression: [...LEGACY.compression, 'zeebe.broker.gateway.cluster.messageCompression'],
  indexReplicas: ['camunda.database.index.numberOfReplicas'],
  backupRepository: ['camunda.data.backup.repository-name'],
  persistentSessions: ['camunda.persistent.sessions.enabled', 'camunda.operate.persistentSessionsEnabled'],
};

/** @internal */
export const SETTING_NAMES_8_9: SettingNames = {
  ...UNIFIED,
  clusterName: ['camunda.cluster.name'],
  contactPoints: ['camunda.cluster.initial-contact-points'],
  networkHost: ['camunda.cluster.network.host'],
  advertisedHost: ['camunda.cluster.network.advertised-host'],
  commandPort: ['camunda.cluster.network.command-api.port'],
  internalPort: ['camunda.cluster.network.internal-api.port'],
  probeTimeout: ['camunda.cluster.membership.probe-timeout'],
  probeInterval: ['camunda.cluster.membership.probe-interval'],
  failureTimeout: ['camunda.cluster.membership.failure-timeout'],
  snapshotRequestTimeout: ['camunda.cluster.raft.snapshot-request-timeout'],
  compression: ['camunda.cluster.compression-algorithm'],
  indexReplicas: ['camunda.data.secondary-storage.elasticsearch.number-of-replicas'],
  backupRepository: ['camunda.data.secondary-storage.elasticsearch.backup.repository-name'],
  persistentSessions: ['camunda.persistent.sessions.enabled'],
  exporters: 'camunda.data.exporters',
  exporterClass: 'class-name',
  exporterJar: 'jar-path',
};

/**
 * @see Camunda 8 docs 8.10, release announcements: the default becomes a tenth of the memory
 *
 * @internal
 */
export const SETTING_NAMES_8_10: SettingNames = {
  ...SETTING_NAMES_8_9,
  rocksDbStrategy: ['camunda.data.primary-storage.rocks-db.memory-allocation-strategy'],
};
