/** What Camunda is told of history. */
const VALUES = [
  /** Whether history is deleted. */
  'retention',
  /** Name of the lifecycle policy: two parts are told it, and they have different defaults. */
  'policy',
  'age',
  'usageMetricsAge',
  'recordsAge',
  'processInstanceMode',
  'wait',
  'indexInterval',
  'batchSize',
  'bulkSize',
  'bulkDelay',
] as const;

/** @internal */
export type HistoryValue = (typeof VALUES)[number];

/**
 * What a program calls those that it knows.
 *
 * @internal
 */
export type HistoryNames = { readonly [Value in HistoryValue]?: string };

/**
 * The values that a program knows.
 *
 * @internal
 */
export function valuesIn(names: HistoryNames): HistoryValue[] {
  return VALUES.filter(value => names[value] !== undefined);
}

/**
 * Operate and Tasklist of 8.7, within their prefix. Each makes its own lifecycle policy.
 *
 * @see Camunda 8 docs 8.7, Operate and Tasklist data retention; camunda/camunda stable/8.7, ArchiverProperties
 *
 * @internal
 */
export const WEB_APPLICATION_HISTORY: HistoryNames = {
  retention: 'archiver.ilmEnabled',
  age: 'archiver.ilmMinAgeForDeleteArchivedIndices',
  wait: 'archiver.waitPeriodBeforeArchiving',
  indexInterval: 'archiver.rolloverInterval',
  batchSize: 'archiver.rolloverBatchSize',
};

/**
 * The brokers of 8.8, which make the policies in their own region's Elasticsearch when they start. Exporters only name a policy to an
 * index.
 *
 * @see camunda/camunda-docs#9468: both places, with matching values; camunda-platform-helm, charts/camunda-platform-8.8
 *
 * @internal
 */
export const BROKER_HISTORY_8_8: HistoryNames = {
  retention: 'camunda.database.retention.enabled',
  policy: 'camunda.database.retention.policyName',
  age: 'camunda.database.retention.minimumAge',
  usageMetricsAge: 'camunda.database.retention.usageMetricsMinimumAge',
};

/**
 * The same of 8.9. The age of usage metrics has no newer name. Older names of the others would stop the start-up.
 *
 * @see camunda-platform-helm, charts/camunda-platform-8.9: secondary-storage.retention; camunda/camunda,
 * LegacySearchEngineRetentionProperties
 *
 * @internal
 */
export const BROKER_HISTORY_8_9: HistoryNames = {
  retention: 'camunda.data.secondary-storage.retention.enabled',
  policy: 'camunda.data.secondary-storage.elasticsearch.history.policy-name',
  age: 'camunda.data.secondary-storage.retention.minimum-age',
  usageMetricsAge: 'camunda.database.retention.usageMetricsMinimumAge',
};
