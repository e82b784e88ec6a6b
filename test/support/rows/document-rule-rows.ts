import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { withSettings } from '../settings/changed-settings';
import { ofVersion } from '../settings/versions';
import type { Row } from './setting-rule-rows';

type Documents = NonNullable<DualRegionSettings['documents']>;

const documents = (changes: unknown, version = '8.9'): DualRegionSettings =>
  withSettings({ ...ofVersion(version), documents: changes as Documents });

/** What brokers are told by the settings of a user while they keep documents in buckets of the deployment. */
const variable = (name: string, version = '8.9', store = 's3'): Row => {
  const orchestration = { pod: { environment: [{ name, value: 'x' }] } };
  const settings = withSettings({ ...ofVersion(version), documents: { store }, orchestration });
  return ['pod-owned', 'orchestration.pod.environment[0].name', name, settings];
};

const configured = (path: string): Row => {
  const settings = withSettings({
    ...ofVersion('8.10'),
    documents: { store: 's3' },
    orchestration: { pod: { configuration: { [path]: 'x' } } },
  });
  return ['pod-owned', `orchestration.pod.configuration.${path}`, 'x', settings];
};

export const DOCUMENT_ERRORS: Row[] = [
  ['document-store', 'documents.store', 'gcp', documents({ store: 'gcp' })],
  ['document-store', 'documents.store', true, documents({ store: true })],
  ['document-version', 'documents.store', 's3', documents({ store: 's3' }, '8.7')],
  ['boolean', 'documents.retainBuckets', 'no', documents({ store: 's3', retainBuckets: 'no' })],
  ...[0, 3651].map((expiryDays): Row => ['number', 'documents.expiryDays', expiryDays, documents({ store: 's3', expiryDays })]),
  ...[0, 3651].map((days): Row => ['number', 'documents.deleteAfterDays', days, documents({ store: 's3', deleteAfterDays: days })]),
  ...['AWS_REGION', 'DOCUMENT_STORE_AWS_BUCKET_TTL', 'DOCUMENT_DEFAULT_STORE_ID'].map(name => variable(name)),
  variable('DOCUMENT_DEFAULT_STORE_ID', '8.9', 'memory'),
  ...['CAMUNDA_DOCUMENT_AWS_AWS_BUCKETTTL', 'CAMUNDA_DOCUMENT_DEFAULTSTOREID', 'DOCUMENT_STORE_AWS_BUCKET'].map(name =>
    variable(name, '8.10'),
  ),
  ...['camunda.document.default-store-id', 'camunda.document.aws.aws.bucket-ttl', 'camunda.document.aws'].map(configured),
];

export const DOCUMENT_WARNINGS: Row[] = [
  ['setting-unused', 'documents.retainBuckets', false, documents({ retainBuckets: false })],
  ['setting-unused', 'documents.deleteAfterDays', 90, documents({ store: 'memory', deleteAfterDays: 90 })],
];
