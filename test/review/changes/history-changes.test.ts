import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import type { DeploymentState } from '../../../lib/review/changes/deployment-state';
import { changesFrom } from '../../support/findings/found-changes';
import { withSettings } from '../../support/settings/changed-settings';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';
import { manifestStateFor } from '../../support/settings/states';

type Retention = NonNullable<NonNullable<DualRegionSettings['history']>['retention']>;

const state = (retention: Retention, version: string): DeploymentState =>
  manifestStateFor(withSettings({ camunda: { version }, tls: { betweenBrokers: false }, history: { retention } }));

/** What is said of history, as `danger id`. */
function said(from: DeploymentState, to: DeploymentState): string[] {
  return changesFrom(from, to)
    .filter(({ kind }) => kind.startsWith('history-'))
    .map(({ danger, id }) => `${danger} ${id}`);
}
const changes = (from: Retention, to: Retention, version = '8.9'): string[] => said(state(from, version), state(to, version));

test('history that is kept for less time is deleted', () => {
  expect(changes({ days: 60 }, { days: 30 })).toEqual(['dangerous history-shortened:days']);
  expect(changes({ usageMetricsDays: 800 }, {})).toEqual(['dangerous history-shortened:usageMetricsDays']);
  expect(changes({ recordsDays: 20 }, {}, '8.7')).toEqual(['dangerous history-shortened:recordsDays']);
});

test('history that was never deleted is, by the ages that the version knows', () => {
  expect(changes({ enabled: false }, {})).toEqual(['dangerous history-shortened:days', 'dangerous history-shortened:usageMetricsDays']);
  expect(changes({ enabled: false }, {}, '8.7')).toEqual(['dangerous history-shortened:days', 'dangerous history-shortened:recordsDays']);
});

test('history may be kept for longer', () => {
  expect(changes({}, { days: 60, usageMetricsDays: 800 })).toEqual([]);
  expect(changes({ recordsDays: 20 }, {})).toEqual([]);
});

test('Operate and Tasklist of 8.7 keep the policy that they have made, which matters where more is to be kept', () => {
  expect(changes({}, { days: 60 }, '8.7')).toEqual(['dangerous history-policy-stays:days']);
  expect(changes({ days: 60 }, {}, '8.7')).toEqual(['notice history-policy-stays:days']);
});

test('what has its policy from 8.8 on is deleted after retention was turned off', () => {
  expect(changes({}, { enabled: false })).toEqual(['notice history-still-deleted:enabled']);
  expect(changes({}, { enabled: false }, '8.7')).toEqual([]);
});

test('called process instances that are kept no more with their caller are deleted', () => {
  expect(changes({}, { processInstanceMode: 'PI' })).toEqual(['dangerous history-shortened:processInstanceMode']);
  expect(changes({ processInstanceMode: 'PI' }, {})).toEqual([]);
});

describe('a base of an older release', () => {
  const HEAD = manifestStateFor(DEFAULT_SETTINGS);
  const without = (key: string): DeploymentState => ({
    ...HEAD,
    settings: Object.fromEntries(Object.entries(HEAD.settings).filter(([name]) => name !== key)) as unknown as DeploymentState['settings'],
  });

  test('that knows no retention kept everything: a first deployment of this one deletes', () => {
    expect(said(without('history'), HEAD)).toEqual(['dangerous history-shortened:days', 'dangerous history-shortened:usageMetricsDays']);
  });

  /** Sections that are in every state that can be read. */
  const OLDEST = ['name', 'regions', 'camunda', 'images', 'kubernetes', 'tls'];

  test.each(Object.keys(HEAD.settings).filter(key => !OLDEST.includes(key)))('can be compared where it knows no %s', key => {
    expect(() => changesFrom(without(key), HEAD)).not.toThrow();
  });
});
