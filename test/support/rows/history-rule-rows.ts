import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { withSettings } from '../settings/changed-settings';
import { MIGRATION, ofVersion } from '../settings/versions';
import type { Row } from './setting-rule-rows';

type History = NonNullable<DualRegionSettings['history']>;

const history = (changes: unknown, version = '8.9'): DualRegionSettings =>
  withSettings({ ...ofVersion(version), history: changes as History });

/** The argument of an exporter, of region 0 alone. */
export const argument = (name: string, version = '8.9'): string =>
  version === '8.7' ? `zeebe.broker.exporters.elasticsearchregion0.args.${name}` : `camunda.data.exporters.camundaregion0.args.${name}`;

/** A setting of brokers that is judged. */
const configured = (rule: string, path: string, version = '8.9'): Row => {
  const settings = withSettings({ ...ofVersion(version), orchestration: { pod: { configuration: { [path]: '5' } } } });
  return [rule, `orchestration.pod.configuration.${path}`, '5', settings];
};

/** A variable of brokers that is judged. */
const variable = (rule: string, name: string, version = '8.9', shown = name): Row => {
  const settings = withSettings({ ...ofVersion(version), orchestration: { pod: { environment: [{ name, value: '5' }] } } });
  return [rule, 'orchestration.pod.environment[0].name', shown, settings];
};

const SETTINGS: Row[] = [
  ['boolean', 'history.retention.enabled', 'yes', history({ retention: { enabled: 'yes' } })],
  ['number', 'history.retention.days', 0, history({ retention: { days: 0 } })],
  ['number', 'history.retention.days', '30d', history({ retention: { days: '30d' } })],
  ['number', 'history.retention.usageMetricsDays', 3651, history({ retention: { usageMetricsDays: 3651 } })],
  ['number', 'history.retention.recordsDays', 0, history({ retention: { recordsDays: 0 } }, '8.7')],
  ['number', 'history.archiving.waitMinutes', 0.5, history({ archiving: { waitMinutes: 0.5 } })],
  ['number', 'history.archiving.indexDays', 91, history({ archiving: { indexDays: 91 } })],
  ['history-interval', 'history.archiving.indexDays', 3, history({ archiving: { indexDays: 3 } }, '8.7')],
  ['number', 'history.archiving.batchSize', 10001, history({ archiving: { batchSize: 10001 } })],
  ['number', 'history.bulk.size', 0, history({ bulk: { size: 0 } })],
  ['number', 'history.bulk.delaySeconds', 61, history({ bulk: { delaySeconds: 61 } })],
  ['number', 'history.instancesPerDay', 0, history({ instancesPerDay: 0 })],
  ['number', 'history.instanceKiB', 0, history({ instanceKiB: 0 })],
  ['history-mode', 'history.retention.processInstanceMode', 'ALL', history({ retention: { processInstanceMode: 'ALL' } })],
];

const OWNED: Row[] = [
  ...['connect.url', 'connect.urls', 'connect.username', 'connect.indexPrefix', 'index.numberOfReplicas', 'index.prefix', 'connect'].map(
    name => configured('exporter-owned', argument(name)),
  ),
  configured('exporter-owned', argument('history.retention.enabled')),
  configured('exporter-owned', argument('history.retention.minimumAge')),
  configured('exporter-owned', argument('history.retention.minimum-age')),
  configured('exporter-owned', argument('history.retention.policyName')),
  configured('exporter-owned', argument('history.waitPeriodBeforeArchiving')),
  configured('exporter-owned', argument('history')),
  configured('exporter-owned', argument('bulk.size')),
  configured('exporter-owned', argument('retention.minimumAge', '8.7'), '8.7'),
  configured('exporter-owned', argument('index.prefix', '8.7'), '8.7'),
  variable('exporter-owned', 'CAMUNDA_DATA_EXPORTERS_CAMUNDAREGION1_ARGS_HISTORY_ROLLOVERINTERVAL'),
  variable('exporter-owned', 'ZEEBE_BROKER_EXPORTERS_CAMUNDAREGION1_ARGS_CONNECT_URL', '8.8'),
  variable('exporter-owned', 'CAMUNDA_DATA_EXPORTERS_CAMUNDAREGION1_ARGS_HISTORY_RETENTION_MINIMUM_AGE'),
  configured('exporter-argument', argument('history.delay-between-runs')),
  configured('exporter-argument', argument('history.delay.between.runs')),
  configured('exporter-argument', argument('history.retention.minimum.age')),
  variable('exporter-argument', 'CAMUNDA_DATA_EXPORTERS_CAMUNDAREGION0_ARGS_HISTORY_DELAY_BETWEEN_RUNS'),
  variable('exporter-argument', 'ZEEBE_BROKER_EXPORTERS_ELASTICSEARCHREGION0_ARGS_INDEX_NUMBER_OF_SHARDS', '8.7'),
  // Class, place of the class, exporters of others, and the names of another version.
  ...['camundaregion0.class-name', 'camundaregion0.jar-path', 'camundaregion0.args', 'camundaregion2.args.bulk.memoryLimit'].map(name =>
    configured('pod-owned', `camunda.data.exporters.${name}`),
  ),
  configured('pod-owned', 'zeebe.broker.exporters.camundaregion0.args.history.delayBetweenRuns'),
];

