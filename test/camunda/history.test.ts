import { parse } from 'yaml';
import { planOf } from '../../constructs/topology/plan-of';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { Topology } from '../../constructs/topology/topology';
import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import { at, find, objectsOf, type Container } from '../support/manifests';
import { withSettings } from '../support/settings/changed-settings';
import { MIGRATION, ofVersion, VERSIONS } from '../support/settings/versions';

type History = NonNullable<DualRegionSettings['history']>;

const POLICY = 'camunda-history-retention-policy';

function configOf(settings: Partial<DualRegionSettings>, regionId: number, map = brokerMap(settings)): unknown {
  return parse(at<string>(find(objectsOf(regionId, settings), 'ConfigMap', map), 'data', 'application.yaml'));
}

function brokerMap({ camunda }: Partial<DualRegionSettings>): string {
  return `camunda-zeebe-configuration${CAMUNDA_VERSIONS[camunda?.version ?? '8.9'].orchestration.configMapSuffix}`;
}

/** What the exporters are told, by their ids. Each is that of both regions' brokers. */
function argumentsOf(settings: Partial<DualRegionSettings>): Record<string, object> {
  const topology = Topology.of(withSettings(settings));
  const parent = planOf(topology).version.settingNames.exporters.split('.');
  const [first, second] = [0, 1].map(regionId => at<Record<string, { args: object }>>(configOf(settings, regionId), ...parent));
  expect(first).toEqual(second);
  return Object.fromEntries(topology.exporters.map(({ exporterId }) => [exporterId, first[exporterId].args]));
}

/** The same without what leads to the own region. */
function historyOf(settings: Partial<DualRegionSettings>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(argumentsOf(settings)).map(([id, args]) => [
      id,
      Object.fromEntries(Object.entries(args).filter(([key]) => ['history', 'retention', 'bulk'].includes(key))),
    ]),
  );
}

const HISTORY: History = {
  retention: { days: 45, usageMetricsDays: 800, recordsDays: 20 },
  archiving: { waitMinutes: 90, indexDays: 7, batchSize: 300 },
  bulk: { size: 2000, delaySeconds: 3 },
};

describe('without a word about it, history is deleted after 30 days', () => {
  test('in 8.9, a called process instance with the one that called it', () => {
    const history = {
      retention: { enabled: true, minimumAge: '30d', policyName: POLICY, usageMetricsMinimumAge: '730d' },
      processInstanceRetentionMode: 'PI_HIERARCHY',
    };
    expect(historyOf(ofVersion('8.9'))).toEqual({ camundaregion0: { history }, camundaregion1: { history } });
  });

  test('in 8.8', () => {
    const history = { retention: { enabled: true, minimumAge: '30d', policyName: POLICY, usageMetricsMinimumAge: '730d' } };
    expect(historyOf(ofVersion('8.8'))).toEqual({ camundaregion0: { history }, camundaregion1: { history } });
  });

  test('in 8.7, and records after 14', () => {
    const retention = { enabled: true, minimumAge: '14d' };
    expect(historyOf(ofVersion('8.7'))).toEqual({ elasticsearchregion0: { retention }, elasticsearchregion1: { retention } });
    for (const application of ['operate', 'tasklist']) {
      const config = configOf(ofVersion('8.7'), 1, `camunda-${application}-configuration`);
      expect(at(config, 'camunda', application, 'archiver')).toEqual({ ilmEnabled: true, ilmMinAgeForDeleteArchivedIndices: '30d' });
    }
  });
});

describe.each([0, 1])('the policy that exporters of both regions name is made in region %i', regionId => {
  test('by brokers of 8.8', () => {
    expect(at(configOf(ofVersion('8.8'), regionId), 'camunda', 'database', 'retention')).toEqual({
      enabled: true,
      policyName: POLICY,
      minimumAge: '30d',
      usageMetricsMinimumAge: '730d',
    });
  });

  test('by brokers of 8.9, under the names of 8.9 as far as there are any', () => {
    const config = configOf(ofVersion('8.9'), regionId);
    const secondary = ['camunda', 'data', 'secondary-storage'];
    expect(at(config, ...secondary, 'retention')).toEqual({ enabled: true, 'minimum-age': '30d' });
    expect(at(config, ...secondary, 'elasticsearch', 'history')).toEqual({ 'policy-name': POLICY });
    expect(at(config, 'camunda', 'database')).toEqual({ retention: { usageMetricsMinimumAge: '730d' } });
  });
});

