import { problemsOf } from '../../../constructs/topology/rules/rules';
import { withSettings } from '../../support/settings/changed-settings';
import { MIGRATION, WHEN_ALL_WERE_SUPPORTED } from '../../support/settings/versions';

const told = (configuration: Record<string, string>, settings = {}): string[] =>
  problemsOf(withSettings({ ...settings, orchestration: { pod: { configuration } } }), WHEN_ALL_WERE_SUPPORTED).map(
    ({ rule, setting }) => `${rule} ${setting.split('.').slice(6).join('.')}`,
  );

test('exporters that are told different values are named, each of them', () => {
  const path = (regionId: number): string => `camunda.data.exporters.camundaregion${regionId}.args.history.delayBetweenRuns`;
  expect(told({ [path(0)]: '3000', [path(1)]: '3001' })).toEqual([
    'exporter-difference camundaregion0.args.history.delayBetweenRuns',
    'exporter-difference camundaregion1.args.history.delayBetweenRuns',
  ]);
  expect(told({ [path(0)]: '3000', [path(1)]: '3000' })).toEqual([]);
});

test('those of the older version are compared with each other, and judged by what they know', () => {
  const path = (id: string, argument: string): string => `zeebe.broker.exporters.${id}.args.${argument}`;
  const shards = {
    [path('elasticsearchregion0', 'index.numberOfShards')]: '1',
    [path('elasticsearchregion1', 'index.numberOfShards')]: '1',
  };
  expect(told(shards, MIGRATION)).toEqual([]);
  expect(told({ [path('elasticsearchregion0', 'index.numberOfShards')]: '1' }, MIGRATION)).toEqual([
    'exporter-difference elasticsearchregion0.args.index.numberOfShards',
  ]);
  expect(told({ [path('elasticsearchregion0', 'retention.minimumAge')]: '5d' }, MIGRATION)).toEqual([
    'exporter-owned elasticsearchregion0.args.retention.minimumAge',
  ]);
  const ofBothKinds = {
    [path('elasticsearchregion0', 'index.numberOfShards')]: '1',
    [path('camundaregion1', 'index.numberOfShards')]: '1',
  };
  expect(told(ofBothKinds, MIGRATION)).toHaveLength(2);
  // Without a migration, nobody knows them.
  expect(told(shards, { camunda: { version: '8.8' } }).map(problem => problem.split(' ')[0])).toEqual(['pod-owned', 'pod-owned']);
});