const UNREAD: Row[] = [
  configured('exporter-unread', 'camunda.data.secondary-storage.retention.enabled'),
  configured('exporter-unread', 'camunda.data.secondary-storage.retention.minimum-age'),
  configured('exporter-unread', 'camunda.data.secondary-storage.retention.minimum-age', '8.8'),
  configured('exporter-unread', 'camunda.data.secondary-storage.retention.minimum-age', '8.7'),
  configured('exporter-unread', 'camunda.database.retention.usageMetricsMinimumAge', '8.8'),
  configured('exporter-unread', 'camunda.data.secondary-storage.elasticsearch.history.wait-period-before-archiving'),
  configured('exporter-unread', 'camunda.data.secondary-storage.elasticsearch.history.delay-between-runs'),
  configured('exporter-unread', 'camunda.data.secondary-storage.elasticsearch.history.delay-between-runs', '8.7'),
  configured('exporter-unread', 'camunda.data.secondary-storage.elasticsearch.bulk.memory-limit', '8.8'),
  configured('exporter-unread', 'camunda.operate.archiver.ilmMinAgeForDeleteArchivedIndices'),
  configured('exporter-unread', 'camunda.data.secondary-storage.opensearch.history.policy-name'),
  configured('exporter-unread', 'camunda.data.secondary-storage.opensearch.url'),
  configured('exporter-unread', 'camunda.data.secondary-storage.rdbms.url'),
  configured('exporter-unread', 'camunda.operate.archiver.rolloverEnabled'),
  variable('exporter-unread', 'CAMUNDA_OPERATE_ARCHIVER_ROLLOVERENABLED'),
  variable('exporter-unread', 'CAMUNDA_DATA_SECONDARYSTORAGE_RETENTION_MINIMUMAGE'),
  variable('exporter-unread', 'CAMUNDA_DATA_SECONDARY_STORAGE_RETENTION_MINIMUM_AGE'),
  variable('exporter-unread', 'CAMUNDA_DATA_SECONDARY_STORAGE_RETENTION_ENABLED'),
  variable('exporter-unread', 'CAMUNDA_DATA_SECONDARY_STORAGE_ELASTICSEARCH_HISTORY_DELAY_BETWEEN_RUNS'),
  variable('exporter-unread', 'CAMUNDA_DATA_SECONDARYSTORAGE_ELASTICSEARCH_HISTORY_ROLLOVERBATCHSIZE'),
];

const age = (days: number, archiving: History['archiving']): DualRegionSettings => history({ retention: { days }, archiving });
const WEEK_MINUTES = 7 * 24 * 60;

/** What trips each rule about history that is an error, alone. */
export const HISTORY_ERRORS: Row[] = [
  ...SETTINGS,
  ...OWNED,
  ...UNREAD,
  ['history-age', 'history.archiving.indexDays', 30, age(30, { indexDays: 30 })],
  ['history-age', 'history.archiving.indexDays', 2, age(2, { indexDays: 2 })],
  ['history-age', 'history.archiving.indexDays', 90, age(30, { indexDays: 90 })],
  [
    'pod-owned',
    'operate.pod.environment[0].name',
    'CAMUNDA_OPERATE_ARCHIVER_ILMENABLED',
    withSettings({
      ...ofVersion('8.7'),
      operate: { pod: { environment: [{ name: 'CAMUNDA_OPERATE_ARCHIVER_ILMENABLED', value: 'false' }] } },
    }),
  ],
];

