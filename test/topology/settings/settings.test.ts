import { resolveSettings } from '../../../constructs/topology/settings/resolve-settings';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { documentedSettings } from '../../../scripts/settings-documentation';

const settings = documentedSettings();

/** With what is there only where somebody writes it. */
const WITH_OPTIONAL = resolveSettings({ regions: [], users: { oidc: {} }, traffic: {} } as unknown as DualRegionSettings);

function resolvedAt(path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], WITH_OPTIONAL);
}

test('the documentation of all settings is read', () => {
  const paths = settings.map(setting => setting.path);
  expect(paths).toEqual(expect.arrayContaining(['name', 'regions[].vpcCidr', 'elasticsearch.resources.memoryMiB', 'tags']));
  expect(paths.length).toBeGreaterThan(50);
});

test.each(settings.filter(setting => setting.default !== undefined))(
  '$path has the default that its documentation names: $default',
  setting => {
    expect(resolvedAt(setting.path)).toEqual(setting.default);
  },
);

test.each([
  ['camunda.partitionCount', { camunda: { clusterSize: 12 } }, 12],
  ['nodes.maxPerZone', { nodes: { perZone: 5 } }, 6],
  ['nodes.maxPerZone', { nodes: { perZone: 150 } }, 150],
  ['orchestration.resources.cpuLimitMillis', { orchestration: { resources: { cpuMillis: 3000 } } }, 3000],
  ['orchestration.resources.cpuLimitMillis', { orchestration: { resources: { cpuMillis: 500 } } }, 2000],
])('%s follows %j: %i', (path, changes, expected) => {
  const resolved = resolveSettings({ regions: [], ...changes });
  expect(path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], resolved)).toBe(expected);
});
