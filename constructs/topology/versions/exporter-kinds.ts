import type { HistoryNames } from './history-names';

/**
 * A class of exporters, and how it is told where to write.
 *
 * @internal
 */
export interface ExporterKind {
  readonly className: string;
  /** Exporter ids are this prefix and the region id. */
  readonly idPrefix: string;
  /** Paths of its arguments. */
  readonly arguments: {
    readonly url: string;
    readonly username: string;
    readonly password: string;
    readonly indexReplicas: string;
  };
  /** Arguments that nobody sets: with another one it would write elsewhere, or as somebody else. */
  readonly fixedArguments: readonly string[];
  /** Names of its metrics, in the form of Prometheus. */
  readonly metrics: ExporterMetrics;
  /** Arguments about history. */
  readonly history: HistoryNames;
  /** Arguments that are for users and have names of several words, which variables do not show. There may be more. */
  readonly otherArguments: readonly string[];
}

/**
 * What an exporter counts.
 *
 * @internal
 */
export interface ExporterMetrics {
  /** Writes that failed. They are tried again. */
  readonly failedFlushes: string;
  /** Its archiver, where it has one. */
  readonly archiver?: {
    /** Process instances that have ended and are not in a dated index yet. */
    readonly waiting: string;
    /** Those that were moved there. */
    readonly moved: string;
  };
}

/**
 * Writes records as they are, for Operate and Tasklist to import. It has no archiver: Operate and Tasklist archive.
 *
 * @see Camunda 8 docs 8.7, Elasticsearch exporter
 *
 * @internal
 */
export const ELASTICSEARCH_EXPORTER: ExporterKind = {
  className: 'io.camunda.zeebe.exporter.ElasticsearchExporter',
  idPrefix: 'elasticsearchregion',
  arguments: {
    url: 'url',
    username: 'authentication.username',
    password: 'authentication.password',
    indexReplicas: 'index.numberOfReplicas',
  },
  fixedArguments: ['authentication', 'index.prefix'],
  metrics: { failedFlushes: 'zeebe_elasticsearch_exporter_failed_flush_total' },
  history: { retention: 'retention.enabled', recordsAge: 'retention.minimumAge', bulkSize: 'bulk.size', bulkDelay: 'bulk.delay' },
  otherArguments: [
    'requestTimeoutMs',
    'bulk.memoryLimit',
    ...below('index', [
      'numberOfShards',
      'indexSuffixDatePattern',
      'createTemplate',
      'decisionEvaluation',
      'decisionRequirements',
      'jobBatch',
      'messageBatch',
      'messageSubscription',
      'processInstance',
      'processInstanceBatch',
      'processInstanceCreation',
      'processInstanceMigration',
      'processInstanceModification',
      'processMessageSubscription',
      'variableDocument',
      'messageStartEventSubscription',
      'processEvent',
      'deploymentDistribution',
      'signalSubscription',
      'resourceDeletion',
      'commandDistribution',
      'userTask',
      'compensationSubscription',
      'messageCorrelation',
    ]),
  ],
};

/**
 * Writes what Operate and Tasklist show, without an import.
 *
 * @see Camunda 8 docs 8.8, Camunda exporter; camunda/camunda, io.camunda.exporter.config.ExporterConfiguration
 *
 * @internal
 */
export const CAMUNDA_EXPORTER: ExporterKind = {
  className: 'io.camunda.exporter.CamundaExporter',
  idPrefix: 'camundaregion',
  arguments: {
    url: 'connect.url',
    username: 'connect.username',
    password: 'connect.password',
    indexReplicas: 'index.numberOfReplicas',
  },
  // `@see` camunda/camunda, io.camunda.exporter.metrics.CamundaExporterMetrics
  metrics: {
    failedFlushes: 'zeebe_camunda_exporter_failed_flush_total',
    archiver: {
      waiting: 'zeebe_camunda_exporter_process_instances_awaiting_archival',
      moved: 'zeebe_camunda_exporter_archiver_process_instances_total',
    },
  },
  fixedArguments: ['connect.urls', 'connect.type', 'connect.clusterName', 'connect.indexPrefix', 'index.prefix'],
  history: {
    retention: 'history.retention.enabled',
    policy: 'history.retention.policyName',
    age: 'history.retention.minimumAge',
    usageMetricsAge: 'history.retention.usageMetricsMinimumAge',
    wait: 'history.waitPeriodBeforeArchiving',
    indexInterval: 'history.rolloverInterval',
    batchSize: 'history.rolloverBatchSize',
    bulkSize: 'bulk.size',
    bulkDelay: 'bulk.delay',
  },
  otherArguments: [
    'createSchema',
    'bulk.memoryLimit',
    'batchOperation.exportItemsOnCreation',
    ...['batchOperationCache', 'processCache', 'decisionRequirementsCache', 'formCache'].map(cache => `${cache}.maxCacheSize`),
    ...below('connect', ['dateFormat', 'socketTimeout', 'connectTimeout', 'security.certificatePath', 'security.verifyHostname']),
    ...below('index', ['numberOfShards', 'templatePriority', 'variableSizeThreshold']),
    ...below('history', [
      'processInstanceEnabled',
      'elsRolloverDateFormat',
      'usageMetricsRolloverInterval',
      'delayBetweenRuns',
      'maxDelayBetweenRuns',
      'trackArchivalMetricsForProcessInstance',
    ]),
    ...below('postExport', ['batchSize', 'delayBetweenRuns', 'maxDelayBetweenRuns', 'ignoreMissingData']),
    ...below('notifier', ['auth0Domain', 'auth0Protocol', 'm2mClientId', 'm2mClientSecret', 'm2mAudience']),
  ],
};

/**
 * The same from 8.9 on. The mode that Camunda documents as its default is that of the exporter that configures itself.
 *
 * @see Camunda 8 docs 8.9, data retention: hierarchy-aware retention
 *
 * @internal
 */
export const CAMUNDA_EXPORTER_8_9: ExporterKind = {
  ...CAMUNDA_EXPORTER,
  history: { ...CAMUNDA_EXPORTER.history, processInstanceMode: 'history.processInstanceRetentionMode' },
};

function below(section: string, names: readonly string[]): string[] {
  return names.map(name => `${section}.${name}`);
}