describe('what is set reaches both exporters', () => {
  test.each(['8.8', '8.9'])('of %s, and the policy', version => {
    const settings = { ...ofVersion(version), history: HISTORY };
    const expected = {
      history: {
        retention: { enabled: true, minimumAge: '45d', usageMetricsMinimumAge: '800d' },
        waitPeriodBeforeArchiving: '90m',
        rolloverInterval: '7d',
        rolloverBatchSize: 300,
      },
      bulk: { size: 2000, delay: 3 },
    };
    expect(historyOf(settings)).toMatchObject({ camundaregion0: expected, camundaregion1: expected });
    expect(JSON.stringify(configOf(settings, 0)).match(/"45d"/g)).toHaveLength(3);
    expect(JSON.stringify(configOf(settings, 0)).match(/"800d"/g)).toHaveLength(3);
  });

  test('of 8.7, and Operate and Tasklist', () => {
    const settings = { ...ofVersion('8.7'), history: HISTORY };
    const expected = { retention: { enabled: true, minimumAge: '20d' }, bulk: { size: 2000, delay: 3 } };
    expect(historyOf(settings)).toEqual({ elasticsearchregion0: expected, elasticsearchregion1: expected });
    for (const application of ['operate', 'tasklist']) {
      expect(at(configOf(settings, 0, `camunda-${application}-configuration`), 'camunda', application, 'archiver')).toEqual({
        ilmEnabled: true,
        ilmMinAgeForDeleteArchivedIndices: '45d',
        waitPeriodBeforeArchiving: '90m',
        rolloverInterval: '1w',
        rolloverBatchSize: 300,
      });
    }
  });

  test('of a migration: records in the old ones, history in the new ones', () => {
    const told = historyOf({ ...MIGRATION, history: HISTORY });
    expect(Object.keys(told)).toEqual(['camundaregion0', 'camundaregion1', 'elasticsearchregion0', 'elasticsearchregion1']);
    expect(told.elasticsearchregion1).toMatchObject({ retention: { minimumAge: '20d' } });
    expect(told.camundaregion1).toMatchObject({ history: { retention: { minimumAge: '45d' } } });
  });

  test('of a migration: the Job, for tasks of 8.7 that are taken over, and not the importer', () => {
    const variables = (kind: string, name: string): (string | undefined)[] =>
      at<Container>(find(objectsOf(1, { ...MIGRATION, history: HISTORY }), kind, name), 'spec', 'template', 'spec', 'containers', 0)
        .env!.filter(variable => variable.name === 'MIGRATION_TASKS_LEGACYINDEXRETENTIONAGE')
        .map(({ value }) => value);
    expect(variables('Job', 'camunda-zeebe-migration-data')).toEqual(['45d']);
    expect(variables('Deployment', 'camunda-zeebe-migration-importer')).toEqual([]);
  });

  test('of 8.9, with the mode of deleting', () => {
    const told = historyOf({ history: { retention: { processInstanceMode: 'PI' } } });
    expect(told.camundaregion0).toMatchObject({ history: { processInstanceRetentionMode: 'PI' } });
  });
});

test.each(VERSIONS)('nothing is deleted, and no age is stated, where that is said: %s', version => {
  const settings = { ...ofVersion(version), history: { retention: { enabled: false } } };
  for (const told of Object.values(historyOf(settings))) {
    expect(JSON.stringify(told)).toContain('"retention":{"enabled":false}');
  }
  const texts = [0, 1].flatMap(regionId =>
    objectsOf(regionId, settings).flatMap(object => (object.kind === 'ConfigMap' ? [JSON.stringify(object)] : [])),
  );
  for (const text of texts) expect(text).not.toMatch(/minimum-?age: ['"\\]*\d|MinAge\w*: ['"\\]*\d|ilmEnabled: true/i);
});

describe('while a region is recreated', () => {
  const recovery = { recreatedRegion: 1 };

  test.each(['8.8', '8.9'])('exporters of %s archive nothing, whatever the wait is', version => {
    for (const history of [undefined, HISTORY]) {
      for (const told of Object.values(historyOf({ ...ofVersion(version), recovery, history }))) {
        expect(told).toMatchObject({ history: { waitPeriodBeforeArchiving: '100y' } });
      }
    }
  });

  test('nothing about Operate and Tasklist of 8.7 changes, which are off', () => {
    const settings = { ...ofVersion('8.7'), history: HISTORY };
    const map = 'camunda-operate-configuration';
    expect(configOf({ ...settings, recovery }, 0, map)).toEqual(configOf(settings, 0, map));
  });
});

test('an argument that nobody else sets reaches the exporters beside those of the settings', () => {
  const path = (regionId: number) => `camunda.data.exporters.camundaregion${regionId}.args.history.delayBetweenRuns`;
  const settings = withSettings({ orchestration: { pod: { configuration: { [path(0)]: '3000', [path(1)]: '3000' } } } });
  expect(Topology.of(settings).warnings).toEqual([]);
  for (const told of Object.values(historyOf(settings))) {
    expect(told).toMatchObject({ history: { delayBetweenRuns: '3000', retention: { minimumAge: '30d' } } });
  }
});