/** The same for warnings. */
export const HISTORY_WARNINGS: Row[] = [
  configured('exporter-difference', argument('history.delayBetweenRuns')),
  configured('exporter-difference', argument('index.numberOfShards', '8.7'), '8.7'),
  variable('exporter-difference', 'CAMUNDA_DATA_EXPORTERS_CAMUNDAREGION0_ARGS_BULK_MEMORYLIMIT', '8.9', '5'),
  // 89 GiB in a month and 163 GiB of room, if nothing else is said.
  ['history-room', 'history.instancesPerDay', 40000, history({ instancesPerDay: 40000 })],
  ['history-room', 'history.instancesPerDay', 1000000, history({ instancesPerDay: 1000000 })],
  ['history-room', 'history.instancesPerDay', 10000000, history({ instancesPerDay: 10000000 })],
  ['history-room', 'history.instancesPerDay', 100000000, history({ instancesPerDay: 100000000, instanceKiB: 1048576 })],
  ['history-room', 'history.instanceKiB', 150, history({ instanceKiB: 150 })],
  ['history-room', 'history.retention.days', 60, history({ retention: { days: 60 } })],
  ['history-room', 'history.instancesPerDay', 40000, history({ instancesPerDay: 40000, retention: { enabled: false } })],
  ['history-room', 'elasticsearch.volumeGiB', 30, withSettings({ elasticsearch: { volumeGiB: 30 } })],
  ['history-room', 'history.retention.recordsDays', 30, history({ retention: { recordsDays: 30 } }, '8.7')],
  [
    'history-indices',
    'history.retention.recordsDays',
    3650,
    history({ instancesPerDay: 1, retention: { days: 60, recordsDays: 3650 } }, '8.7'),
  ],
  [
    'history-indices',
    'history.retention.recordsDays',
    3650,
    history({ instancesPerDay: 1, retention: { days: 365, recordsDays: 3650 } }, '8.7'),
  ],
  ['history-indices', 'history.archiving.indexDays', 1, history({ instancesPerDay: 1, retention: { days: 55 } }, '8.7')],
  ['history-indices', 'history.retention.days', 3650, history({ instancesPerDay: 1, retention: { days: 3650 } }, '8.7')],
  ['history-indices', 'history.archiving.indexDays', 1, history({ instancesPerDay: 1, retention: { days: 76 } })],
  [
    'history-indices',
    'history.archiving.indexDays',
    4,
    history({ instancesPerDay: 1, retention: { days: 365 }, archiving: { indexDays: 4 } }),
  ],
  ['history-age', 'history.archiving.indexDays', 7, age(30, { indexDays: 7 })],
  ['history-age', 'history.archiving.indexDays', 7, history({ archiving: { indexDays: 7 } }, '8.7')],
  ['history-age', 'history.archiving.indexDays', 29, age(30, { indexDays: 29 })],
  ['history-wait', 'history.archiving.waitMinutes', WEEK_MINUTES, age(7, { waitMinutes: WEEK_MINUTES })],
  ['history-wait', 'history.archiving.waitMinutes', WEEK_MINUTES, age(14, { waitMinutes: WEEK_MINUTES })],
  ['setting-unused', 'history.retention.days', 60, history({ retention: { enabled: false, days: 60 } })],
  ['setting-unused', 'history.retention.recordsDays', 7, history({ retention: { recordsDays: 7 } })],
  ['setting-unused', 'history.retention.usageMetricsDays', 900, history({ retention: { usageMetricsDays: 900 } }, '8.7')],
  ['setting-unused', 'history.retention.processInstanceMode', 'PI', history({ retention: { processInstanceMode: 'PI' } }, '8.8')],
];

/** What no rule minds. */
export const HISTORY_ALLOWED: [string, DualRegionSettings][] = [
  [
    'history for another time, with room for it',
    { ...history({ retention: { days: 90 }, archiving: { indexDays: 7 } }), elasticsearch: { volumeGiB: 128 } },
  ],
  ['as many indices as there are shards for', history({ instancesPerDay: 1, retention: { days: 75 } })],
  ['an index for a fifth of the time', age(30, { indexDays: 6 })],
  ['the shortest index and the shortest time', age(1, { indexDays: 1 })],
  ['a wait of less than half of the time', age(14, { waitMinutes: WEEK_MINUTES - 1 })],
  [
    'indices for long and a long wait where nothing is deleted',
    history({ retention: { enabled: false }, archiving: { indexDays: 90, waitMinutes: WEEK_MINUTES } }),
  ],
  ['no history that is deleted', history({ retention: { enabled: false } })],
  ['records for another time while they are imported', withSettings({ ...MIGRATION, history: { retention: { recordsDays: 21 } } })],
  [
    'the same argument of both exporters, as a setting and as a variable',
    withSettings({
      orchestration: {
        pod: {
          configuration: { [argument('history.delayBetweenRuns')]: '3000' },
          environment: [{ name: 'CAMUNDA_DATA_EXPORTERS_CAMUNDAREGION1_ARGS_HISTORY_DELAYBETWEENRUNS', value: '3000' }],
        },
      },
    }),
  ],
];
