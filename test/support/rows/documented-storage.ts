/** Where a setting that Camunda documents has an effect here. */
export type Reach =
  | { readonly kind: 'exporters alone'; readonly argument: string }
  | { readonly kind: 'a setting'; readonly setting: string }
  | { readonly kind: 'nothing' | 'this library' | 'applications' };

const argument = (path: string): { reaches: Reach } => ({ reaches: { kind: 'exporters alone', argument: path } });
const setting = (path: string): { reaches: Reach } => ({ reaches: { kind: 'a setting', setting: path } });
const NOTHING: { reaches: Reach } = { reaches: { kind: 'nothing' } };
const OURS: { reaches: Reach } = { reaches: { kind: 'this library' } };
/** Operate, Tasklist and the schema manager read it from there. */
const APPLICATIONS: { reaches: Reach } = { reaches: { kind: 'applications' } };

const below = (prefix: string, rows: Record<string, { reaches: Reach }>): Record<string, { reaches: Reach }> =>
  Object.fromEntries(Object.entries(rows).map(([name, reach]) => [`${prefix}.${name}`, reach]));

/**
 * Every property of the secondary storage that Camunda documents for 8.9, in the order of its table; of other databases a few.
 *
 * @see camunda-docs, versioned_docs/version-8.9, configuration/partials/_secondary-storage.md
 */
export const DOCUMENTED_STORAGE: Readonly<Record<string, { readonly reaches: Reach }>> = below('camunda.data.secondary-storage', {
  type: OURS,
  'autoconfigure-camunda-exporter': OURS,
  'retention.enabled': setting('history.retention.enabled'),
  'retention.minimum-age': setting('history.retention.days'),
  ...below('elasticsearch', {
    url: OURS,
    'cluster-name': OURS,
    'date-format': APPLICATIONS,
    'socket-timeout': APPLICATIONS,
    'connection-timeout': APPLICATIONS,
    username: OURS,
    password: OURS,
    'security.enabled': APPLICATIONS,
    'security.certificate-path': APPLICATIONS,
    'security.verify-hostname': APPLICATIONS,
    'index-prefix': OURS,
    'number-of-shards': APPLICATIONS,
    'number-of-replicas': OURS,
    'template-priority': APPLICATIONS,
    'number-of-shards-per-index': APPLICATIONS,
    'number-of-replicas-per-index': APPLICATIONS,
    'variable-size-threshold': APPLICATIONS,
    'bulk.delay': setting('history.bulk.delaySeconds'),
    'bulk.size': setting('history.bulk.size'),
    'bulk.memory-limit': argument('bulk.memoryLimit'),
    'process-cache.max-cache-size': argument('processCache.maxCacheSize'),
    'form-cache.max-cache-size': argument('formCache.maxCacheSize'),
    'batch-operation-cache.max-cache-size': argument('batchOperationCache.maxCacheSize'),
    'create-schema': APPLICATIONS,
    'post-export.batch-size': argument('postExport.batchSize'),
    'post-export.delay-between-runs': argument('postExport.delayBetweenRuns'),
    'post-export.max-delay-between-runs': argument('postExport.maxDelayBetweenRuns'),
    'post-export.ignore-missing-data': argument('postExport.ignoreMissingData'),
    'incident-notifier.auth0-protocol': argument('notifier.auth0Protocol'),
    'incident-notifier.webhook': argument('notifier.webhook'),
    'incident-notifier.m2m-client-id': argument('notifier.m2mClientId'),
    'incident-notifier.m2m-client-secret': argument('notifier.m2mClientSecret'),
    'incident-notifier.m2m-audience': argument('notifier.m2mAudience'),
    'batch-operations.export-items-on-creation': argument('batchOperation.exportItemsOnCreation'),
    'history.process-instance-enabled': argument('history.processInstanceEnabled'),
    'history.process-instance-retention-mode': setting('history.retention.processInstanceMode'),
    'history.els-rollover-date-format': argument('history.elsRolloverDateFormat'),
    'history.rollover-interval': setting('history.archiving.indexDays'),
    'history.rollover-batch-size': setting('history.archiving.batchSize'),
    'history.wait-period-before-archiving': setting('history.archiving.waitMinutes'),
    'history.delay-between-runs': argument('history.delayBetweenRuns'),
    'history.max-delay-between-runs': argument('history.maxDelayBetweenRuns'),
    'history.policy-name': NOTHING,
    'proxy.enabled': APPLICATIONS,
    'proxy.host': APPLICATIONS,
    'backup.repository-name': OURS,
    'backup.snapshot-timeout': APPLICATIONS,
    'backup.incomplete-check-timeout': APPLICATIONS,
  }),
  ...below('opensearch', { url: NOTHING, 'history.policy-name': NOTHING, 'bulk.size': NOTHING }),
  ...below('rdbms', { url: NOTHING }),
});
